import { createInterface } from "node:readline/promises";
import { usageError } from "../command.ts";

/**
 * Asks on standard error, because standard output may be JSON, for a typed yes. Without a terminal there is nobody to ask: a pipeline says `--yes`.
 *
 * @throws {CommandError} CONFIRMATION_NEEDED
 */
export async function confirmOnTerminal(question: string): Promise<boolean> {
  if (process.stdin.isTTY !== true) {
    throw usageError("CONFIRMATION_NEEDED", `${question} There is no terminal to ask on: say --yes.`);
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(`${question} Type yes: `)).trim() === "yes";
  } finally {
    terminal.close();
  }
}
