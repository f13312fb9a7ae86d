import type { ChildProcess } from "node:child_process";
import { type RunLoading, runIn, startLoading } from "./run-loading.ts";

/** The next process is started before it is needed: a save does not wait for Node to begin. */
export interface ReadyLoading {
  readonly run: RunLoading;
  close(): void;
}

/** @param directory the project's, which every request names */
export function createReadyLoading(directory: string): ReadyLoading {
  const start = (): ChildProcess =>
    // Where Node cannot be started, the run that needs it says so.
    startLoading(directory).on("error", () => {});
  let waiting: ChildProcess | undefined = start();
  let isClosed = false;
  return {
    async run(program, request) {
      const child = waiting !== undefined && isAlive(waiting) ? waiting : startLoading(directory);
      waiting = undefined;
      try {
        return await runIn(child, program, request);
      } finally {
        if (!isClosed) waiting ??= start();
      }
    },
    close() {
      isClosed = true;
      waiting?.kill("SIGKILL");
    },
  };
}

const isAlive = ({ pid, exitCode, signalCode }: ChildProcess): boolean =>
  pid !== undefined && exitCode === null && signalCode === null;
