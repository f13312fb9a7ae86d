import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isMapping } from "../tenant/shape.ts";

export interface Dependency {
  readonly name: string;
  readonly version: string;
  readonly dependencies: readonly Dependency[];
}

/** The tree of what an installation brings along, as package-lock.json has it. */
export async function listDependencies(
  tool: string,
  dependencies: Readonly<Record<string, unknown>>,
): Promise<readonly Dependency[]> {
  const lock: unknown = JSON.parse(await readFile(join(tool, "package-lock.json"), "utf8"));
  const packages = isMapping(lock) && isMapping(lock.packages) ? lock.packages : {};
  const list = (names: Readonly<Record<string, unknown>>, above: readonly string[]): readonly Dependency[] =>
    Object.keys(names)
      .filter((name) => !above.includes(name))
      .map((name) => {
        const entry = packages[`node_modules/${name}`];
        const { version, dependencies: own } = isMapping(entry) ? entry : {};
        return { name, version: String(version), dependencies: list(isMapping(own) ? own : {}, [...above, name]) };
      });
  return list(dependencies, []);
}
