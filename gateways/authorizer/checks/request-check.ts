import type { RefusalCode } from "../decision.ts";
import type { Segments } from "../routes/request-path.ts";
import type { Route } from "../routes/route.ts";
import type { RequestRules } from "../settings.ts";

/** A request whose token is good, with what was found out about it. */
export interface RequestFacts {
  /** Whether a header names another method than the request's. */
  readonly isOverridden: boolean;
  /** Undefined: the path is ambiguous. */
  readonly segments: Segments | undefined;
  readonly route: Route | undefined;
  /** What the route asks for, by its own list or by the convention; undefined: no route, or no scope can be named. */
  readonly needed: readonly string[] | undefined;
  readonly granted: readonly string[];
  /** `org_id` */
  readonly organization: string | undefined;
}

/** One demand on the request. Returns what is wrong, or undefined. */
export type RequestCheck = (facts: RequestFacts, rules: RequestRules) => RefusalCode | undefined;
