import { createHash } from "node:crypto";
import { usageError } from "../../command.ts";
import type { Kind, WriteOnly } from "../kinds/kind.ts";
import type { LiveTenant } from "../kinds/live-tenant.ts";
import { tryAll, tryEach } from "../kinds/refuse-entry.ts";
import { KINDS } from "../kinds/table.ts";
import type { Change, Plan, Warning } from "./change.ts";
import { checkComplete } from "./check-complete.ts";
import { checkEntries } from "./check-entries.ts";
import type { Desired } from "./desired.ts";
import { listUnmanaged } from "./list-unmanaged.ts";
import { noteOverlay } from "./note-overlay.ts";
import { type DeletionRequest, planDeletions } from "./plan-deletions.ts";

/**
 * Everything that a deploy would change, in the order in which it is written. Pure: the same tenant and the same
 * checkout give the same plan.
 *
 * @throws {CommandError} ENTRY_TWICE, ID_UNKNOWN, CLIENT_UNKNOWN, CLIENT_NAME_AMBIGUOUS, API_UNKNOWN, SCOPE_UNKNOWN, DEPLOY_SCOPE_MISSING, REFERENCE_UNKNOWN,
 * ENTRY_FIXED, ENTRY_INCOMPLETE and others of entries, TENANT_REFUSED where they have several of these codes; SECRETS_UNKNOWN, DELETION_UNKNOWN,
 * DELETION_WANTED
 */
export function planTenant(desired: Desired, live: LiveTenant, deletions: readonly DeletionRequest[] = []): Plan {
  const planned = planKinds(desired, live);
  const writeOnly = KINDS.flatMap((kind) => kind.listWriteOnly?.(desired, live[kind.type], live) ?? []);
  checkWriteSecrets(desired, writeOnly);
  return {
    domain: live.domain,
    fingerprint: fingerprint(live),
    changes: [
      ...noteOverlay(
        planned.flatMap(({ changes }) => changes),
        desired,
        live,
      ),
      ...planDeletions(desired, live, deletions),
    ],
    warnings: [
      ...planned.flatMap(({ kind, changes }) => kind.warn?.(changes, desired, live) ?? []),
      ...(desired.outdated ?? []).map((message): Warning => ({ code: "FIELD_OUTDATED", message })),
    ],
    unmanaged: listUnmanaged(desired, live),
    uncompared: writeOnly
      .filter(({ isCompared }) => !isCompared)
      .map(({ name, paths }) => `${name} ${paths.join(", ")}`),
    ...(desired.overlay !== undefined && { overlay: desired.overlay }),
  };
}

interface PlannedKind {
  readonly kind: Kind;
  readonly changes: readonly Change[];
}

/** What is wrong with any entry of any kind is said at once. */
function planKinds(desired: Desired, live: LiveTenant): readonly PlannedKind[] {
  const planned: PlannedKind[] = [];
  tryAll(
    () => checkEntries(desired, live),
    () =>
      planned.push(
        ...tryEach(KINDS, (kind) => {
          const changes = kind.plan(desired, live[kind.type], live);
          checkComplete(kind, changes, desired, live);
          return { kind, changes };
        }),
      ),
  );
  return planned;
}

/** A misspelt name would leave a rotated secret as it was, and nobody would know. */
function checkWriteSecrets({ writeSecrets }: Desired, writeOnly: readonly WriteOnly[]): void {
  const unknown = writeSecrets.filter((name) => !writeOnly.some((entry) => entry.name === name));
  if (unknown.length === 0) return;
  const known = writeOnly.map(({ name }) => `--write-secrets=${name}`).join(", ") || "nothing";
  throw usageError(
    "SECRETS_UNKNOWN",
    `--write-secrets=${unknown.join(", ")} names no entry of tenant.yaml that has secrets of this sort. There is: ${known}.`,
  );
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
