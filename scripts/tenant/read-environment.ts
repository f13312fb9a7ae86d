import { parseEnv } from "node:util";
import { type CommandError, usageError } from "../command.ts";
import type { ConfigurationFindingCode } from "../error-codes.ts";
import { hideSecrets } from "../redaction/hidden-secrets.ts";
import {
  ENVIRONMENTS,
  isEnvironmentName,
  listEnvironmentNames,
  NAME_RULE,
  readOptionalFile,
} from "./environment-files.ts";
import { findCutValues } from "./find-cut-values.ts";
import { findNearest } from "./nearest.ts";
import { listProjectSecrets } from "./secret-variables.ts";

type Warn = (text: string) => void;

export type Environment = Readonly<Record<string, string>>;

/** Say which tenant it is: another environment's are never the right ones. */
const OF_A_TENANT = ["AUTH0_DOMAIN", "AUTH0_CLIENT_ID", "AUTH0_CLIENT_SECRET"];

/** Where values come from. */
export interface EnvironmentSources {
  /** The folder that holds `.env` and `environments/`. */
  readonly directory: string;
  /** Of `environments/<name>.env`; without it that file is not read. */
  readonly name?: string | undefined;
  /** The process's own environment, which wins: CI keeps its secrets there. */
  readonly processEnv: NodeJS.ProcessEnv;
  /** Whether it is read beside others: then nothing that is its own may come from the process's environment, which all share. */
  readonly isOneOfMany?: boolean;
  /** Standard error if nothing else is said. */
  readonly warn?: (text: string) => void;
}

/**
 * `.env`, then `environments/<name>.env`, then the process's environment; later wins. A missing `.env` is normal. Values that
 * lose their end to a `#` are warned of. The project's own keys are not printed from here on, by any command.
 *
 * @throws {CommandError} ENVIRONMENT_NOT_FOUND when `name` has no file: deploying with half the values is not an option;
 * ENVIRONMENT_OVERRIDDEN of one of many; ENVIRONMENT_UNREADABLE
 */
export async function readEnvironment(options: EnvironmentSources): Promise<Environment> {
  const { directory, name, processEnv, isOneOfMany, warn = console.error } = options;
  const shared = (await readEnvFile(directory, ".env", warn)) ?? {};
  const named = name === undefined ? {} : await readNamed(directory, name, warn);
  if (isOneOfMany) checkNotOverridden(`${ENVIRONMENTS}/${name}.env`, named ?? {}, processEnv);
  const common = named === undefined ? withoutTenant(shared, options, warn) : shared;
  const merged = { ...common, ...named, ...processEnv };
  const environment = Object.fromEntries(
    Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  hideSecrets(listProjectSecrets(environment));
  return environment;
}

/** Undefined for an environment that has an overlay and no values of its own: those are a pipeline's. */
async function readNamed(directory: string, name: string, warn: Warn): Promise<NodeJS.Dict<string> | undefined> {
  const values = isEnvironmentName(name)
    ? await readEnvFile(directory, `${ENVIRONMENTS}/${name}.env`, warn)
    : undefined;
  if (values !== undefined) return values;
  const known = await listEnvironmentNames(directory);
  if (!known.includes(name)) throw notFound(name, known);
  if (isEnvironmentName(name)) return undefined;
  throw usageError("ENVIRONMENT_UNREADABLE", `${name} cannot be an environment: rename its files. ${NAME_RULE}`);
}

function notFound(name: string, known: readonly string[]): CommandError {
  const list = known.length > 0 ? `There is: ${known.join(", ")}.` : "There is no environment yet.";
  return usageError("ENVIRONMENT_NOT_FOUND", `There is no ${ENVIRONMENTS}/${name}.env. ${advise(name, known)} ${list}`);
}

function advise(name: string, known: readonly string[]): string {
  if (name.includes(",")) return "This command takes one environment.";
  const nearest = findNearest(name, known);
  if (nearest !== undefined) return `Did you mean ${nearest}?`;
  return `To make one, write the values of its tenant to ${ENVIRONMENTS}/<name>.env; .env.example says what each is for.`;
}

/** Those of `.env` are of another tenant. */
function withoutTenant(
  shared: NodeJS.Dict<string>,
  { name, processEnv }: EnvironmentSources,
  warn: Warn,
): NodeJS.Dict<string> {
  const dropped = OF_A_TENANT.filter((variable) => shared[variable] && processEnv[variable] === undefined);
  if (dropped.length > 0) {
    warn(
      `! ${dropped.join(", ")} of .env are not taken for ${name}: there is no ${ENVIRONMENTS}/${name}.env that says which tenant it is.`,
    );
  }
  return Object.fromEntries(Object.entries(shared).filter(([variable]) => !OF_A_TENANT.includes(variable)));
}

function checkNotOverridden(file: string, named: NodeJS.Dict<string>, processEnv: NodeJS.ProcessEnv): void {
  const overridden = Object.keys(named).filter(
    (variable) => processEnv[variable] !== undefined && processEnv[variable] !== named[variable],
  );
  if (overridden.length === 0) return;
  throw usageError(
    "ENVIRONMENT_OVERRIDDEN",
    `${overridden.join(", ")} of ${file} ${overridden.length === 1 ? "has" : "have"} another value in the process's environment, which would be the same in every environment. Unset it there, or take one environment at a time.`,
  );
}

async function readEnvFile(directory: string, file: string, warn: Warn): Promise<NodeJS.Dict<string> | undefined> {
  const text = await readOptionalFile(directory, file);
  if (text === undefined) return undefined;
  for (const { name, line, at } of findCutValues(text)) {
    const [end, quotes] = at === "#" ? ["before its #", "quotes"] : [`at its second ${at}`, "quotes of another sort"];
    warn(
      `! ${file}:${line} ${name} ends ${end}. Put the value in ${quotes} if what follows is part of it. [${"ENV_VALUE_CUT" satisfies ConfigurationFindingCode}]`,
    );
  }
  return parseEnv(text);
}
