import { constants } from "node:os";
import { CommandError } from "../../command.ts";

export interface Interruption {
  /** DEPLOY_INTERRUPTED once a signal has come. */
  find(): CommandError | undefined;
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
  function find(): CommandError | undefined {
    if (received === undefined) return undefined;
    return new CommandError("DEPLOY_INTERRUPTED", `The deploy was interrupted (${received}).`, {
      exitCode: 128 + constants.signals[received],
    });
  }
  return {
    find,
    check() {
      const interrupted = find();
      if (interrupted !== undefined) throw interrupted;
    },
    stopWatching() {
      process.off("SIGINT", receive).off("SIGTERM", receive);
    },
  };
}
