import { readFileSync } from "node:fs";
import { join } from "node:path";

interface OwnPackage {
  readonly version: string;
  readonly engines: { readonly node: string };
}

/** The package.json of the tool, which a project may have as a dependency. */
export function readOwnPackage(): OwnPackage {
  return JSON.parse(readFileSync(join(import.meta.dirname, "../package.json"), "utf8")) as OwnPackage;
}
