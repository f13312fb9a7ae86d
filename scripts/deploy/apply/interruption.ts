import { constants } from "node:os";
import { CommandError } from "../../command.ts";

export interface Interruption {
  /** Throws DEPLOY_INTERRUPTED once a signal has come. Called before each write: half a deploy is taken back, not left. */
  check(): void;
  stopWatching(): void;
}

/** From now on SIGINT and SIGTERM ask the deploy to roll back instead of ending the process; a second one ends it. */
export function watchForInterruption(): Interruption {
  let received: "SIGINT" | "SIGTERM" | undefined;
  const receive = (signal: NodeJS.Signals): void => {
    if (received !== undefined) process.exit(128 + constants.signals[signal]);
    received = signal === "SIGINT" ? "SIGINT" : "SIGTERM";
  };
  process.on("SIGINT", receive).on("SIGTERM", receive);
  return {
    check() {
      if (received === undefined) return;
      throw new CommandError("DEPLOY_INTERRUPTED", `The deploy was interrupted (${received}).`, {
        exitCode: 128 + constants.signals[received],
      });
    },
    stopWatching() {
      process.off("SIGINT", receive).off("SIGTERM", receive);
    },
  };
}
