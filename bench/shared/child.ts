import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

export interface Child {
  /** Sends a message and resolves to the answer. */
  ask<T>(message: unknown): Promise<T>;
  close(): Promise<void>;
}

/** A file of this benchmark in a process of its own, which answers each message with one. */
export function startChild(file: string, args: readonly string[] = [], nodeOptions: readonly string[] = []): Child {
  // A loader is for TypeScript; a plain file is spared it.
  const execArgv = [...(file.endsWith(".ts") ? process.execArgv : []), ...nodeOptions];
  const child: ChildProcess = fork(file, args, { execArgv, stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const ended = once(child, "exit");
  const failed = ended.then(([code]) => {
    throw new Error(`${file} ended (${code}) instead of answering.`);
  });
  failed.catch(() => undefined);
  return {
    async ask<T>(message: unknown) {
      const answer = once(child, "message") as Promise<[T]>;
      child.send(message as object);
      return (await Promise.race([answer, failed]))[0];
    },
    async close() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** The other side of it. */
export function answerMessages<Q, A>(answer: (message: Q) => Promise<A>): void {
  process.on("message", async (message: Q) => process.send?.((await answer(message)) ?? null));
  process.once("disconnect", () => process.exit()).once("SIGTERM", () => process.exit());
}
