import { findPaths } from "../../../tenant/find-paths.ts";
import { valueAt } from "../../../tenant/paths.ts";
import { compareFields, type FieldChange } from "../../compare/compare-fields.ts";
import { listTexts } from "../../compare/secrets.ts";
import type { Change } from "../../plan/change.ts";
import type { Desired } from "../../plan/desired.ts";
import { checkFixed } from "../check-fixed.ts";
import { warnOfEnabled } from "../client/warn-of-enabled.ts";
import type { Kind, Wanted } from "../kind.ts";
import { listPartsOf } from "../list-parts.ts";
import type { Fields, LiveRecord } from "../live-record.ts";
import type { LiveTenant } from "../live-tenant.ts";
import { warnOfProtections } from "../protections.ts";
import { createRecords } from "../record/create-records.ts";
import { listRecordDifferences } from "../record/list-record-differences.ts";
import { refuseEntry, tryAll, tryEach } from "../refuse-entry.ts";
import { compareDigests, hasRoom } from "../secret-digests.ts";
import { checkReferences, type TenantItems } from "./check-references.ts";
import { comparable, comparableWanted, findDigestPlace, listEntries, listWriteOnly } from "./entries.ts";
import { findMemberList, listLosses, withoutLost } from "./members.ts";
import { listReferredNames, nameReferences, readReferredNames } from "./name-references.ts";
import { removeEntry } from "./removals.ts";
import { removeMember } from "./remove-member.ts";
import type { HandedOverSpec } from "./spec.ts";
import type { HandedOverType } from "./specs.ts";
import { switchOffClients } from "./switch-off-clients.ts";

/** A kind that the Deploy CLI reads and writes: what is done here is to compare. */
export function createHandedOverKind(
  spec: HandedOverSpec & { readonly type: HandedOverType },
): Kind<HandedOverType, LiveRecord> {
  const { type, section, scopes, post } = spec;
  // The tenant's entries have names in the place of ids, too.
  const listWanted = ({ document }: Pick<Desired, "document">, tenant: LiveTenant): readonly Wanted[] =>
    listEntries(spec, document[section]).map((wanted) => ({
      ...wanted,
      entry: nameReferences(spec, wanted.entry, listReferredNames(spec, tenant)),
    }));
  return {
    ...spec,
    isHandedOver: true,
    listDeletionScopes(name) {
      const list = findMemberList(spec, name);
      return list === undefined ? scopes.delete : [list.deletion];
    },
    listParts: (wanted) => listPartsOf(wanted, spec.memberLists ?? []),
    secrets: spec.writeOnly ?? [],
    isOneObject: spec.identity === undefined,
    listWanted,
    async read(reader) {
      const entries = listEntries(spec, (await reader.readSections())[section]);
      const names = entries.length === 0 ? new Map() : await readReferredNames(spec, reader);
      return entries.map(({ name, entry }) => ({
        id: name,
        name,
        fields: nameReferences(spec, entry, names),
        ...(spec.isFixed && { isSystem: true }),
      }));
    },
    plan(desired, present, tenant) {
      const wanted = listWanted(desired, tenant);
      return tryEach(wanted, (entry) => {
        checkReferences(spec, entry, desired, tenant as TenantItems);
        return planEntry(spec, entry, present, desired);
      }).flat();
    },
    listSecrets: (document) =>
      listEntries(spec, document[section]).flatMap(({ entry }) =>
        (spec.writeOnly ?? []).flatMap((pattern) => findPaths(entry, pattern).map((path) => valueAt(entry, path))),
      ),
    listWriteOnly: (desired, present, tenant) =>
      listWanted(desired, tenant).flatMap(({ name, entry }) => {
        const paths = listWriteOnly(spec, entry);
        const place = findDigestPlace(spec);
        const live = present.find((item) => item.name === name)?.fields ?? {};
        const isCompared = place !== undefined && hasRoom(place, entry, live);
        return paths.length === 0 ? [] : [{ name: `${type}:${name}`, paths, isCompared }];
      }),
    listDifferences: (before, after) =>
      listRecordDifferences(
        { type },
        { ...before, fields: comparable(spec, before.fields) },
        { ...after, fields: comparable(spec, after.fields) },
      ),
    ...(post !== undefined && {
      create: (changes, _present, context) =>
        createRecords({ type, post }, listWanted(context.desired, context.tenant), changes, context),
    }),
    warn: (changes, _desired, tenant) => [
      ...warnOfProtections(spec.protections ?? [], changes),
      ...changes.flatMap((change) => warnOfEnabled(change, listEnabled(change), tenant)),
    ],
    listLosses: (desired, present, tenant) =>
      listWanted(desired, tenant).flatMap((wanted) => {
        const live = present.find(({ name }) => name === wanted.name);
        return live === undefined ? [] : listLosses(spec, wanted, live.fields);
      }),
    ...(spec.removal !== undefined && {
      delete: (management, name) =>
        findMemberList(spec, name) === undefined ? removeEntry(type, management, name) : removeMember(management, name),
    }),
    // The Deploy CLI writes all kinds at once, in its own order (apply/hand-over.ts); what is left is what it passes over.
    update: (changes, _present, context) => switchOffClients(changes, context),
  };
}

