import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The project's folder, which has the tenant.yaml: the one that a command is started in or one above it, else the one that this
 * tool is installed in, so that a supervisor needs no working directory. Where there is none, what has to be read is missed there.
 *
 * @param begins whether the command makes a project where there is none: then it is never the tool's own
 */
export function chooseProject(startedIn: string, begins = false): string {
  return findAbove(startedIn) ?? (begins ? undefined : findAbove(import.meta.dirname)) ?? startedIn;
}

function findAbove(folder: string): string | undefined {
  if (existsSync(join(folder, "tenant.yaml"))) return folder;
  return folder === dirname(folder) ? undefined : findAbove(dirname(folder));
}
