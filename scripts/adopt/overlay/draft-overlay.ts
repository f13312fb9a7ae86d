import { join } from "node:path";
import { KINDS } from "../../deploy/kinds/table.ts";
import { ENVIRONMENTS } from "../../tenant/environment-files.ts";
import { parseTenant } from "../../tenant/read-tenant.ts";
import { parseSource } from "../../tenant/source.ts";
import type { Entry } from "../entry.ts";
import type { FileNames } from "../render/file-names.ts";
import { insertEntries, type SectionLines } from "../render/insert-entries.ts";
import { renderEntry, renderLines } from "../render/render-entry.ts";
import { addSecrets, addValues } from "../write/add-variables.ts";
import { groupLines } from "../write/draft-files.ts";
import { type ProjectText, readText } from "../write/project-text.ts";
import type { DraftFile } from "../write/put-in-place.ts";
import type { Described } from "./describe-settled.ts";

interface DraftOptions {
  readonly before: ProjectText;
  /** The project's folder. */
  readonly directory: string;
  readonly environmentName: string;
  readonly names: FileNames;
  /** Values of keywords, by their names. */
  readonly learned: ReadonlyMap<string, string>;
  /** Of the tenant, which becomes a keyword wherever a value has it. */
  readonly domain: string;
}

interface Written {
  readonly entry: Entry;
  readonly lines: SectionLines;
  readonly files: ReadonlyMap<string, string>;
}

/** An overlay, the files that it names and the environment's variables. */
export async function draftOverlay(described: Described, options: DraftOptions): Promise<readonly DraftFile[]> {
  const { before, directory, environmentName, learned } = options;
  const variables = `${ENVIRONMENTS}/${environmentName}.env`;
  const written = [...listWritten(described, options)].sort((one, other) => orderOf(one) - orderOf(other));
  const header = `# What the tenant of ${variables} has differently from tenant.yaml. docs/deploy.md says what may stand here.\n\n`;
  const text = header + insertEntries("", groupLines(written)).text;
  const file = `${ENVIRONMENTS}/${environmentName}.yaml`;
  checkOverlay(before, text, file);
  const present = (await readText(join(directory, variables))) ?? "";
  const extended = addSecrets(addValues(present, learned), described.secrets);
  const isNeeded = written.length > 0 || (await readText(join(directory, file))) !== undefined;
  return [
    ...written.flatMap(({ files }) => [...files].map(([name, content]) => ({ file: name, text: content }))),
    ...(extended === present ? [] : [{ file: variables, text: extended, mode: 0o600, extends: true } as const]),
    ...(isNeeded ? [{ file, text }] : []),
  ];
}

function listWritten({ changed, leftOut, added }: Described, { names, domain }: DraftOptions): readonly Written[] {
  return [
    ...changed.map(({ entry, missing }) => {
      const rendered = renderEntry(entry, names, domain);
      return { entry, lines: renderLines(entry, rendered, missing), files: rendered.files };
    }),
    ...leftOut.map((entry) => {
      const files = new Map<string, string>();
      return { entry, lines: renderLines(entry, { value: entry.value, files }), files };
    }),
    ...added,
  ];
}

const orderOf = ({ entry }: Written): number => KINDS.findIndex(({ type }) => type === entry.kind.type);

/**
 * As every command will read it.
 *
 * @throws {CommandError} what parseTenant throws of overlays
 */
function checkOverlay({ text, file: { directory } }: ProjectText, overlay: string, file: string): void {
  parseTenant(text, join(directory, "tenant.yaml"), parseSource(overlay, file));
}
