import { type CommandError, usageError } from "../command.ts";
import type { ErrorCode } from "../error-codes.ts";

/** Wrong configuration, with all its places at once; nothing was sent. */
export function refuseLines(code: ErrorCode, summary: string, lines: readonly string[], advice = ""): CommandError {
  const list = lines.map((line) => `  ${line}`).join("\n");
  return usageError(code, `${summary}:\n${list}${advice === "" ? "" : `\n${advice}`}`);
}
