import { readFile } from "node:fs/promises";
import { usageError } from "../command.ts";
import { isMapping } from "../tenant/shape.ts";

/**
 * The versions of package-lock.json by package name; of a package that is there twice, the one that Actions load.
 *
 * @throws {CommandError} LOCK_FILE_UNREADABLE
 */
export async function readLockedVersions(path: string): Promise<ReadonlyMap<string, string>> {
  const lock: unknown = await readFile(path, "utf8")
    .then((text) => JSON.parse(text))
    .catch((cause: unknown) => {
      throw usageError("LOCK_FILE_UNREADABLE", `Cannot read ${path}. Run npm install, and commit the file.`, cause);
    });
  const packages = isMapping(lock) && isMapping(lock.packages) ? lock.packages : {};
  const prefix = "node_modules/";
  return new Map(
    Object.entries(packages).flatMap(([place, entry]) =>
      place.lastIndexOf(prefix) === 0 && isMapping(entry) && typeof entry.version === "string"
        ? [[place.slice(prefix.length), entry.version] as const]
        : [],
    ),
  );
}
