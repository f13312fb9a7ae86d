import { inspect } from "node:util";
import type { ErrorCode } from "./error-codes.ts";
import { guardStream } from "./redaction/hidden-secrets.ts";

/** `terraform plan -detailed-exitcode` has 2 for changes, which is wrong use here. */
export const EXIT = { success: 0, failure: 1, usage: 2, changes: 10 } as const;

interface CommandErrorOptions {
  /** 1: the work failed; 2: wrong use or configuration, nothing was sent. */
  readonly exitCode?: number;
  readonly cause?: unknown;
}

/** A failure that was foreseen: a stable `code` for scripts, and a message that tells a person what to do next. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly code: ErrorCode;
  readonly exitCode: number;

  constructor(code: ErrorCode, message: string, options: CommandErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.exitCode = options.exitCode ?? EXIT.failure;
  }
}

/** Of wrong use or configuration: nothing was sent. */
export function usageError(code: ErrorCode, message: string, cause?: unknown): CommandError {
  return new CommandError(code, message, { exitCode: EXIT.usage, cause });
}

/**
 * Runs an entry point. It alone sets the exit code, and has everything that the process prints pass through the redactor; what
 * was not foreseen is printed whole, because it is our bug.
 */
export async function runCommand(main: () => Promise<number>): Promise<void> {
  guardStream(process.stdout);
  guardStream(process.stderr);
  // Node itself would print these past the stream. A rejection that nobody handles arrives here too.
  process.once("uncaughtException", (error) => {
    report(error);
    process.exit();
  });
  try {
    process.exitCode = await main();
  } catch (error) {
    report(error);
  }
}

function report(error: unknown): void {
  const failure = describeFailure(error);
  console.error(renderFailure(failure));
  process.exitCode = failure.exitCode;
}

/** What is said of an error, and how a command ends that has it. */
export interface Failure {
  readonly message: string;
  /** Of one that was foreseen. */
  readonly code?: ErrorCode;
  readonly exitCode: number;
}

export function describeFailure(error: unknown): Failure {
  const foreseen = findForeseen(error);
  if (foreseen === undefined) {
    return { message: `Unexpected error, please report it:\n${inspect(error)}`, exitCode: EXIT.failure };
  }
  const { message, code, exitCode } = foreseen;
  return { message, code, exitCode };
}

/** The code of what was foreseen stands in the last line. */
export function renderFailure({ message, code }: Failure): string {
  return code === undefined ? message : `${message}\n[${code}]`;
}

/** An SDK wraps what its fetch throws. */
function findForeseen(error: unknown): CommandError | undefined {
  if (error instanceof CommandError) return error;
  return error instanceof Error && error.cause !== undefined ? findForeseen(error.cause) : undefined;
}
