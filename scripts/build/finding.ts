import type { BuildFindingCode } from "../error-codes.ts";

/** What the build has to say about one place in the project. Errors stop the build, warnings do not. */
export interface Finding {
  readonly severity: "error" | "warning";
  /** Stable, for scripts: `ACTION_TOO_LARGE`. */
  readonly code: BuildFindingCode;
  /** `tenant.yaml:42` or `actions/filter-scopes/action.ts:7`, from the project's folder. */
  readonly place: string;
  /** What is wrong and what to do about it. */
  readonly message: string;
  /** The platform's limit, where one was passed: `100000 bytes`. */
  readonly limit?: string;
}

type Details = Omit<Finding, "severity">;

export const error = (details: Details): Finding => ({ severity: "error", ...details });
export const warning = (details: Details): Finding => ({ severity: "warning", ...details });
