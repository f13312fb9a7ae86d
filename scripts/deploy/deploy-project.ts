import { type Applied, applyPlan } from "./apply/apply-plan.ts";
import type { LogLine } from "./cli/log-lines.ts";
import { createSectionReader } from "./cli/read-sections.ts";
import { readLiveTenant } from "./live/read-live-tenant.ts";
import type { Plan } from "./plan/change.ts";
import { checkLosses, type DeletionRequest } from "./plan/plan-deletions.ts";
import { planTenant } from "./plan/plan-tenant.ts";
import type { Prepared } from "./prepare.ts";

/** Reads the tenant and says what a deploy would change in it. Sends nothing but reads. */
export async function planProject(
  { connection, desired }: Prepared,
  deletions: readonly DeletionRequest[] = [],
): Promise<{ readonly plan: Plan; readonly live: Applied["live"] }> {
  const live = await readLiveTenant(
    connection.management,
    connection.domain,
    desired.document,
    createSectionReader(connection),
  );
  const plan = planTenant(desired, live, deletions);
  checkLosses(desired, live, deletions);
  return { plan, live };
}

export interface DeployOptions {
  readonly prepared: Prepared;
  readonly deletions?: readonly DeletionRequest[];
  /**
   * Shown the plan before anything is written; false leaves the tenant as it is. Not asked when there is nothing to do. "unasked" says
   * that nobody took time over it: then the tenant is not read a second time before the first write.
   */
  readonly confirm: (plan: Plan) => Promise<boolean | "unasked">;
  readonly onProgress: (line: LogLine) => void;
}

export type Deployment = Applied & {
  readonly plan: Plan;
  readonly outcome: "deployed" | "nothing to do" | "declined";
};

/**
 * Plans, asks, applies and verifies.
 *
 * @throws {CommandError} of planning (plan/plan-tenant.ts) and applying (apply/apply-plan.ts)
 */
export async function deployProject({
  prepared,
  deletions = [],
  confirm,
  onProgress,
}: DeployOptions): Promise<Deployment> {
  const { plan, live } = await planProject(prepared, deletions);
  if (plan.changes.length === 0) return { plan, live, peakMemory: 0, outcome: "nothing to do" };
  const consent = await confirm(plan);
  if (consent === false) return { plan, live, peakMemory: 0, outcome: "declined" };
  const applied = await applyPlan({ plan, live: consent === "unasked" ? live : undefined, onProgress, ...prepared });
  return { ...applied, plan, outcome: "deployed" };
}
