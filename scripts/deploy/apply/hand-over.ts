import { runDeployCli } from "../cli/run-deploy-cli.ts";
import { mergeEntry, withDigests, withSecretsOf } from "../kinds/handed-over/entries.ts";
import { findSpec, type HandedOverSpec } from "../kinds/handed-over/specs.ts";
import type { Kind } from "../kinds/kind.ts";
import type { Fields } from "../kinds/live-record.ts";
import type { LiveTenant } from "../kinds/live-tenant.ts";
import { KINDS } from "../kinds/table.ts";
import type { Change } from "../plan/change.ts";
import type { Desired } from "../plan/desired.ts";
import { report, type WriteContext } from "../write/context.ts";
import type { ApplyOptions } from "./apply-plan.ts";
import { selectOf } from "./select-of.ts";

type Sections = Readonly<Record<string, unknown>>;

/**
 * The part of tenant.yaml that does not exist in the tenant yet and that the Deploy CLI is to create: of the kinds that do
 * not do so themselves. Undefined when there is none.
 */
export function selectHandOver(changes: readonly Change[], desired: Desired, tenant: LiveTenant): Sections | undefined {
  const created = changes.filter(({ operation }) => operation === "create");
  return toSections(
    KINDS.filter((kind) => kind.create === undefined),
    (kind) => selectWanted(kind, created, { desired, tenant }),
  );
}

/** Has the Deploy CLI write what differs of the kinds that it writes for us. Taken back, it writes what was there before. */
export async function handOverUpdates(
  changes: readonly Change[],
  context: WriteContext,
  { connection, onProgress }: ApplyOptions,
): Promise<void> {
  const updates = changes.filter(({ operation }) => operation === "update");
  const kinds = KINDS.filter(({ isHandedOver }) => isHandedOver);
  const wanted = toSections(kinds, (kind) => selectMerged(kind, updates, context));
  if (wanted === undefined) return;
  const former = toSections(kinds, (kind) => selectFormer(kind, updates, context));
  const { domain, accessToken, caFile, retryPolicy } = connection;
  const write = (document: Sections) =>
    runDeployCli({ document, domain, accessToken, caFile, retryPolicy, onProgress });
  context.undo.record(`what the Deploy CLI wrote of ${Object.keys(wanted).join(", ")}`, async () => {
    if (former !== undefined) await write(former);
  });
  const handed = kinds.flatMap((kind) => selectOf(kind, updates));
  try {
    await write(wanted);
  } finally {
    // Of a failure nobody can tell how far the Deploy CLI came, nor what a secret was before.
    noteSecrets(handed, context);
  }
  for (const { type, name } of handed) report(context, `updated ${type} ${name}`);
}

function noteSecrets(changes: readonly Change[], { undo }: WriteContext): void {
  for (const { type, name, fields } of changes) {
    const secrets = fields.filter(({ isWriteOnly }) => isWriteOnly).map(({ path }) => path);
    if (secrets.length > 0) undo.noteIrreversible(`${type} ${name}: ${secrets.join(", ")} (as tenant.yaml has it now)`);
  }
}

function selectWanted(
  kind: Kind,
  changes: readonly Change[],
  { desired, tenant }: Pick<WriteContext, "desired" | "tenant">,
): readonly unknown[] {
  const names = new Set(selectOf(kind, changes).map(({ name }) => name));
  const spec = findSpec(kind.type);
  return kind
    .listWanted(desired, tenant)
    .filter(({ name }) => names.has(name))
    .map((wanted) => (spec === undefined ? wanted.entry : withDigests(spec, wanted, {}, desired)));
}

interface Sides {
  readonly spec: HandedOverSpec;
  readonly name: string;
  /** Of tenant.yaml. */
  readonly wanted: Fields;
  /** Of the tenant, when the change was planned. */
  readonly former: Fields;
}

function selectMerged(kind: Kind, changes: readonly Change[], context: WriteContext): readonly unknown[] {
  return listSides(kind, changes, context).map(({ spec, name, wanted, former }) =>
    withDigests(spec, { name, entry: mergeEntry(spec, wanted, former) }, former, context.desired),
  );
}

/** An export has a placeholder where a secret is; the one in tenant.yaml is the only one that is known. */
function selectFormer(kind: Kind, changes: readonly Change[], context: WriteContext): readonly unknown[] {
  return listSides(kind, changes, context).map(({ spec, wanted, former }) => withSecretsOf(spec, former, wanted));
}

function listSides(kind: Kind, changes: readonly Change[], { desired, tenant }: WriteContext): readonly Sides[] {
  const spec = findSpec(kind.type);
  if (spec === undefined) return [];
  const entries = new Map(kind.listWanted(desired, tenant).map(({ name, entry }) => [name, entry] as const));
  const names = new Set(selectOf(kind, changes).map(({ name }) => name));
  return tenant[kind.type].flatMap((item) => {
    const wanted = entries.get(item.name);
    return wanted !== undefined && names.has(item.name) && "fields" in item
      ? [{ spec, name: item.name, wanted, former: item.fields }]
      : [];
  });
}

function toSections(kinds: readonly Kind[], select: (kind: Kind) => readonly unknown[]): Sections | undefined {
  const sections = kinds.flatMap((kind) => {
    const entries = select(kind);
    if (entries.length === 0) return [];
    return [[kind.section, kind.isOneObject ? entries[0] : entries] as const];
  });
  return sections.length === 0 ? undefined : Object.fromEntries(sections);
}
