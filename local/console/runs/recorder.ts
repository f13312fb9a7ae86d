import type { TriggerRun } from "../../auth0/actions/pipeline/pipeline.ts";
import type { RunResult } from "../../auth0/actions/runtime/protocol.ts";
import { ConsoleError } from "../serving/page.ts";

/** A run of Actions as it happened. Its Actions' secrets are in it: `hideSecrets` stands between it and whoever looks. */
export interface SeenRun {
  /** From 1, in the order in which the runs ended. */
  readonly id: number;
  readonly run: TriggerRun;
  readonly result: RunResult;
}

export interface RunRecorder {
  /** Runs are kept in memory by number: the newest. */
  readonly capacity: number;
  /** All that were seen, those included that are not kept any more. */
  readonly total: number;
  record(run: TriggerRun, result: RunResult): void;
  /** @throws {ConsoleError} LOGIN_NOT_KEPT */
  get(id: string): SeenRun;
  /** Those that are kept, the newest first, as they are asked for. */
  newest(): Generator<SeenRun>;
  /** @returns what ends it */
  onRecord(listen: () => void): () => void;
}

/** A few thousand bytes each, most of it the event. */
const KEPT_RUNS = 2_000;

/** A ring: to record a run costs its login one assignment. */
export function createRunRecorder(capacity = KEPT_RUNS): RunRecorder {
  const ring: SeenRun[] = [];
  const listeners = new Set<() => void>();
  let total = 0;
  const find = (id: number): SeenRun | undefined => {
    const seen = ring[(id - 1) % capacity];
    return seen?.id === id ? seen : undefined;
  };
  return {
    capacity,
    get total() {
      return total;
    },
    record(run, result) {
      total += 1;
      ring[(total - 1) % capacity] = { id: total, run, result };
      for (const listen of listeners) listen();
    },
    get(id) {
      const seen = find(Number(id));
      if (seen !== undefined) return seen;
      const message = `There is no login ${id}: the last ${capacity} since the tenant was started are kept.`;
      throw new ConsoleError(404, "LOGIN_NOT_KEPT", message);
    },
    *newest() {
      for (let id = total; id > Math.max(0, total - capacity); id -= 1) {
        const seen = find(id);
        if (seen !== undefined) yield seen;
      }
    },
    onRecord(listen) {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
  };
}
