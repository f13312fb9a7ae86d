import { existsSync } from "node:fs";
import { join } from "node:path";
import type { FileName } from "./contents.ts";

/** Gives every file a name of its own. */
export interface FileNames {
  /** @param owner whose file it is: the same name for the same owner, however often it is asked for */
  take(owner: string, name: FileName): string;
}

/**
 * @param directory the project's folder
 * @param taken files that tenant.yaml names already, from there
 * @param environmentName goes behind a name that is taken
 */
export function createFileNames(directory: string, taken: readonly string[], environmentName?: string): FileNames {
  const owners = new Map<string, string>();
  const isFree = (stem: string, { rest }: FileName, owner: string): boolean => {
    const present = owners.get(stem);
    if (present !== undefined) return present === owner;
    if (taken.some((file) => file === `${stem}${rest}` || file.startsWith(`${stem}/`))) return false;
    // A folder that holds something else is somebody else's.
    return !rest.startsWith("/") || !existsSync(join(directory, stem)) || existsSync(join(directory, stem + rest));
  };
  return {
    take(owner, name) {
      let stem = name.stem;
      const other = environmentName === undefined ? name.stem : `${name.stem}-${environmentName}`;
      if (!isFree(stem, name, owner)) stem = other;
      for (let number = 2; !isFree(stem, name, owner); number += 1) stem = `${other}-${number}`;
      owners.set(stem, owner);
      return `${stem}${name.rest}`;
    },
  };
}
