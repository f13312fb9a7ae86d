import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { ENVIRONMENTS, listEnvironmentNames, readOptionalFile } from "../tenant/environment-files.ts";
import type { TenantFile } from "../tenant/read-tenant.ts";
import { SOURCES } from "./choose-source.ts";

/**
 * Folders in actions/ that no Action is made from. One that the tenant file names in a comment is left out, for that is how it is said
 * that the folder waits; and so is one that an environment's own file names, whichever environment this is.
 *
 * @param inputs files and folders that Actions are made from, from the project's folder
 */
export async function listIdleFolders(
  { directory }: TenantFile,
  inputs: readonly string[],
): Promise<readonly string[]> {
  const idle = (await listFolders(join(directory, "actions"))).filter(
    (name) => !inputs.some((input) => input.startsWith(`actions/${name}/`)),
  );
  if (idle.length === 0) return [];
  const environments = await listEnvironmentNames(directory);
  const files = ["tenant.yaml", ...environments.map((name) => `${ENVIRONMENTS}/${name}.yaml`)];
  const texts = await Promise.all(files.map((file) => readOptionalFile(directory, file)));
  const words = new Set(texts.join("\n").match(/[^\s"'/#,:.]+/g));
  return idle.filter((name) => !words.has(name));
}

/** Files that an Action is made from: built, or as the Deploy CLI and `npm run adopt` write it. */
const ACTION_FILES: readonly string[] = [...SOURCES, "code.js"];

/** Those with an Action's file. Others hold what Actions share, or what a tool has left. */
async function listFolders(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile() && ACTION_FILES.includes(entry.name));
  const folders = files.map(({ parentPath }) => parentPath.slice(path.length + 1));
  return [...new Set(folders)].filter((name) => name !== "" && !/[\\/]/.test(name)).sort();
}
