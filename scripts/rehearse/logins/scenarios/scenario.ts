import type { Context, Visitor } from "../context.ts";
import type { Expected } from "../find-deviations.ts";
import type { Answer } from "../observation.ts";

/** One row. */
interface Step {
  readonly name: string;
  /** What the person does, in a few words. */
  readonly story: string;
  readonly run: (context: Context, visitor: Visitor) => Promise<Answer>;
  readonly expected: Expected;
}

/** One person, from their sign-up on. */
export interface Scenario {
  /** Before the at sign of their email; none for a machine. */
  readonly person?: string;
  readonly prepare?: (context: Context, visitor: Visitor) => Promise<unknown>;
  readonly steps: readonly Step[];
}
