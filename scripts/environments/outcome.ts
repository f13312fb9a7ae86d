import { describeFailure, EXIT, type Failure } from "../command.ts";
import type { ErrorCode } from "../error-codes.ts";
import type { Failed } from "./attempt.ts";

/** What became of one environment. */
export interface Outcome {
  readonly name: string;
  /** Undefined when nobody came as far as to know it. */
  readonly domain?: string | undefined;
  readonly result: string;
  /** How many the plan has; undefined without a plan. */
  readonly changes?: number | undefined;
  /** What the command would exit with for this environment alone; undefined for one that was not begun. */
  readonly exitCode?: number | undefined;
  readonly failure?: Failure | undefined;
}

const RESULTS: Partial<Readonly<Record<ErrorCode, string>>> = {
  DEPLOY_ROLLED_BACK: "rolled back",
  DEPLOY_INTERRUPTED: "interrupted, rolled back",
  DEPLOY_ROLLBACK_INCOMPLETE: "rollback incomplete",
};

export function describeFailed(error: unknown): Required<Pick<Outcome, "result" | "exitCode" | "failure">> {
  const failure = describeFailure(error);
  const { code, exitCode } = failure;
  const result = (code && RESULTS[code]) ?? (exitCode === EXIT.usage ? "refused" : "failed");
  return { result, exitCode, failure };
}

export function describeUnplanned({ name, domain, error }: Failed): Outcome {
  return { name, domain, ...describeFailed(error) };
}

/** From what asks for nothing to what asks for most: an interruption was somebody's own will, a failure nobody's. */
const BY_WEIGHT = [EXIT.success, EXIT.changes, EXIT.usage, 143, 130, EXIT.failure];

/** The worst of them; 0 of none. */
export function chooseExitCode(exitCodes: readonly (number | undefined)[]): number {
  const weightOf = (code: number): number => {
    const weight = BY_WEIGHT.indexOf(code);
    return weight < 0 ? BY_WEIGHT.length : weight;
  };
  return exitCodes
    .filter((code) => code !== undefined)
    .reduce<number>((worst, code) => (weightOf(code) > weightOf(worst) ? code : worst), EXIT.success);
}
