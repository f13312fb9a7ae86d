import { readActionCode } from "../action-code.ts";
import { isMapping, type Path } from "../shape.ts";

/** A value that names a file whose content belongs in its place. */
export interface FileReference {
  readonly path: Path;
  /** From the tenant file's folder. */
  readonly file: string;
  /** `json`: its value takes the place, and its keywords are filled as those of the tenant file are. */
  readonly form: "text" | "json";
  /** The value may also be the content itself. */
  readonly isOptional: boolean;
}

interface Row {
  /** `*` stands for every entry of a list or every value of a mapping. */
  readonly at: readonly string[];
  readonly form?: "json";
  /** The folder that the Deploy CLI looks in, where it is not the tenant file's own. */
  readonly folder?: string;
  readonly isOptional?: boolean;
  /** Entries without this value have no file. */
  readonly where?: readonly [name: string, value: string];
  /** Other files are somebody else's to read. */
  readonly isOurs?: (file: string) => boolean;
}

/** What the Deploy CLI loads while it reads (lib/context/yaml/handlers), but for the code of Actions that the build makes. */
const ROWS: readonly Row[] = [
  { at: ["databases", "*", "options", "customScripts", "*"] },
  { at: ["clients", "*", "custom_login_page"], folder: "clients", isOptional: true },
  { at: ["pages", "*", "html"] },
  { at: ["emailTemplates", "*", "body"] },
  { at: ["actions", "*", "code"], isOurs: (file) => readActionCode(file).kind === "verbatim" },
  { at: ["actionModules", "*", "code"] },
  { at: ["branding", "templates", "*", "body"] },
  { at: ["connections", "*", "options", "email", "body"], folder: "connections", where: ["strategy", "email"] },
  { at: ["flows", "*", "body"], form: "json" },
  { at: ["forms", "*", "body"], form: "json" },
  { at: ["prompts", "screenRenderers", "*", "*", "*"], form: "json" },
];

export function listReferences(document: unknown): readonly FileReference[] {
  return ROWS.flatMap((row) =>
    expand(document, row.at, []).flatMap(({ path, value, entry }) => {
      if (row.where !== undefined && entry?.[row.where[0]] !== row.where[1]) return [];
      // Nothing there is nothing to load, as at the Deploy CLI.
      if (typeof value !== "string" || value === "") return [];
      const file = value.replaceAll("\\", "/");
      if (row.isOurs?.(file) === false) return [];
      return [
        {
          path,
          file: row.folder === undefined ? file : `${row.folder}/${file}`,
          form: row.form ?? "text",
          isOptional: row.isOptional === true,
        },
      ];
    }),
  );
}

interface Found {
  readonly path: Path;
  readonly value: unknown;
  /** The section's entry that it is in. */
  readonly entry: Readonly<Record<string, unknown>> | undefined;
}

function expand(root: unknown, at: readonly string[], path: Path, entry?: Found["entry"]): readonly Found[] {
  const [step, ...rest] = at;
  if (step === undefined) return [{ path, value: root, entry }];
  const inner = entry ?? (path.length === 2 && isMapping(root) ? root : undefined);
  if (Array.isArray(root)) {
    return step === "*" ? root.flatMap((value, index) => expand(value, rest, [...path, index], inner)) : [];
  }
  if (!isMapping(root)) return [];
  if (step === "*") return Object.entries(root).flatMap(([key, value]) => expand(value, rest, [...path, key], inner));
  return Object.hasOwn(root, step) ? expand(root[step], rest, [...path, step], inner) : [];
}
