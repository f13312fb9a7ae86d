import { createHash } from "node:crypto";
import type { LiveTenant } from "../live/live-tenant.ts";
import { type Change, type Plan, RESOURCE_TYPES } from "./change.ts";
import type { Desired } from "./desired.ts";
import { listUnmanaged } from "./list-unmanaged.ts";
import { planAccess } from "./plan-access.ts";
import { planActions } from "./plan-actions.ts";
import { type DeletionRequest, planDeletions } from "./plan-deletions.ts";
import { planFlows, warnOfFlows } from "./plan-flow.ts";
import { planRecords, warnOfRecords } from "./plan-records.ts";

/**
 * Everything that a deploy would change, in the order in which it is written. Pure: the same tenant and the same
 * checkout give the same plan.
 *
 * @throws CommandError CLIENT_NAME_AMBIGUOUS, DELETION_UNKNOWN, DELETION_WANTED
 */
export function planTenant(desired: Desired, live: LiveTenant, deletions: readonly DeletionRequest[] = []): Plan {
  const flows = planFlows(desired, live);
  const changes: readonly Change[] = [
    ...planRecords(desired, live),
    ...planAccess(desired, live),
    ...planActions(desired, live),
    ...flows,
  ];
  const rank = (change: Change) => RESOURCE_TYPES.indexOf(change.type);
  return {
    domain: live.domain,
    fingerprint: fingerprint(live),
    changes: [...changes].sort((one, other) => rank(one) - rank(other)).concat(planDeletions(desired, live, deletions)),
    warnings: [...warnOfRecords(changes), ...warnOfFlows(flows)],
    unmanaged: listUnmanaged(desired, live),
  };
}

/** SHA-256 over the state as it was read; object keys in a fixed order, since Auth0's services have none. */
export function fingerprint(live: LiveTenant): string {
  return createHash("sha256")
    .update(JSON.stringify(sortKeys(live)))
    .digest("hex");
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, entry]) => [key, sortKeys(entry)]),
  );
}
