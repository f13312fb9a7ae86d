import { CommandError } from "../../command.ts";
import type { LogLine } from "../cli/log-lines.ts";
import { runDeployCli } from "../cli/run-deploy-cli.ts";
import type { TenantConnection } from "../connect.ts";
import type { Kind } from "../kinds/kind.ts";
import type { LiveTenant } from "../kinds/live-tenant.ts";
import { KINDS } from "../kinds/table.ts";
import { listCreated, listDifferences } from "../live/list-differences.ts";
import { readLiveTenant } from "../live/read-live-tenant.ts";
import type { Change, Plan } from "../plan/change.ts";
import type { Desired } from "../plan/desired.ts";
import { fingerprint, planTenant } from "../plan/plan-tenant.ts";
import { report, type WriteContext } from "../write/context.ts";
import { createUndoLog } from "../write/undo.ts";
import { selectHandOver } from "./hand-over.ts";
import { watchForInterruption } from "./interruption.ts";

export interface ApplyOptions {
  readonly plan: Plan;
  readonly desired: Desired;
  readonly connection: TenantConnection;
  /** The project's folder. */
  readonly directory: string;
  readonly redact: (text: string) => string;
  readonly onProgress: (line: LogLine) => void;
}

export interface Applied {
  /** Read back, and found to be what tenant.yaml says. */
  readonly live: LiveTenant;
  /** Of the Deploy CLI's process, in bytes; 0 when it was not needed. */
  readonly peakMemory: number;
}

/** How often a creation is tried: after a lost answer the tenant is read and only what is missing is handed over. */
const CREATION_ROUNDS = 3;

/**
 * Carries a plan out: first what nobody uses yet, then what can be taken back, in the end what takes something away. If
 * anything fails, everything that logins see goes back to what it was.
 *
 * @throws CommandError PLAN_STALE with nothing sent; DEPLOY_WENT_BACK, or DEPLOY_INTERRUPTED after a signal, when the
 * former state is live again; DEPLOY_STUCK when part of it could not be taken back, naming it.
 */
export async function applyPlan(options: ApplyOptions): Promise<Applied> {
  const { plan, desired, connection, onProgress } = options;
  const { management, domain } = connection;
  const interruption = watchForInterruption();
  const undo = createUndoLog(interruption.check);
  const contextAt = (tenant: LiveTenant): WriteContext => ({ management, desired, tenant, undo, onProgress });
  const read = () => readLiveTenant(management, domain, desired.document);

  const before = await read();
  if (fingerprint(before) !== plan.fingerprint) {
    throw new CommandError("PLAN_STALE", `${domain} changed since it was planned; nothing was sent. Plan again.`);
  }
  try {
    const { live, peakMemory } = await create(options, before, contextAt);
    const { changes } = live === before ? plan : planTenant(desired, live);
    await update(changes, contextAt(live));
    const verified = await verify(desired, read);
    const isDone = await writeLast(planTenant(desired, verified).changes, contextAt(verified));
    await deleteNamed(plan.changes, contextAt(verified));
    return { live: isDone ? verified : await read(), peakMemory };
  } catch (error) {
    throw await goBack(error, before, contextAt(before), read);
  } finally {
    interruption.stopWatching();
  }
}

/** Makes what does not exist yet. Resolves to the tenant as it is then: with it the rest is planned. */
async function create(
  { plan, desired, connection, directory, redact, onProgress }: ApplyOptions,
  before: LiveTenant,
  contextAt: (tenant: LiveTenant) => WriteContext,
): Promise<Applied> {
  const { domain, accessToken, caFile, management, patience } = connection;
  const handed = { directory, domain, accessToken, caFile, patience, redact, onProgress };
  let changes: readonly Change[] = plan.changes;
  let live = before;
  let peakMemory = 0;
  for (let round = 1; changes.some(({ operation }) => operation === "create"); round += 1) {
    for (const kind of KINDS) await kind.create?.(selectOf(kind, changes), live[kind.type], contextAt(live));
    const document = selectHandOver(changes, desired);
    try {
      if (document !== undefined) {
        const result = await runDeployCli({ document, ...handed });
        peakMemory = Math.max(peakMemory, result.peakMemory);
      }
    } catch (error) {
      if (round === CREATION_ROUNDS || !isWorthAnotherRound(error)) throw error;
      onProgress({ level: "warn", text: "An answer was lost; looking at what was created." });
    }
    live = await readLiveTenant(management, domain, desired.document);
    changes = planTenant(desired, live).changes;
    if (round === CREATION_ROUNDS && changes.some(({ operation }) => operation === "create")) {
      throw new CommandError(
        "DEPLOY_NOT_VERIFIED",
        "The Deploy CLI was content, but not everything exists that it was to create.",
      );
    }
  }
  return { live, peakMemory };
}

