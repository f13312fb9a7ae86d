import { join } from "node:path";
import { startChild } from "../shared/child.ts";

export interface LoadOrder {
  readonly port: number;
  /** Whole requests as they go over the wire; each of them in turn. */
  readonly requests: readonly string[];
  /** Kept open; each sends its next request when it has its answer. */
  readonly connections: number;
  readonly seconds: number;
}

export interface LoadResult {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/** The load, in a process of its own. */
export async function startLoad() {
  const child = startChild(join(import.meta.dirname, "send-load.ts"));
  return {
    run: (order: LoadOrder): Promise<LoadResult> => child.ask<LoadResult>(order),
    close: child.close,
  };
}
