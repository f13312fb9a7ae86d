import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { usageError } from "../command.ts";
import { isMapping } from "./shape.ts";

/** Of an environment: `<name>.env` with its values, `<name>.yaml` with what it changes of tenant.yaml. */
export const ENVIRONMENTS = "environments";

export const NAME_RULE = "A name has letters, digits, _ and - alone.";

/** A name comes from the command line: it names files in environments/, never a path out of it. */
export function isEnvironmentName(name: string): boolean {
  return /^[\w-]+$/.test(name);
}

/** Whatever environments/ has a file of, in the alphabet's order. */
export async function listEnvironmentNames(directory: string): Promise<readonly string[]> {
  const files = await readdir(join(directory, ENVIRONMENTS)).catch(() => []);
  const names = files.flatMap((file) => /^(.*)\.(?:env|ya?ml)$/.exec(file)?.[1] ?? []);
  return [...new Set(names)].sort();
}

/**
 * Undefined when the file is not there.
 *
 * @param file from the project's folder
 * @throws {CommandError} ENVIRONMENT_UNREADABLE
 */
export async function readOptionalFile(directory: string, file: string): Promise<string | undefined> {
  return readFile(join(directory, file), "utf8").catch((cause: unknown) => {
    if (isMapping(cause) && (cause.code === "ENOENT" || cause.code === "ENOTDIR")) return undefined;
    throw usageError(
      "ENVIRONMENT_UNREADABLE",
      `${file} is there and cannot be read. It must be a file, and yours to read.`,
      cause,
    );
  });
}
