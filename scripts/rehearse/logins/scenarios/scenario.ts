import type { Context, Visitor } from "../context.ts";
import type { Expected } from "../find-deviations.ts";
import type { Answer, Observation } from "../observation.ts";

/** One row. */
interface Step {
  readonly name: string;
  /** What the person does, in a few words. */
  readonly story: string;
  /** When, in milliseconds since the epoch; now without it. */
  readonly at?: number;
  readonly run: (context: Context, visitor: Visitor) => Promise<Answer>;
}

/** What the tool promises. */
export interface PromisedStep extends Step {
  readonly expected: Expected;
}

/** What a project's own row says. */
export interface OwnStep extends Step {
  readonly findProblems: (seen: Observation) => readonly string[];
}

/** One person, from their sign-up on. */
export interface Scenario<Each extends Step = PromisedStep> {
  /** Before the at sign of their email; none for a machine. */
  readonly person?: string;
  /** Where it is another one than person@example.com. */
  readonly email?: string;
  readonly prepare?: (context: Context, visitor: Visitor) => Promise<unknown>;
  readonly steps: readonly Each[];
}
