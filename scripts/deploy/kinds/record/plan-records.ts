import { withoutPaths } from "../../../tenant/find-paths.ts";
import { compareFields, type FieldChange } from "../../compare/compare-fields.ts";
import { buildPatch, omit } from "../../compare/patch.ts";
import { compareSecrets, splitSecrets } from "../../compare/secrets.ts";
import type { Change, Update } from "../../plan/change.ts";
import { checkFixed } from "../check-fixed.ts";
import type { PlanSides, Wanted } from "../kind.ts";
import type { Fields, LiveRecord } from "../live-record.ts";
import type { LiveTenant } from "../live-tenant.ts";
import { tryEach } from "../refuse-entry.ts";
import { compareDigests, digestMetadata, metadataOf, withoutDigests } from "../secret-digests.ts";
import type { Members, PushedOut, RecordSpec } from "./record-kind.ts";

interface Sides extends PlanSides {
  readonly present: readonly LiveRecord[];
}

/** A creation without a live record, else an update with what differs, else nothing. */
export function planRecords(spec: RecordSpec, wanted: readonly Wanted[], sides: Sides): readonly Change[] {
  return tryEach(wanted, (one): readonly Change[] => {
    const found = sides.present.filter((candidate) => candidate.name === one.name);
    spec.check?.(one, found, sides);
    const [record] = found;
    if (record === undefined) return [planNew(spec, one.name, one.entry, sides)];
    const changes = planUpdate(spec, one.entry, record, sides);
    checkFixed(spec, one, changes, sides.desired);
    return changes;
  }).flat();
}

function planNew(spec: RecordSpec, name: string, entry: Fields, { tenant }: Sides): Change {
  const { type, members } = spec;
  const { readable, secrets } = splitSecrets(listFields(spec, entry), spec.secrets ?? []);
  const fields = [
    ...Object.entries(readable).map(([path, after]) => ({ path, before: undefined, after })),
    ...[...secrets.keys()].map((path) => ({ path, before: undefined, after: "a value" })),
  ];
  const added = members?.findWanted(entry, tenant)?.map((member) => describe(members, member, tenant, "after")) ?? [];
  return { operation: "create", type, name, fields: [...fields, ...added] };
}

function planUpdate(spec: RecordSpec, entry: Fields, record: LiveRecord, sides: Sides): readonly Change[] {
  const { type, members, secrets = [] } = spec;
  const wanted = listFields(spec, entry);
  const returned = secrets.filter((path) => spec.digests?.covers.includes(path) !== true);
  const [ours, theirs] = [wanted, record.fields].map((side) => splitSecrets(side, secrets).readable);
  const digested = compareDigested(spec, wanted, record, sides);
  const pushedOut = spec.listPushedOut?.(wanted, record.fields) ?? [];
  const compared = compareFields(ours ?? {}, theirs ?? {});
  const fields = [
    ...compared,
    ...pushedOut.filter(({ by }) => compared.some(({ path }) => by.some((name) => isOf(name, path)))).map(toField),
    ...compareSecrets(splitSecrets(wanted, returned), splitSecrets(record.fields, returned)),
    ...digested,
  ];
  const { add, remove, described } = members === undefined ? NO_MEMBERS : planMembers(members, entry, record, sides);
  if (fields.length + described.length === 0) return [];
  return [
    {
      operation: "update",
      type,
      name: record.name,
      id: record.id,
      fields: [...fields, ...described],
      patch: {
        ...withoutPaths(
          buildPatch(fields, wanted, record.fields, spec.mergedFields),
          pushedOut.map(({ path }) => path),
        ),
        ...(digested.length > 0 && patchDigests(spec, wanted, record, sides)),
      },
      ...(described.length !== 0 && { members: { add, remove } }),
    },
  ];
}

const isOf = (name: string, path: string): boolean => path === name || path.startsWith(`${name}.`);

const toField = ({ path, before }: PushedOut): FieldChange => ({ path, before, after: undefined });

/** An id, if the entry has one, is the record's: checkIds has seen to that. */
function listFields({ fieldsOf, idField = "id", digests }: RecordSpec, entry: Fields): Fields {
  const fields = omit(fieldsOf(entry), idField);
  return digests === undefined ? fields : withoutDigests(digests, fields);
}

function compareDigested(
  { type, digests: place }: RecordSpec,
  entry: Fields,
  { name, fields }: LiveRecord,
  { desired }: Sides,
): readonly FieldChange[] {
  return place === undefined ? [] : compareDigests({ place, label: `${type}:${name}`, entry, desired }, fields);
}

/** Of metadata that Auth0 merges only what differs goes out. */
function patchDigests(
  { type, digests: place, mergedFields = [] }: RecordSpec,
  entry: Fields,
  { name, fields }: LiveRecord,
  { desired }: Sides,
): Fields {
  if (place === undefined) return {};
  const metadata = { ...metadataOf(place, fields), ...metadataOf(place, entry) };
  const digested = digestMetadata({ place, label: `${type}:${name}`, entry, desired }, metadata);
  if (digested === undefined) return {};
  const live = mergedFields.includes(place.field) ? metadataOf(place, fields) : {};
  return { [place.field]: Object.fromEntries(Object.entries(digested).filter(([key, value]) => live[key] !== value)) };
}

const NO_MEMBERS = { add: [], remove: [], described: [] };

function planMembers(
  members: Members<LiveRecord, unknown>,
  entry: Fields,
  record: LiveRecord,
  { desired, tenant }: Sides,
): Required<Update>["members"] & { readonly described: readonly FieldChange[] } {
  const wanted = members.findWanted(entry, tenant);
  if (wanted === undefined) return NO_MEMBERS;
  const present = members.listPresent(record);
  const textsOf = (list: readonly unknown[]) => new Set(list.map((member) => members.render(member, tenant)));
  const [wantedTexts, presentTexts] = [textsOf(wanted), textsOf(present)];
  const add = wanted.filter((member) => !presentTexts.has(members.render(member, tenant)));
  const remove = present.filter(
    (member) =>
      !wantedTexts.has(members.render(member, tenant)) &&
      (wanted.length === 0 || (members.isOurs?.(member, desired, tenant) ?? true)),
  );
  const described = [
    ...add.map((member) => describe(members, member, tenant, "after")),
    ...remove.map((member) => describe(members, member, tenant, "before")),
  ];
  return { add, remove, described };
}

function describe(
  members: Members<LiveRecord, unknown>,
  member: unknown,
  tenant: LiveTenant,
  side: "before" | "after",
): FieldChange {
  return { path: members.path, before: undefined, after: undefined, [side]: members.render(member, tenant) };
}
