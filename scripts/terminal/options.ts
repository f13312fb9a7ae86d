import { type ParseArgsConfig, parseArgs } from "node:util";
import { CommandError, EXIT } from "../command.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;
type Values<T extends Options> = ReturnType<typeof parseArgs<{ options: T }>>["values"];

interface Invocation {
  readonly argv: readonly string[];
  /** npm puts an option there that was written before the double dash. */
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * The command line's options, or undefined when help was asked for: then `usage` has been printed.
 *
 * @throws CommandError USAGE for an option that the command does not have, and for one that npm took for its own
 * (`npm run deploy --env production`): without the double dash the command would run as if it had not been given.
 */
export function readOptions<const T extends Options>(
  usage: string,
  options: T,
  { argv, environment }: Invocation = { argv: process.argv.slice(2), environment: process.env },
): Values<T> | undefined {
  const values = parse(usage, { ...options, help: { type: "boolean", short: "h" } }, argv);
  if (values.help === true) {
    console.log(usage);
    return undefined;
  }
  const swallowed = Object.keys(options).find(
    (name) => values[name] === undefined && environment[`npm_config_${name.replaceAll("-", "_")}`],
  );
  if (swallowed !== undefined) {
    const advice = `npm took --${swallowed} for itself: options of a script stand behind a double dash.`;
    throw new CommandError("USAGE", `${advice}\n\n${usage}`, { exitCode: EXIT.usage });
  }
  return values as Values<T>;
}

function parse(usage: string, options: Options, argv: readonly string[]): Readonly<Record<string, unknown>> {
  try {
    return parseArgs({ args: [...argv], options }).values;
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError("USAGE", `${problem}\n\n${usage}`, { exitCode: EXIT.usage, cause });
  }
}
