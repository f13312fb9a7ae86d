import { join } from "node:path";
import { parseTenant } from "../../tenant/read-tenant.ts";
import { isSame } from "../check/is-same.ts";
import { type Entry, labelOf, listEntries } from "../entry.ts";
import { createEmptyTenant } from "../read/source.ts";
import { insertEntries, type SectionLines } from "../render/insert-entries.ts";
import type { MissingSecret } from "../report.ts";
import { addSecrets } from "./add-variables.ts";
import { type ProjectText, readText } from "./project-text.ts";
import type { DraftFile } from "./put-in-place.ts";

interface DraftOptions {
  /** The project's folder. */
  readonly directory: string;
  /** From there: the file that gets the variables. */
  readonly variables: string;
  readonly before: ProjectText;
}

/** As far as it goes into files. */
interface Written {
  readonly entry: Entry;
  readonly lines: SectionLines;
  readonly files: ReadonlyMap<string, string>;
  readonly secrets: readonly MissingSecret[];
}

const HEADER = `# A tenant, in the format of Auth0's Deploy CLI. docs/deploy.md says what may stand here and what a deploy does with it,
# docs/adopt.md what an adoption leaves out. A comment in the place of a secret says how it is written from here.

`;

/** What is put into a project: tenant.yaml last, because it names the others. */
export async function draftFiles(
  { directory, variables, before }: DraftOptions,
  adopted: readonly Written[],
): Promise<readonly DraftFile[]> {
  if (adopted.length === 0) return [];
  const { text } = insertEntries(before.text, groupLines(adopted));
  const tenant = before.text === "" ? HEADER + text : text;
  checkTenant(tenant, before, adopted);
  const secrets = adopted.flatMap((one) => one.secrets);
  const present = (await readText(join(directory, variables))) ?? "";
  const added = { file: variables, text: addSecrets(present, secrets), mode: 0o600, extends: true } as const;
  return [
    ...adopted.flatMap(({ files }) => [...files].map(([file, content]) => ({ file, text: content }))),
    ...(secrets.length === 0 ? [] : [added]),
    { file: "tenant.yaml", text: tenant, extends: true },
  ];
}

/** One text a section: each insertion reads the whole file. */
export function groupLines(adopted: readonly Pick<Written, "lines">[]): readonly SectionLines[] {
  const texts = new Map<string, string>();
  for (const { lines } of adopted) texts.set(lines.section, (texts.get(lines.section) ?? "") + lines.text);
  return [...texts].map(([section, text]) => ({ section, text }));
}

/** The file as a whole, before it is put in place: every entry that was in it is as it was, and every adopted one is there. */
function checkTenant(text: string, before: ProjectText, adopted: readonly Written[]): void {
  const { document } = parseTenant(text, join(before.file.directory, "tenant.yaml"));
  const tenant = createEmptyTenant("");
  const after = new Map(listEntries(document, tenant).map((entry) => [labelOf(entry), entry.value] as const));
  const kept = listEntries(before.file.document, tenant);
  const lost = kept.filter((entry) => !isSame(after.get(labelOf(entry)), entry.value));
  if (lost.length === 0 && after.size === kept.length + adopted.length) return;
  throw new Error(`tenant.yaml would not have what it should: ${lost.map(labelOf).join(", ")}`);
}
