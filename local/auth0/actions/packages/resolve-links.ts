import { realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Where links on the way lead; what is not there yet is taken to become a folder. */
export function resolveLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(resolveLinks(dirname(path)), basename(path));
  }
}
