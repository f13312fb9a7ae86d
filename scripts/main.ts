import { chooseProject } from "./choose-project.ts";
import { CommandError, EXIT, runCommand } from "./command.ts";
import { COMMANDS, type Command } from "./commands.ts";
import { readOwnPackage } from "./own-package.ts";
import { foldStream } from "./terminal/fold-stream.ts";
import { readArguments, suggest, wrongUse } from "./terminal/options.ts";
import { showWaiting } from "./terminal/show-waiting.ts";
import { renderPairs, renderUsage } from "./terminal/usage.ts";

interface Start {
  /** The command's name, and what stands behind it. */
  readonly argv: readonly string[];
  /** The project's folder. */
  readonly directory: string;
  readonly processEnv: NodeJS.ProcessEnv;
}

const TABLE: ReadonlyMap<string, Command> = new Map(Object.entries(COMMANDS));

/** The entry point of every command. */
export function main(argv: readonly string[]): Promise<void> {
  const begins = TABLE.get(argv[0] ?? "")?.beginsProject;
  const directory = chooseProject(process.cwd(), begins);
  // Messages, and no data: that is on standard output. Beneath the redactor, which is to find secrets whole.
  foldStream(process.stderr);
  return runCommand(() => execute({ argv, directory, processEnv: process.env }));
}

/**
 * Runs the command that is named, or answers a question about commands. Answers the exit code.
 *
 * @throws {CommandError} USAGE, with the usage of the command, and what the command throws
 */
export async function execute({ argv, directory, processEnv }: Start): Promise<number> {
  const [name = "", ...rest] = argv[0] === "help" ? [...argv.slice(1), "--help"] : argv;
  if (name === "--version" || name === "-v") return print(readOwnPackage().version);
  if (name === "--help" || name === "-h") return print(renderList());
  const command = TABLE.get(name);
  if (command === undefined) {
    const problem =
      name === "" ? "Name a command." : `There is no command "${name}".${suggest(name, [...TABLE.keys()])}`;
    throw wrongUse(`${problem}\n\n${renderList()}`);
  }
  const usage = renderUsage(`npm run ${name} --`, command);
  try {
    const given = readArguments(command, rest, processEnv);
    if (given === undefined) return print(usage);
    const work = async (): Promise<number> => {
      const { run } = await command.load();
      return run({ ...given, directory, processEnv, commands: TABLE });
    };
    const { waiting } = command;
    // A program that reads JSON may have a terminal, too.
    return await (waiting === undefined || ("json" in given.options && given.options.json)
      ? work()
      : showWaiting(waiting, work));
  } catch (error) {
    if (!(error instanceof CommandError) || error.code !== "USAGE") throw error;
    throw wrongUse(`${error.message}\n\n${usage}`, error);
  }
}

function print(text: string): number {
  console.log(text);
  return EXIT.success;
}

function renderList(): string {
  return `Usage: npm run <command> -- [options]
       npx auth0-stripe-actions <command> [options]

${renderPairs([...TABLE].map(([name, { summary }]) => [name, summary]))}

npm run <command> -- --help says what a command takes and how it exits.`;
}
