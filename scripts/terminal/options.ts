import { type ParseArgsConfig, parseArgs } from "node:util";
import { type CommandError, usageError } from "../command.ts";
import { findNearest } from "../tenant/nearest.ts";
import { isMapping } from "../tenant/shape.ts";

export interface Option {
  /** What stands behind it, as the usage shows it: `<name>`. Without it the option is a switch. */
  readonly takes?: string;
  /** Whether it may be given more than once. */
  readonly multiple?: true;
  readonly help: string;
}

export type Options = Readonly<Record<string, Option>>;

/** The one word that a command takes besides its options. */
export interface Word {
  /** As the usage shows it: `<Action's name>`. */
  readonly form: string;
  /** Where it is one of these. */
  readonly choices?: readonly string[];
  /** What to say when there is none, when there are several, or when it is none of the choices. */
  readonly missing: string;
}

export type OptionValues<Given extends Options> = {
  readonly [Name in keyof Given]: Given[Name] extends { readonly takes: string }
    ? Given[Name] extends { readonly multiple: true }
      ? readonly string[]
      : string | undefined
    : boolean;
};

interface Arguments<Given extends Options> {
  readonly options: OptionValues<Given>;
  /** Empty for a command that takes none. */
  readonly word: string;
}

/**
 * What a command line says, or undefined when it asks for help.
 *
 * @param environment npm puts an option there that was written before the double dash
 * @throws {CommandError} USAGE for an option that the command does not have, or that is given twice; for a word too many or
 * too few; and for an option that npm took for its own (`npm run deploy --env production`): without the double dash the command
 * would run as if it had not been given.
 */
export function readArguments<Given extends Options>(
  { options, word }: { readonly options: Given; readonly word?: Word },
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
): Arguments<Given> | undefined {
  const { values, positionals, tokens } = parse(options, argv);
  if (values.help === true) return undefined;
  for (const [name, { multiple }] of Object.entries(options)) {
    const given = tokens.flatMap((token) =>
      token.kind === "option" && token.name === name ? [token.value ?? "yes"] : [],
    );
    if (given.length > 1 && multiple === undefined) {
      throw wrongUse(`--${name} is given ${given.length} times (${given.join(", ")}): give it once.`);
    }
    if (given.length === 0 && environment[`npm_config_${name.replaceAll("-", "_")}`]) {
      throw wrongUse(`npm took --${name} for itself: options of a script stand behind a double dash.`);
    }
  }
  if (word === undefined && positionals.length > 0) throw wrongUse(`"${positionals[0]}" belongs to no option.`);
  if (word !== undefined && !isOneOf(word, positionals)) throw wrongUse(word.missing);
  const complete = Object.entries(options).map(([name, { takes, multiple }]) => [
    name,
    values[name] ?? (multiple ? [] : takes === undefined ? false : undefined),
  ]);
  return { options: Object.fromEntries(complete) as OptionValues<Given>, word: positionals[0] ?? "" };
}

function isOneOf({ choices }: Word, [given, ...more]: readonly string[]): boolean {
  return given !== undefined && more.length === 0 && choices?.includes(given) !== false;
}

/** Of a command line, which the caller answers with the command's usage. */
export function wrongUse(problem: string, cause?: unknown): CommandError {
  return usageError("USAGE", problem, cause);
}

/** ` Did you mean --json?`, or nothing. */
export function suggest(name: string, known: readonly string[], prefix = ""): string {
  const nearest = findNearest(name, known);
  return nearest === undefined ? "" : ` Did you mean ${prefix}${nearest}?`;
}

function parse(options: Options, argv: readonly string[]) {
  const known = Object.entries(options).map(([name, { takes, multiple = false }]) => {
    const type = takes === undefined ? ("boolean" as const) : ("string" as const);
    return [name, { type, multiple }];
  });
  const config: NonNullable<ParseArgsConfig["options"]> = {
    ...Object.fromEntries(known),
    help: { type: "boolean", short: "h" },
  };
  try {
    return parseArgs({ args: [...argv], options: config, allowPositionals: true, tokens: true });
  } catch (cause) {
    throw wrongUse(explain(cause, Object.keys(config)), cause);
  }
}

/** parseArgs names the option in its message. */
function explain(cause: unknown, known: readonly string[]): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (!isMapping(cause) || cause.code !== "ERR_PARSE_ARGS_UNKNOWN_OPTION") return message;
  const [, name = ""] = /'-{1,2}([^']+)'/.exec(message) ?? [];
  return `There is no option --${name}.${suggest(name, known, "--")}`;
}
