import { access } from "node:fs/promises";
import { join } from "node:path";
import { renderOutput, toFolderName } from "../tenant/action-code.ts";
import type { Refused } from "./bundle.ts";

export type ChosenSource =
  /** From the project's folder, with slashes. */
  { readonly kind: "found"; readonly source: string } | Refused;

/** What an Action may be written in; the first is what a new one is to be called. */
export const SOURCES = ["action.ts", "action.js"];

/** The source of an Action that is built, in the folder that its `code:` names. */
export async function chooseSource(directory: string, name: string, folder: string): Promise<ChosenSource> {
  const [source, another] = await listSources(directory, folder);
  if (source === undefined) return refuseMissing(directory, name, folder);
  if (another === undefined) return { kind: "found", source };
  const message = `${name} has two sources, ${source} and ${another}. Remove one.`;
  return { kind: "refused", problems: [{ code: "ACTION_SOURCE_TWICE", message }] };
}

async function refuseMissing(directory: string, name: string, folder: string): Promise<Refused> {
  const suggested = toFolderName(name);
  const [source] = suggested === folder ? [] : await listSources(directory, suggested);
  if (source !== undefined) {
    const message = `code is ${renderOutput(folder)}, but the source of ${name} is ${source}. Write ${renderOutput(suggested)}.`;
    return { kind: "refused", problems: [{ code: "ACTION_CODE_PATH", field: "code", message }] };
  }
  const message = `${name} has no source. Create actions/${folder}/${SOURCES[0]} or remove the Action.`;
  return { kind: "refused", problems: [{ code: "ACTION_SOURCE_MISSING", message }] };
}

async function listSources(directory: string, folder: string): Promise<readonly string[]> {
  const files = SOURCES.map((file) => `actions/${folder}/${file}`);
  const areThere = await Promise.all(files.map((file) => isThere(join(directory, file))));
  return files.filter((_, index) => areThere[index]);
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