/** Names of clients that a connection gets besides those that it has. */
function listEnabled({ operation, fields }: Change): readonly string[] {
  const field = operation === "update" ? fields.find(({ path }) => path === "enabled_clients") : undefined;
  return listTexts(field?.after).filter((name) => !listTexts(field?.before).includes(name));
}

function planEntry(
  spec: HandedOverSpec & { readonly type: HandedOverType },
  one: Wanted,
  present: readonly LiveRecord[],
  desired: Pick<Desired, "writeSecrets" | "digestSecrets" | "locate">,
): readonly Change[] {
  const { type } = spec;
  const { name, entry } = one;
  const live = present.find((candidate) => candidate.name === name);
  const wanted = comparableWanted(spec, entry);
  if (live === undefined) {
    const fields = Object.entries(wanted).map(([path, after]) => ({ path, before: undefined, after }));
    return [{ operation: "create", type, name, fields: [...fields, ...describeSecrets(spec, entry)] }];
  }
  const fields = compareFields(wanted, withoutLost(spec, comparable(spec, live.fields), wanted));
  const secrets = planSecrets(spec, { name, entry }, live, { desired, isWritten: fields.length > 0 });
  if (fields.length + secrets.length === 0) return [];
  const change: Change = { operation: "update", type, name, id: live.id, fields: [...fields, ...secrets], patch: {} };
  tryAll(
    () => checkFixed(spec, one, [change], desired),
    () => checkSecretsAreThere(spec, one, live, desired),
  );
  return [change];
}

const describeSecrets = (spec: HandedOverSpec, entry: Fields): readonly FieldChange[] =>
  listWriteOnly(spec, entry).map((path) => ({ path, before: undefined, after: "a value", isWriteOnly: true }));

/** Those that differ by their digest; without one all, whenever the entry is written or they are asked for. */
function planSecrets(
  spec: HandedOverSpec,
  { name, entry }: Pick<Wanted, "name" | "entry">,
  live: LiveRecord,
  { desired, isWritten }: { readonly desired: Pick<Desired, "writeSecrets" | "digestSecrets">; isWritten: boolean },
): readonly FieldChange[] {
  const [place, label] = [findDigestPlace(spec), `${spec.type}:${name}`];
  if (place !== undefined && hasRoom(place, entry, live.fields)) {
    return compareDigests({ place, label, entry, desired }, live.fields);
  }
  return isWritten || desired.writeSecrets.includes(label) ? describeSecrets(spec, entry) : [];
}

/**
 * Of some members (a connection's options) Auth0 keeps nothing that is not sent again: a secret that tenant.yaml does not have
 * would be gone.
 *
 * @throws {CommandError} SECRETS_NEEDED
 */
function checkSecretsAreThere(
  spec: HandedOverSpec,
  { name, entry, path }: Wanted,
  live: LiveRecord,
  desired: Pick<Desired, "locate">,
): void {
  if (!spec.forgetsSecrets) return;
  const given = listWriteOnly(spec, entry);
  const sent = listWriteOnly(spec, Object.fromEntries(Object.entries(live.fields).filter(([name]) => name in entry)));
  const missing = sent.filter((secret) => !given.includes(secret));
  if (missing.length === 0) return;
  throw refuseEntry(
    desired,
    path,
    "SECRETS_NEEDED",
    `${spec.type} "${name}" differs, and would be written without ${missing.join(", ")}, which the tenant has and tenant.yaml does not. Put it there, as @@NAME@@.`,
  );
}
