import { CommandError } from "../../../command.ts";
import { isMapping } from "../../../tenant/shape.ts";
import { listChangedPaths } from "../../compare/compare-fields.ts";
import { pickWritten } from "../../compare/patch.ts";
import type { Change, Update } from "../../plan/change.ts";
import { sideBySide } from "../../side-by-side.ts";
import type { WriteContext } from "../../write/context.ts";
import { isLostAnswer } from "../../write/lost-answer.ts";
import type { Fields, LiveRecord } from "../live-record.ts";
import type { RecordSpec } from "./record-kind.ts";
import { restoreRecord } from "./restore-record.ts";

/**
 * One PATCH with what differs, then what is added to the record. The Deploy CLI would write every field of every record
 * again, and take a role's permissions away first.
 *
 * @throws {CommandError} PLAN_STALE
 */
export async function updateRecords(
  spec: RecordSpec,
  changes: readonly Change[],
  present: readonly LiveRecord[],
  context: WriteContext,
): Promise<void> {
  await sideBySide(changes, async (change) => {
    if (change.operation !== "update") return;
    const record = present.find(({ id }) => id === change.id);
    if (record === undefined) throw new Error(`${change.type} ${change.name} is to be updated, but was not read`);
    const patch = spec.limitPatch?.(change, record) ?? change.patch;
    const added = change.members?.add ?? [];
    // All that is left of it takes something away, and comes later.
    if (Object.keys(patch).length + added.length === 0) return;
    await writePatch(spec, { ...change, patch }, record, context);
    await spec.members?.add(change, added, context);
    context.report(change);
  });
}

export async function removeMembers(
  spec: RecordSpec,
  changes: readonly Change[],
  context: WriteContext,
): Promise<void> {
  await sideBySide(changes, async (change) => {
    if (change.operation !== "update" || change.members === undefined) return;
    await spec.members?.remove(change, change.members.remove, context);
    context.report(change);
  });
}

async function writePatch(spec: RecordSpec, change: Update, record: LiveRecord, context: WriteContext): Promise<void> {
  const { type, name, id, patch } = change;
  if (Object.keys(patch).length === 0) return;
  await checkUnchanged(spec, change, patch, record.fields, context);
  let answered = patch;
  context.undo.record(`${type} ${name}`, () =>
    restoreRecord(spec, id, { written: patch, answered, former: record.fields }, context),
  );
  const secrets = change.fields.filter(({ isWriteOnly }) => isWriteOnly);
  const noteSecrets = () => {
    for (const { path } of secrets) {
      context.undo.noteIrreversible(`${path} of ${type} ${name} (nobody can see whether it has the new value)`);
    }
  };
  try {
    const answer = await spec.patch(context.management, id, patch);
    if (isMapping(answer)) answered = pickWritten(patch, answer, spec.mergedFields);
  } catch (error) {
    if (isLostAnswer(error)) noteSecrets();
    throw error;
  }
  noteSecrets();
}

/** Two deploys at once: whoever comes second to a record sees it here, and has not written over it. */
async function checkUnchanged(
  spec: RecordSpec,
  { type, id, name }: Update,
  patch: Fields,
  former: Fields,
  { management }: WriteContext,
): Promise<void> {
  const present = (await spec.get(management, id)) as Fields;
  const moved = listChangedPaths(
    pickWritten(patch, present, spec.mergedFields),
    pickWritten(patch, former, spec.mergedFields),
  );
  if (moved.length === 0) return;
  throw new CommandError(
    "PLAN_STALE",
    `Somebody changed ${type} ${name} (${moved.join(", ")}) since it was planned. Plan again when that is done.`,
  );
}
