import type { ActionEffect, ActionFailure, ActionRun } from "../outcome.ts";
import type { Output } from "./console-capture.ts";
import type { BoundAction } from "./protocol.ts";

/** One Action in one run, from its start to its report. */
export class Execution {
  readonly output: Output;
  commands: readonly string[] = [];
  readonly #action: BoundAction;
  readonly #now: () => number;
  readonly #startedAt: number;
  readonly #started = performance.now();

  constructor(action: BoundAction, output: Output, now: () => number) {
    this.output = output;
    this.#action = action;
    this.#now = now;
    this.#startedAt = now();
  }

  end(effect: ActionEffect, error?: ActionFailure): ActionRun {
    const { secrets: _, ...action } = this.#action;
    return {
      ...action,
      startedAt: this.#startedAt,
      endedAt: this.#now(),
      durationMs: performance.now() - this.#started,
      output: this.output.settle(),
      effect,
      commands: this.commands,
      ...(error && { error }),
    };
  }
}
