import type { ActionEffect, ActionFailure } from "../outcome.ts";
import type { Output } from "./console-capture.ts";
import type { BoundAction, WatchedRun } from "./protocol.ts";
import type { Requests } from "./request-capture.ts";
import type { Watched } from "./watched-work.ts";

/** One Action in one run, from its start to its report. */
export class Execution implements Watched {
  readonly output: Output;
  readonly requests: Requests = [];
  commands: readonly string[] = [];
  /** What counts of what it asked for. */
  effects: readonly unknown[] = [];
  readonly #action: BoundAction;
  readonly #now: () => number;
  readonly #startedAt: number;
  readonly started = performance.now();

  constructor(action: BoundAction, output: Output, now: () => number) {
    this.output = output;
    this.#action = action;
    this.#now = now;
    this.#startedAt = now();
  }

  end(effect: ActionEffect, error?: ActionFailure): WatchedRun {
    const { secrets: _, ...action } = this.#action;
    return {
      ...action,
      startedAt: this.#startedAt,
      endedAt: this.#now(),
      durationMs: performance.now() - this.started,
      output: this.output.settle(),
      effect,
      commands: this.commands,
      effects: this.effects,
      requests: [...this.requests],
      ...(error && { error }),
    };
  }
}
