import { AsyncLocalStorage } from "node:async_hooks";
import type { Output } from "./console-capture.ts";
import type { Requests } from "./request-capture.ts";

/** Where what an execution of an Action prints and sends is noted. */
export interface Watched {
  readonly output: Output;
  readonly requests: Requests;
  /** As `performance.now()` counts. */
  readonly started: number;
}

/** One for all: every further one makes each promise of an Action slower. */
const current = new AsyncLocalStorage<Watched>();

/** Runs `work` so that whatever it does, now or in its callbacks, is the execution's. */
export const watch = <T>(execution: Watched, work: () => T): T => current.run(execution, work);

/** Undefined outside an execution. */
export const findWatched = (): Watched | undefined => current.getStore();
