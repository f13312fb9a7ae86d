import { CommandError } from "../../command.ts";
import type { LogLine } from "../cli/log-lines.ts";
import { createSectionReader } from "../cli/read-sections.ts";
import type { TenantConnection } from "../connect.ts";
import type { LiveTenant } from "../kinds/live-tenant.ts";
import { KINDS } from "../kinds/table.ts";
import { createReader, readLiveKinds, readLiveTenant } from "../live/read-live-tenant.ts";
import type { Change, Plan } from "../plan/change.ts";
import type { Desired } from "../plan/desired.ts";
import { fingerprint, planTenant } from "../plan/plan-tenant.ts";
import type { WriteContext } from "../write/context.ts";
import { createUndoLog } from "../write/undo.ts";
import { createMissing, type Steps } from "./create-missing.ts";
import { createReport } from "./create-report.ts";
import { handOverUpdates } from "./hand-over.ts";
import { watchForInterruption } from "./interruption.ts";
import { rollBack } from "./roll-back.ts";
import { selectOf } from "./select-of.ts";

export interface ApplyOptions {
  readonly plan: Plan;
  readonly desired: Desired;
  readonly connection: TenantConnection;
  /** What the plan was made from, where that was a moment ago. Without it the tenant is read once more. */
  readonly live?: LiveTenant | undefined;
  readonly onProgress: (line: LogLine) => void;
}

export interface Applied {
  /** Read back, and found to be what tenant.yaml says. */
  readonly live: LiveTenant;
  /** Of the Deploy CLI's process, in bytes; 0 when it was not needed. */
  readonly peakMemory: number;
}

/**
 * Carries a plan out: first what nobody uses yet, then what can be taken back, in the end what takes something away. If
 * anything fails, everything that logins see is rolled back to what it was.
 *
 * @throws {CommandError} PLAN_STALE with nothing sent; DEPLOY_ROLLED_BACK, or DEPLOY_INTERRUPTED after a signal, when the
 * former state is live again; DEPLOY_ROLLBACK_INCOMPLETE when part of it could not be taken back, naming it.
 */
export async function applyPlan(options: ApplyOptions): Promise<Applied> {
  const { plan, desired, connection, onProgress } = options;
  const { management, domain } = connection;
  const readSections = createSectionReader(connection);
  const interruption = watchForInterruption();
  const undo = createUndoLog(interruption.check);
  const report = createReport(plan.changes, onProgress);
  const contextAt = (tenant: LiveTenant): WriteContext => ({
    management,
    desired,
    tenant,
    readAgain: (type) => createReader(management, desired.document, readSections).read(type),
    undo,
    report,
  });
  const read = () => readLiveTenant(management, domain, desired.document, readSections);
  const readAgain: Steps["readAgain"] = async (types, tenant) => {
    const others = Object.fromEntries(Object.entries(tenant).filter(([type]) => !types.some((read) => read === type)));
    const again = await readLiveKinds(management, domain, desired.document, types, readSections, others);
    return { ...tenant, ...again };
  };

  const before = options.live ?? (await read());
  if (fingerprint(before) !== plan.fingerprint) {
    throw new CommandError("PLAN_STALE", `${domain} changed since it was planned; nothing was sent. Plan again.`);
  }
  try {
    const { live, peakMemory } = await createMissing(options, before, { contextAt, readAgain });
    const { changes } = live === before ? plan : planTenant(desired, live);
    await handOverUpdates(changes, contextAt(live), options);
    await update(changes, contextAt(live));
    const verified = await verify(plan, desired, read);
    const isChanged = await writeLast(planTenant(desired, verified).changes, contextAt(verified));
    await deleteNamed(plan.changes, contextAt(verified));
    return { live: isChanged ? await read() : verified, peakMemory };
  } catch (error) {
    throw await rollBack(error, { ...contextAt(before), onProgress }, read);
  } finally {
    interruption.stopWatching();
  }
}

/** First what can be taken back, then what takes something away from users, after all that may fail. */
async function update(changes: readonly Change[], context: WriteContext): Promise<void> {
  for (const kind of KINDS) await kind.update(selectOf(kind, changes), context.tenant[kind.type], context);
  for (const kind of KINDS) await kind.remove?.(selectOf(kind, changes), context);
}

/** A deploy is right when a plan made from what is live now has nothing in it but what is dropped last. */
async function verify(plan: Plan, desired: Desired, read: () => Promise<LiveTenant>): Promise<LiveTenant> {
  const live = await read();
  const { changes } = planTenant(desired, live);
  const open = KINDS.flatMap((kind) =>
    selectOf(kind, changes).filter((change) => !isWrittenUnseen(change) && kind.last?.isLast(change) !== true),
  );
  if (open.length === 0) return live;
  const moved = open.filter((change) => isUnplanned(change, plan));
  if (moved.length > 0) {
    const names = moved.map(({ type, name }) => `${type} ${name}`).join(", ");
    throw new CommandError("PLAN_STALE", `Somebody changed ${names} during this deploy. Plan again when that is done.`);
  }
  const rows = open.map(({ operation, type, name }) => `  ${type} ${name} (still to ${operation})`);
  throw new CommandError("DEPLOY_NOT_VERIFIED", `What is live is not what was deployed:\n${rows.join("\n")}`);
}

/** Whether something of it was as tenant.yaml says when the deploy began: it was not this deploy that changed it. */
function isUnplanned({ operation, type, name, fields }: Change, { changes }: Plan): boolean {
  const planned = changes.filter((change) => change.type === type && change.name === name);
  if (operation !== "update" || planned.some((change) => change.operation === "create")) return false;
  const paths = new Set(planned.flatMap((change) => change.fields.map(({ path }) => path)));
  return fields.some(({ path }) => !paths.has(path));
}

/** Whether all that a plan would write again is what nobody can read back. */
function isWrittenUnseen({ fields }: Change): boolean {
  return fields.length > 0 && fields.every(({ isWriteOnly }) => isWriteOnly === true);
}

/** Whether there was something to write. */
async function writeLast(changes: readonly Change[], context: WriteContext): Promise<boolean> {
  let isWritten = false;
  for (const kind of KINDS) {
    const own = selectOf(kind, changes).filter((change) => kind.last?.isLast(change));
    if (own.length === 0) continue;
    await kind.last?.write(own, context.tenant[kind.type], context);
    isWritten = true;
  }
  return isWritten;
}

/** Deletes what `--allow-delete` named, after everything else went right: a deletion cannot be taken back. */
async function deleteNamed(changes: readonly Change[], context: WriteContext): Promise<void> {
  for (const change of changes) {
    if (change.operation !== "delete") continue;
    await KINDS.find(({ type }) => type === change.type)?.delete?.(context.management, change.id);
    context.report(change);
  }
}
