import { join } from "node:path";
import type { FromHost, ToHost } from "./protocol.ts";
import { WorkerPool } from "./worker-pool.ts";

/** The entry of the process that hosts the threads of the Actions: out of reach of the tenant's memory and environment. */
let pool: WorkerPool | undefined;

process.on("message", (message: ToHost) => {
  if (message.kind === "start") {
    const { setup, workers, workerMemory } = message;
    pool = new WorkerPool({ workerFile: join(import.meta.dirname, "worker.cjs"), setup, workers, workerMemory });
    return;
  }
  void pool?.run(message.request).then((result) => process.send?.({ kind: "result", result } satisfies FromHost));
});

// The tenant is gone, however it ended.
process.on("disconnect", () => process.exit(0));
