import type { Problem } from "./shape.ts";

/** What is wrong with one place of the tenant file, under a stable code. */
export interface CodedProblem extends Problem {
  readonly code: string;
  /** The name is wrong, not what stands behind it. */
  readonly part?: "key";
}
