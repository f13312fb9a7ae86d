import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { CommandError, EXIT } from "../command.ts";
import { isMapping } from "./shape.ts";

export type Environment = Readonly<Record<string, string>>;

interface EnvironmentOptions {
  /** The folder that holds `.env` and `environments/`. */
  readonly directory: string;
  /** Of `environments/<name>.env`; without it that file is not read. */
  readonly name?: string | undefined;
  /** The process's own environment, which wins: CI keeps its secrets there. */
  readonly processEnv: NodeJS.ProcessEnv;
}

/**
 * `.env`, then `environments/<name>.env`, then the process's environment; later wins. A missing `.env` is normal.
 *
 * @throws CommandError ENVIRONMENT_NOT_FOUND when `name` has no file: deploying with half the values is not an option.
 */
export async function readEnvironment({ directory, name, processEnv }: EnvironmentOptions): Promise<Environment> {
  const shared = (await readEnvFile(join(directory, ".env"))) ?? {};
  const named = name === undefined ? {} : await readNamed(directory, name);
  const merged = { ...shared, ...named, ...processEnv };
  return Object.fromEntries(
    Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

async function readNamed(directory: string, name: string): Promise<NodeJS.Dict<string>> {
  // The name comes from the command line: it names a file in environments/, never a path out of it.
  const values = /^[\w-]+$/.test(name) ? await readEnvFile(join(directory, "environments", `${name}.env`)) : undefined;
  if (values) return values;
  const files = await readdir(join(directory, "environments")).catch(() => []);
  const known = files.filter((file) => file.endsWith(".env")).map((file) => file.slice(0, -".env".length));
  const advice = known.length > 0 ? `There is: ${known.sort().join(", ")}.` : "There is no environment yet.";
  throw new CommandError("ENVIRONMENT_NOT_FOUND", `There is no environments/${name}.env. ${advice}`, {
    exitCode: EXIT.usage,
  });
}

async function readEnvFile(path: string): Promise<NodeJS.Dict<string> | undefined> {
  try {
    return parseEnv(await readFile(path, "utf8"));
  } catch (error) {
    if (isMapping(error) && error.code === "ENOENT") return undefined;
    throw error;
  }
}
