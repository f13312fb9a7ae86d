import { CommandError } from "../../command.ts";
import { createSectionReader } from "../cli/read-sections.ts";
import type { LiveTenant } from "../kinds/live-tenant.ts";
import { KINDS } from "../kinds/table.ts";
import { readLiveTenant } from "../live/read-live-tenant.ts";
import type { Change } from "../plan/change.ts";
import { planTenant } from "../plan/plan-tenant.ts";
import type { WriteContext } from "../write/context.ts";
import type { Applied, ApplyOptions } from "./apply-plan.ts";
import { handOver } from "./hand-over.ts";
import { selectOf } from "./select-of.ts";
import { selectCreated } from "./select-sections.ts";

/** How often a creation is tried: after a lost answer the tenant is read and only what is missing is handed over. */
const ROUNDS = 3;

/** Makes what does not exist yet. Resolves to the tenant as it is then: with it the rest is planned. */
export async function createMissing(
  options: ApplyOptions,
  before: LiveTenant,
  contextAt: (tenant: LiveTenant) => WriteContext,
): Promise<Applied> {
  const { plan, desired, connection, onProgress } = options;
  const { domain, management } = connection;
  let changes: readonly Change[] = plan.changes;
  let live = before;
  let peakMemory = 0;
  for (let round = 1; changes.some(({ operation }) => operation === "create"); round += 1) {
    const context = contextAt(live);
    for (const kind of KINDS) await kind.create?.(selectOf(kind, changes), live[kind.type], context);
    const document = selectCreated(changes, context);
    try {
      if (document !== undefined) {
        const result = await handOver({ document, changes }, context, options);
        peakMemory = Math.max(peakMemory, result.peakMemory);
      }
    } catch (error) {
      if (round === ROUNDS || !isWorthAnotherRound(error)) throw error;
      onProgress({ level: "warn", text: "An answer was lost; looking at what was created." });
    }
    live = await readLiveTenant(management, domain, desired.document, createSectionReader(connection));
    changes = planTenant(desired, live).changes;
    if (round === ROUNDS && changes.some(({ operation }) => operation === "create")) {
      throw new CommandError(
        "DEPLOY_NOT_VERIFIED",
        "The Deploy CLI was content, but not everything exists that it was to create.",
      );
    }
  }
  return { live, peakMemory };
}

/** What another try cannot change: a refusal, a missing scope, an interruption by the user. */
function isWorthAnotherRound(error: unknown): boolean {
  const final = ["DEPLOY_SCOPE_MISSING", "DEPLOY_REFUSED", "DEPLOY_INTERRUPTED", "DEPLOY_BUILD_PENDING"];
  return !(error instanceof CommandError) || !final.includes(error.code);
}
