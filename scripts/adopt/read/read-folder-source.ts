import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { type CommandError, usageError } from "../../command.ts";
import { askCli } from "../../deploy/cli/run-deploy-cli.ts";
import { loadFiles } from "../../tenant/files/load-files.ts";
import { keepMarkers } from "../../tenant/fill-markers.ts";
import { renewDocument } from "../../tenant/outdated/renew-document.ts";
import { type CodedProblem, refuseProblems } from "../../tenant/problem.ts";
import { toMinutes } from "../../tenant/session-lifetimes.ts";
import { isMapping } from "../../tenant/shape.ts";
import { parseSource } from "../../tenant/source.ts";
import type { Source } from "./source.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads an export of the Deploy CLI, in either of its formats: a folder with a tenant.yaml (or that file itself), or with a folder
 * for each section. Keywords in it stay keywords.
 *
 * @throws {CommandError} ADOPT_SOURCE_UNKNOWN; of reading YAML and the files that it names
 */
export async function readFolderSource(
  path: string,
  sections: readonly string[],
  domain: string | undefined,
): Promise<Source> {
  const file = await findYaml(path);
  const read = file === undefined ? await readDirectory(path, sections) : await readYaml(file);
  const chosen = Object.entries(renewDocument(read).document).filter(
    ([section, value]) => sections.includes(section) && value !== null && value !== undefined,
  );
  return { name: path, sections: Object.fromEntries(chosen), live: undefined, unread: [], domain };
}

async function findYaml(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() === true) return path;
  const names = ["tenant.yaml", "tenant.yml"].map((name) => join(path, name));
  const file = names.find((name) => existsSync(name));
  if (file !== undefined || found !== undefined) return file;
  throw unknown(path, "It is not there");
}

async function readYaml(file: string): Promise<Fields> {
  const source = parseSource(await readFile(file, "utf8"), basename(file));
  const value = source.read(keepMarkers);
  if (!isMapping(value)) throw unknown(file, "It does not hold sections");
  const { document, problems } = await loadFiles(value, { directory: dirname(file), find: () => undefined });
  const refused = problems.filter(({ code }: CodedProblem) => code !== "TENANT_KEYWORDS_UNFILLED");
  if (refused.length > 0) throw refuseProblems(refused, source);
  const read = isMapping(document) ? document : {};
  return isMapping(read.tenant) ? { ...read, tenant: toMinutes(read.tenant) } : read;
}

async function readDirectory(folder: string, sections: readonly string[]): Promise<Fields> {
  const outside: string[] = [];
  const { sections: read } = await askCli(
    { task: "load", folder: resolve(folder), sections },
    { onProgress: ({ text }) => (/outside the config directory/.test(text) ? outside.push(text) : undefined) },
  );
  if (outside.length > 0) throw unknown(folder, "It names files that are outside of it");
  const isEmpty = Object.values(read).every((value) => value === null || value === undefined);
  if (isEmpty)
    throw unknown(folder, "Neither a tenant.yaml nor a folder of the Deploy CLI's directory format is in it");
  return read;
}

const unknown = (path: string, reason: string): CommandError =>
  usageError(
    "ADOPT_SOURCE_UNKNOWN",
    `${path} is not an export of the Deploy CLI. ${reason}. Make one: npx a0deploy export --format yaml --output_folder <folder>`,
  );