/** What another try can not change: a refusal, a missing scope, an interruption by the user. */
function isWorthAnotherRound(error: unknown): boolean {
  const final = ["DEPLOY_SCOPE_MISSING", "DEPLOY_REFUSED", "DEPLOY_INTERRUPTED", "DEPLOY_BUILD_PENDING"];
  return !(error instanceof CommandError) || !final.includes(error.code);
}

/** First what can be taken back, then what takes something away from users, after all that may fail. */
async function update(changes: readonly Change[], context: WriteContext): Promise<void> {
  for (const kind of KINDS) await kind.update(selectOf(kind, changes), context.tenant[kind.type], context);
  for (const kind of KINDS) await kind.remove?.(selectOf(kind, changes), context);
}

/** A deploy is right when a plan made from what is live now has nothing in it but what is dropped last. */
async function verify(desired: Desired, read: () => Promise<LiveTenant>): Promise<LiveTenant> {
  const live = await read();
  const { changes } = planTenant(desired, live);
  const open = KINDS.flatMap((kind) => selectOf(kind, changes).filter((change) => kind.last?.isLast(change) !== true));
  if (open.length === 0) return live;
  const rows = open.map(({ operation, type, name }) => `  ${type} ${name} (still to ${operation})`);
  throw new CommandError("DEPLOY_NOT_VERIFIED", `What is live is not what was deployed:\n${rows.join("\n")}`);
}

/** Whether there was nothing to write. */
async function writeLast(changes: readonly Change[], context: WriteContext): Promise<boolean> {
  for (const kind of KINDS) await kind.last?.write(selectOf(kind, changes), context.tenant[kind.type], context);
  return changes.length === 0;
}

/** Deletes what `--allow-delete` named, after everything else went right: a deletion cannot be taken back. */
async function deleteNamed(changes: readonly Change[], context: WriteContext): Promise<void> {
  for (const change of changes) {
    if (change.operation !== "delete") continue;
    await KINDS.find(({ type }) => type === change.type)?.delete?.(context.management, change.id);
    report(context, `deleted ${change.type} ${change.name}`);
  }
}

function selectOf(kind: Kind, changes: readonly Change[]): readonly Change[] {
  return changes.filter(({ type }) => type === kind.type);
}

async function goBack(
  error: unknown,
  before: LiveTenant,
  { undo, onProgress }: WriteContext,
  read: () => Promise<LiveTenant>,
): Promise<CommandError> {
  const reason = error instanceof Error ? error.message : String(error);
  onProgress({ level: "error", text: reason });
  onProgress({ level: "warn", text: "Going back to what was live before." });
  const failed = await undo.undoAll();
  // What is live decides, not the answers: a step may have failed with nothing to take back, or seemed to work.
  const after = await read().catch(() => undefined);
  const left = after === undefined ? failed : listDifferences(before, after);
  if (left.length > 0) {
    return new CommandError(
      "DEPLOY_STUCK",
      `The deploy failed, and this is not as it was before:\n${left.map((what) => `  ${what}`).join("\n")}\nThe reason was: ${reason}\nRun \`npm run status\`, then deploy again.`,
      { cause: error },
    );
  }
  const created = after === undefined ? [] : listCreated(before, after);
  const rest = created.length === 0 ? "" : `\nNew, and used by nobody yet: ${created.join(", ")}.`;
  const message = `The deploy failed, and what was live before is live again.${rest}\nThe reason was: ${reason}`;
  return error instanceof CommandError && error.code === "DEPLOY_INTERRUPTED"
    ? new CommandError(error.code, message, { cause: error, exitCode: error.exitCode })
    : new CommandError("DEPLOY_WENT_BACK", message, { cause: error });
}
