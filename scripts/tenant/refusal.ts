import { CommandError, EXIT } from "../command.ts";
import type { ErrorCode } from "../error-codes.ts";

/** Wrong configuration, with all its places at once; nothing was sent. */
export function refuseLines(code: ErrorCode, summary: string, lines: readonly string[], advice = ""): CommandError {
  const list = lines.map((line) => `  ${line}`).join("\n");
  return new CommandError(code, `${summary}:\n${list}${advice === "" ? "" : `\n${advice}`}`, { exitCode: EXIT.usage });
}
