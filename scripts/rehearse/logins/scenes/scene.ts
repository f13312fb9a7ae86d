import type { Expected } from "../find-deviations.ts";
import type { Answer } from "../observation.ts";
import type { Stage, Visitor } from "../stage.ts";

/** One row. */
export interface Step {
  readonly name: string;
  /** What the person does, in a few words. */
  readonly story: string;
  readonly act: (stage: Stage, visitor: Visitor) => Promise<Answer>;
  readonly expected: Expected;
}

/** One person, from their sign-up on. */
export interface Scene {
  /** Before the at sign of their email; none for a machine. */
  readonly person?: string;
  readonly prepare?: (stage: Stage, visitor: Visitor) => Promise<unknown>;
  readonly steps: readonly Step[];
}
