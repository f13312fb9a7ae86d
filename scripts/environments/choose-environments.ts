import { usageError } from "../command.ts";
import { ENVIRONMENTS, isEnvironmentName, listEnvironmentNames, NAME_RULE } from "../tenant/environment-files.ts";
import { findNearest } from "../tenant/nearest.ts";
import { refuseLines } from "../tenant/refusal.ts";
import { wrongUse } from "../terminal/options.ts";

export type Choice =
  /** The command as it always was; without a name the environment is `.env` and the process's own. */
  | { readonly kind: "one"; readonly name: string | undefined }
  /** Names, each once, in the order in which they come. */
  | { readonly kind: "many"; readonly waves: readonly (readonly string[])[] };

interface Given {
  readonly env?: readonly string[] | undefined;
  readonly wave?: readonly string[] | undefined;
  readonly all?: boolean | undefined;
}

/**
 * What `--env eu,us`, `--env eu --env us`, `--wave eu --wave us,ap` and `--all` name. Of `--env` each is a wave of its own.
 *
 * @throws {CommandError} USAGE; ENVIRONMENT_NOT_FOUND naming all that are not there; ENVIRONMENT_UNREADABLE
 */
export async function chooseEnvironments(directory: string, { env = [], wave = [], all }: Given): Promise<Choice> {
  const given = Object.entries({ "--env": env.length > 0, "--wave": wave.length > 0, "--all": all === true });
  const [one, other] = given.filter(([, isGiven]) => isGiven).map(([option]) => option);
  if (other !== undefined) throw wrongUse(`${one} and ${other} exclude each other.`);
  if (all === true) return { kind: "many", waves: (await listAll(directory)).map((name) => [name]) };
  const listed = env.flatMap((text) => splitNames("--env", text));
  if (wave.length === 0 && listed.length < 2) return { kind: "one", name: listed[0] };
  const waves = wave.length > 0 ? wave.map((text) => splitNames("--wave", text)) : listed.map((name) => [name]);
  checkOnce(waves.flat());
  await checkKnown(directory, waves.flat());
  return { kind: "many", waves };
}

async function listAll(directory: string): Promise<readonly string[]> {
  const names = await listEnvironmentNames(directory);
  if (names.length === 0) {
    throw usageError("ENVIRONMENT_NOT_FOUND", `There is no environment in ${ENVIRONMENTS}/ yet.`);
  }
  const misnamed = names.filter((name) => !isEnvironmentName(name));
  if (misnamed.length === 0) return names;
  throw refuseLines(
    "ENVIRONMENT_UNREADABLE",
    `${ENVIRONMENTS}/ has files whose names cannot be those of environments`,
    misnamed,
    `Rename them. ${NAME_RULE}`,
  );
}

function splitNames(option: string, text: string): readonly string[] {
  const names = text.split(",").map((name) => name.trim());
  if (names.includes("")) throw wrongUse(`${option} takes names with commas between them, and has none in "${text}".`);
  return names;
}

function checkOnce(names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw wrongUse(`${twice} is named twice: name each environment once.`);
}

async function checkKnown(directory: string, names: readonly string[]): Promise<void> {
  const known = await listEnvironmentNames(directory);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  const lines = unknown.map((name) => {
    const nearest = findNearest(name, known);
    return nearest === undefined ? name : `${name}: did you mean ${nearest}?`;
  });
  const advice = known.length === 0 ? "There is no environment yet." : `There is: ${known.join(", ")}.`;
  throw refuseLines("ENVIRONMENT_NOT_FOUND", `${ENVIRONMENTS}/ has no files for`, lines, advice);
}
