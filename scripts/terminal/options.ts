import { type ParseArgsConfig, parseArgs } from "node:util";
import { CommandError, EXIT } from "../command.ts";
import { findNearest } from "../tenant/nearest.ts";
import { isMapping } from "../tenant/shape.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;
type Values<T extends Options> = ReturnType<typeof parseArgs<{ options: T }>>["values"];

interface Invocation {
  readonly argv: readonly string[];
  /** npm puts an option there that was written before the double dash. */
  readonly environment: NodeJS.ProcessEnv;
  /** What to say unless there is exactly one word that belongs to no option; without it there may be none. */
  readonly word?: string;
  readonly print?: (text: string) => void;
}

const ofThisProcess = (): Invocation => ({ argv: process.argv.slice(2), environment: process.env });

/**
 * The command line's options and its `word`, or undefined when help was asked for: then `usage` has been printed.
 *
 * @throws {CommandError} USAGE for an option that the command does not have, or that is given twice; for a word too many or
 * too few; and for an option that npm took for its own (`npm run deploy --env production`): without the double dash the command
 * would run as if it had not been given.
 */
export function readOptions<const T extends Options>(
  usage: string,
  options: T,
  invocation: Partial<Invocation> = {},
): (Values<T> & { readonly word: string }) | undefined {
  const { argv, environment, word, print = console.log } = { ...ofThisProcess(), ...invocation };
  const fail = (problem: string, cause?: unknown): never => {
    throw new CommandError("USAGE", `${problem}\n\n${usage}`, { exitCode: EXIT.usage, cause });
  };
  const { values, positionals, repeated } = parse({ ...options, help: { type: "boolean", short: "h" } }, argv, fail);
  if (values.help === true) {
    print(usage);
    return undefined;
  }
  const [twice] = repeated;
  if (twice !== undefined) {
    fail(`--${twice.name} is given ${twice.given.length} times (${twice.given.join(", ")}): give it once.`);
  }
  const swallowed = Object.keys(options).find(
    (name) => values[name] === undefined && environment[`npm_config_${name.replaceAll("-", "_")}`],
  );
  if (swallowed !== undefined) {
    fail(`npm took --${swallowed} for itself: options of a script stand behind a double dash.`);
  }
  if (word === undefined && positionals.length > 0) fail(`"${positionals[0]}" belongs to no option.`);
  if (word !== undefined && positionals.length !== 1) fail(word);
  return { ...(values as Values<T>), word: positionals[0] ?? "" };
}

interface Parsed {
  readonly values: Readonly<Record<string, unknown>>;
  readonly positionals: readonly string[];
  /** Options that may be given once, and were given more often. */
  readonly repeated: readonly { readonly name: string; readonly given: readonly string[] }[];
}

function parse(options: Options, argv: readonly string[], fail: (problem: string, cause?: unknown) => never): Parsed {
  try {
    const { values, positionals, tokens } = parseArgs({
      args: [...argv],
      options,
      allowPositionals: true,
      tokens: true,
    });
    const repeated = Object.entries(options)
      .filter(([, { multiple }]) => multiple !== true)
      .map(([name]) => ({
        name,
        given: tokens.flatMap((token) =>
          token.kind === "option" && token.name === name ? [token.value ?? "yes"] : [],
        ),
      }))
      .filter(({ given: all }) => all.length > 1);
    return { values, positionals, repeated };
  } catch (cause) {
    return fail(explain(cause, Object.keys(options)), cause);
  }
}

/** parseArgs names the option in its message. */
function explain(cause: unknown, known: readonly string[]): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (!isMapping(cause) || cause.code !== "ERR_PARSE_ARGS_UNKNOWN_OPTION") return message;
  const [, name = ""] = /'-{1,2}([^']+)'/.exec(message) ?? [];
  const nearest = findNearest(name, known);
  return `There is no option --${name}.${nearest === undefined ? "" : ` Did you mean --${nearest}?`}`;
}
