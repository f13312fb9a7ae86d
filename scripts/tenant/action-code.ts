import { posix } from "node:path";

/** Where the code of an Action comes from, which its `code:` decides alone. */
export type ActionCode =
  /** `./dist/actions/<folder>.js`: the build makes it from `actions/<folder>/`. */
  | { readonly kind: "built"; readonly folder: string }
  /** Any other file is sent byte for byte, as the Deploy CLI does. From the tenant file's folder, with slashes. */
  | { readonly kind: "verbatim"; readonly file: string };

const OUTPUT = "dist/actions";

/** Paths start at the tenant file's folder, and backslashes count as slashes, as at the Deploy CLI. */
export function readActionCode(code: string): ActionCode {
  const file = posix.normalize(code.replaceAll("\\", "/"));
  const { dir, ext, name } = posix.parse(file);
  return dir === OUTPUT && ext === ".js" && !name.startsWith(".")
    ? { kind: "built", folder: name }
    : { kind: "verbatim", file };
}

/** What `code:` says of an Action that is built from a folder in `actions/`. */
export const renderOutput = (folder: string): string => `./${OUTPUT}/${folder}.js`;

const LONGEST = 80;

/**
 * The folder that an Action's name suggests: `Add Email Claim` is `add-email-claim`. Accents go, letters of other scripts stay;
 * a name without letters and digits suggests `action`.
 */
export function toFolderName(name: string): string {
  const words = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-");
  const short = [...words].slice(0, LONGEST).join("");
  return short.replace(/^-|-$/g, "") || "action";
}
