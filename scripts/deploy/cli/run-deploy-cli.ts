import type { ChildProcess } from "node:child_process";
import { constants } from "node:os";
import { CommandError } from "../../command.ts";
import { redact } from "../../redaction/hidden-secrets.ts";
import { explainFailure, explainUnloadable, explainUnreadable } from "./explain-failure.ts";
import { createLineReader, type LogLine } from "./log-lines.ts";
import type { CliReply, CliRequest, WriteRequest, WrittenRequest } from "./messages.ts";
import { startChild } from "./start-child.ts";

export interface CliProcessOptions {
  /** PEM file to trust besides Node's own authorities; a tenant at Auth0 needs none. */
  readonly caFile?: string | undefined;
  readonly onProgress: (line: LogLine) => void;
  /** Told of each request that changes something, before it is sent and again with its answer. */
  readonly onRequest?: (request: WrittenRequest) => void;
}

export interface DeployCliResult {
  /** Of the Deploy CLI's process, in bytes. */
  readonly peakMemory: number;
}

/**
 * Writes sections to a tenant with the real Deploy CLI, in a process that ends with this one. Nothing is deleted.
 *
 * @throws {CommandError} DEPLOY_SCOPE_MISSING, DEPLOY_REFUSED, DEPLOY_BUILD_PENDING, DEPLOY_RATE_LIMITED,
 * DEPLOY_CONNECTION_LOST or DEPLOY_FAILED for what the Deploy CLI reports; DEPLOY_CLI_CRASHED when its process ended
 * without a word; DEPLOY_INTERRUPTED on SIGINT or SIGTERM.
 */
export async function runDeployCli({
  caFile,
  onProgress,
  onRequest = () => {},
  ...request
}: CliProcessOptions & Omit<WriteRequest, "task">): Promise<DeployCliResult> {
  const { peakMemory } = await askCli({ task: "write", ...request }, { caFile, onProgress, onRequest });
  return { peakMemory };
}

/** One task of the Deploy CLI's process, whose words pass through the redactor. Throws what runDeployCli throws. */
export async function askCli(
  request: CliRequest,
  { caFile, onProgress, onRequest = () => {} }: CliProcessOptions,
): Promise<Extract<CliReply, { kind: "done" }>> {
  const child = await startChild(caFile);
  let interruptedBy: "SIGINT" | "SIGTERM" | undefined;
  const interrupt = (signal: NodeJS.Signals): void => {
    interruptedBy = signal === "SIGINT" ? "SIGINT" : "SIGTERM";
    child.kill("SIGTERM");
  };
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  try {
    const lastWords: string[] = [];
    const forward = (line: LogLine): void => {
      const text = redact(line.text);
      lastWords.push(text);
      if (lastWords.length > 5) lastWords.shift();
      onProgress({ ...line, text });
    };
    const { reply, code, signal } = await converse(child, request, { receive: forward, onRequest });
    if (interruptedBy !== undefined) throw interrupted(interruptedBy);
    if (reply === undefined) throw crashed(code, signal, lastWords);
    if (reply.kind === "failed") {
      const failure = { ...reply.failure, message: redact(reply.failure.message) };
      throw EXPLAIN[request.task](failure);
    }
    return reply;
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    child.kill("SIGKILL");
  }
}

const EXPLAIN = { write: explainFailure, read: explainUnreadable, load: explainUnloadable } as const;

interface Conversation {
  /** Undefined when the child ended without one. */
  readonly reply: Exclude<CliReply, { kind: "note" | "request" }> | undefined;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

function converse(
  child: ChildProcess,
  request: CliRequest,
  { receive, onRequest }: { receive(line: LogLine): void; onRequest(request: WrittenRequest): void },
): Promise<Conversation> {
  return new Promise((resolve, reject) => {
    let reply: Conversation["reply"];
    const readers = [
      { stream: child.stdout, reader: createLineReader("info", receive) },
      { stream: child.stderr, reader: createLineReader("warn", receive) },
    ];
    for (const { stream, reader } of readers) {
      stream?.setEncoding("utf8").on("data", (chunk: string) => reader.push(chunk));
    }
    child.on("message", (message: CliReply) => {
      if (message.kind === "note") receive({ level: "warn", text: message.text });
      else if (message.kind === "request") onRequest(message.request);
      else reply = message;
    });
    child.once("error", reject);
    // "close" comes after the last output, "exit" may not.
    child.once("close", (code, signal) => {
      for (const { reader } of readers) reader.end();
      resolve({ reply, code, signal });
    });
    // A child that is already gone is reported by "close".
    child.send(request, () => {});
  });
}

function interrupted(signal: "SIGINT" | "SIGTERM"): CommandError {
  return new CommandError(
    "DEPLOY_INTERRUPTED",
    `The deploy was interrupted (${signal}).`,
    // What a shell reports for a process that a signal ended.
    { exitCode: 128 + constants.signals[signal] },
  );
}

function crashed(code: number | null, signal: NodeJS.Signals | null, lastWords: readonly string[]): CommandError {
  const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
  const said = lastWords.length === 0 ? "" : ` Its last lines:\n${lastWords.map((line) => `  ${line}`).join("\n")}\n`;
  return new CommandError("DEPLOY_CLI_CRASHED", `The Deploy CLI's process was ended ${how} before it was done.${said}`);
}
