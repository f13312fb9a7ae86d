import { valueAt } from "../../tenant/paths.ts";
import type { WrittenRequest } from "../cli/messages.ts";
import { type DeployCliResult, runDeployCli } from "../cli/run-deploy-cli.ts";
import { findPathsOf } from "../kinds/handed-over/entries.ts";
import { findSpec } from "../kinds/handed-over/specs.ts";
import { KINDS } from "../kinds/table.ts";
import type { Change } from "../plan/change.ts";
import type { WriteContext } from "../write/context.ts";
import type { ApplyOptions } from "./apply-plan.ts";
import { isCreated } from "./is-created.ts";
import { selectOf } from "./select-of.ts";
import { type Sections, selectUpdated } from "./select-sections.ts";
import { takeBack } from "./take-back.ts";

/** Has the Deploy CLI write what differs of the kinds that it writes for us. */
export async function handOverUpdates(
  changes: readonly Change[],
  context: WriteContext,
  options: ApplyOptions,
): Promise<void> {
  const document = selectUpdated(changes, context);
  if (document === undefined) return;
  const updates = changes.filter(({ operation }) => operation === "update");
  const handed = KINDS.filter(({ isHandedOver }) => isHandedOver).flatMap((kind) => selectOf(kind, updates));
  await handOver({ document, changes: handed }, context, options);
}

/** Runs the Deploy CLI. Each request by which it changes something is taken back if this deploy fails, or a later part of it. */
export async function handOver(
  { document, changes }: { readonly document: Sections; readonly changes: readonly Change[] },
  context: WriteContext,
  { connection, onProgress }: Pick<ApplyOptions, "connection" | "onProgress">,
): Promise<DeployCliResult> {
  const { undo, management } = context;
  const requests = new Map<number, WrittenRequest>();
  undo.record(`what the Deploy CLI wrote of ${Object.keys(document).join(", ")}`, async () => {
    const { left, changedSince } = await takeBack([...requests.values()], management);
    for (const what of left) undo.noteIrreversible(what);
    for (const what of changedSince) undo.noteChangedSince(what);
  });
  const { domain, accessToken, caFile, retryPolicy } = connection;
  try {
    const result = await runDeployCli({
      document,
      domain,
      accessToken,
      caFile,
      retryPolicy,
      onProgress(line) {
        const created = changes.find((change) => isCreated(change, line.text));
        if (created !== undefined) context.report(created);
        onProgress(line);
      },
      onRequest: (request) => requests.set(request.number, request),
    });
    for (const change of changes) context.report(change);
    return result;
  } finally {
    noteSecrets(changes, [...requests.values()], context);
  }
}

/** Nobody can tell what a secret was before. */
function noteSecrets(
  changes: readonly Change[],
  requests: readonly WrittenRequest[],
  { desired, tenant, undo }: WriteContext,
): void {
  const sent = requests.map(({ body }) => JSON.stringify(body) ?? "");
  for (const change of changes.filter(({ operation }) => operation === "update")) {
    const spec = findSpec(change.type);
    const kind = KINDS.find(({ type }) => type === change.type);
    const entry = kind?.listWanted(desired, tenant).find(({ name }) => name === change.name)?.entry;
    if (spec === undefined || entry === undefined) continue;
    const written = new Set(change.fields.filter(({ isWriteOnly }) => isWriteOnly).map(({ path }) => path));
    const known = findPathsOf(spec, entry)
      .filter(({ name }) => written.has(name))
      .filter(({ path }) => sent.some((body) => body.includes(JSON.stringify(valueAt(entry, path)))));
    if (known.length === 0) continue;
    const names = known.map(({ name }) => name).join(", ");
    undo.noteIrreversible(`${change.type} ${change.name}: ${names} (as tenant.yaml has it now)`);
  }
}
