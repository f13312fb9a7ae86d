import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { CommandError, EXIT } from "../command.ts";
import type { ConfigurationFindingCode } from "../error-codes.ts";
import { hideSecrets } from "../redaction/hidden-secrets.ts";
import { findCutValues } from "./find-cut-values.ts";
import { listProjectSecrets } from "./secret-variables.ts";
import { isMapping } from "./shape.ts";

type Warn = (text: string) => void;

export type Environment = Readonly<Record<string, string>>;

interface EnvironmentOptions {
  /** The folder that holds `.env` and `environments/`. */
  readonly directory: string;
  /** Of `environments/<name>.env`; without it that file is not read. */
  readonly name?: string | undefined;
  /** The process's own environment, which wins: CI keeps its secrets there. */
  readonly processEnv: NodeJS.ProcessEnv;
  /** Standard error if nothing else is said. */
  readonly warn?: (text: string) => void;
}

/**
 * `.env`, then `environments/<name>.env`, then the process's environment; later wins. A missing `.env` is normal. Values that
 * lose their end to a `#` are warned of. The project's own keys are not printed from here on, by any command.
 *
 * @throws {CommandError} ENVIRONMENT_NOT_FOUND when `name` has no file: deploying with half the values is not an option.
 */
export async function readEnvironment({
  directory,
  name,
  processEnv,
  warn = console.error,
}: EnvironmentOptions): Promise<Environment> {
  const shared = (await readEnvFile(directory, ".env", warn)) ?? {};
  const named = name === undefined ? {} : await readNamed(directory, name, warn);
  const merged = { ...shared, ...named, ...processEnv };
  const environment = Object.fromEntries(
    Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  hideSecrets(listProjectSecrets(environment));
  return environment;
}

async function readNamed(directory: string, name: string, warn: Warn): Promise<NodeJS.Dict<string>> {
  // The name comes from the command line: it names a file in environments/, never a path out of it.
  const values = /^[\w-]+$/.test(name) ? await readEnvFile(directory, `environments/${name}.env`, warn) : undefined;
  if (values) return values;
  const files = await readdir(join(directory, "environments")).catch(() => []);
  const known = files.filter((file) => file.endsWith(".env")).map((file) => file.slice(0, -".env".length));
  const advice = known.length > 0 ? `There is: ${known.sort().join(", ")}.` : "There is no environment yet.";
  throw new CommandError("ENVIRONMENT_NOT_FOUND", `There is no environments/${name}.env. ${advice}`, {
    exitCode: EXIT.usage,
  });
}

async function readEnvFile(directory: string, file: string, warn: Warn): Promise<NodeJS.Dict<string> | undefined> {
  const text = await readFile(join(directory, file), "utf8").catch((error: unknown) => {
    if (isMapping(error) && error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  for (const { name, line } of findCutValues(text)) {
    warn(
      `! ${file}:${line} ${name} ends before its #. Put the value in quotes if what follows is part of it. [${"ENV_VALUE_CUT" satisfies ConfigurationFindingCode}]`,
    );
  }
  return parseEnv(text);
}
