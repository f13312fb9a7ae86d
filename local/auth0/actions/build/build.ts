import type { ActionBuild } from "../../state/action.ts";
import type { Packages } from "../packages/packages.ts";

/** How long the platform's work takes here, in milliseconds, and where it gets packages from. */
export interface ActionBuildSettings {
  /** A draft waits this long before its build starts. */
  readonly pendingFor: number;
  readonly buildingFor: number;
  /** A build that fails is tried once more after this long. */
  readonly retryingFor: number;
  /** From the answer of a deploy until the version runs, and can be bound. */
  readonly deployingFor: number;
  readonly packages: Packages;
}

/** At Auth0 a build takes seconds; here just long enough that a client which does not wait for it is found out. */
export const DEFAULT_BUILD_SETTINGS = {
  pendingFor: 10,
  buildingFor: 25,
  retryingFor: 15,
  // Auth0 binds an Action right after its deploy: clients do not wait for it.
  deployingFor: 0,
};

export type BuildStatus = "pending" | "building" | "retrying" | "built" | "failed";

type BuildTimes = Pick<ActionBuildSettings, "pendingFor" | "buildingFor" | "retryingFor">;

/**
 * Once its packages are there or not to be had, when the outcome shows is a matter of the clock alone: a build needs no timer, and
 * goes on over a restart of the tenant.
 */
export function buildStatusAt(
  { requested_at, failures, installing }: ActionBuild,
  { pendingFor, buildingFor, retryingFor }: BuildTimes,
  now: number,
): BuildStatus {
  if (installing !== undefined) return now < requested_at + pendingFor ? "pending" : "building";
  const timetable: readonly (readonly [BuildStatus, number])[] = [
    ["pending", pendingFor],
    ["building", buildingFor],
    ...(failures.length === 0
      ? []
      : ([
          ["retrying", retryingFor],
          ["building", buildingFor],
        ] as const)),
  ];
  let end = requested_at;
  for (const [status, duration] of timetable) {
    end += duration;
    if (now < end) return status;
  }
  return failures.length === 0 ? "built" : "failed";
}

/** Milliseconds from the request of a build until it is over. */
export function buildDuration({ pendingFor, buildingFor }: BuildTimes): number {
  return pendingFor + buildingFor;
}
