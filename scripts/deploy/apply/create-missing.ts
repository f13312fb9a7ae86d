import { CommandError } from "../../command.ts";
import type { LiveTenant } from "../kinds/live-tenant.ts";
import { KINDS, type ResourceType } from "../kinds/table.ts";
import type { Change } from "../plan/change.ts";
import { planTenant } from "../plan/plan-tenant.ts";
import type { WriteContext } from "../write/context.ts";
import type { Applied, ApplyOptions } from "./apply-plan.ts";
import { handOver } from "./hand-over.ts";
import { selectOf } from "./select-of.ts";
import { selectCreated } from "./select-sections.ts";

/** How often a creation is tried: after a lost answer the tenant is read and only what is missing is handed over. */
const ROUNDS = 3;

/** How one deploy looks at the tenant and writes to it. */
export interface Steps {
  readonly contextAt: (tenant: LiveTenant) => WriteContext;
  /** The tenant with these kinds as they are by now. */
  readonly readAgain: (types: readonly ResourceType[], tenant: LiveTenant) => Promise<LiveTenant>;
}

/**
 * Makes what does not exist yet. Resolves to the tenant as it is then: with it the rest is planned. Only kinds are read again of
 * which something was made.
 */
export async function createMissing(options: ApplyOptions, before: LiveTenant, steps: Steps): Promise<Applied> {
  const { plan, desired, onProgress } = options;
  let changes: readonly Change[] = plan.changes;
  let live = before;
  let peakMemory = 0;
  for (let round = 1; changes.some(isCreation); round += 1) {
    live = await createOurs(changes, live, steps);
    const context = steps.contextAt(live);
    const document = selectCreated(changes, context);
    try {
      if (document !== undefined) {
        const created = changes.filter(isCreation);
        const handed = KINDS.filter(({ create }) => create === undefined).flatMap((kind) => selectOf(kind, created));
        const result = await handOver({ document, changes: handed }, context, options);
        peakMemory = Math.max(peakMemory, result.peakMemory);
      }
    } catch (error) {
      if (round === ROUNDS || !isWorthAnotherRound(error)) throw error;
      onProgress({ level: "warn", text: "An answer was lost; looking at what was created." });
    }
    if (changes.some((change) => isCreation(change) && HANDED_OVER.includes(change.type))) {
      live = await steps.readAgain(HANDED_OVER, live);
    }
    changes = planTenant(desired, live).changes;
    if (round === ROUNDS && changes.some(isCreation)) {
      throw new CommandError(
        "DEPLOY_NOT_VERIFIED",
        "The Deploy CLI was content, but not everything exists that it was to create.",
      );
    }
  }
  return { live, peakMemory };
}

const isCreation = ({ operation }: Change): boolean => operation === "create";
const HANDED_OVER = KINDS.filter(({ isHandedOver }) => isHandedOver).map(({ type }) => type);

/** In the order of the table: what others refer to has its id by then. */
async function createOurs(
  changes: readonly Change[],
  before: LiveTenant,
  { contextAt, readAgain }: Steps,
): Promise<LiveTenant> {
  let live = before;
  for (const kind of KINDS) {
    const own = selectOf(kind, changes).filter(isCreation);
    if (kind.create === undefined || own.length === 0) continue;
    await kind.create(own, live[kind.type], contextAt(live));
    // Those are read with what the Deploy CLI makes.
    if (!kind.isHandedOver) live = await readAgain([kind.type], live);
  }
  return live;
}

/** What another try cannot change: a refusal, a missing scope, an interruption by the user. */
function isWorthAnotherRound(error: unknown): boolean {
  const final = ["DEPLOY_SCOPE_MISSING", "DEPLOY_REFUSED", "DEPLOY_INTERRUPTED", "DEPLOY_BUILD_PENDING"];
  return !(error instanceof CommandError) || !final.includes(error.code);
}
