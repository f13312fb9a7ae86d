import type { ManagementClient } from "auth0";
import type { TenantDocument } from "../../../tenant/document.ts";
import type { SectionFacts } from "../../../tenant/schema/section-facts.ts";
import { isMapping } from "../../../tenant/shape.ts";
import type { MergedFields } from "../../compare/patch.ts";
import { type SecretPaths, splitSecrets } from "../../compare/secrets.ts";
import type { Change, Update, Warning } from "../../plan/change.ts";
import type { Desired } from "../../plan/desired.ts";
import { sideBySide } from "../../side-by-side.ts";
import type { WriteContext } from "../../write/context.ts";
import type { FixedMembers } from "../check-fixed.ts";
import { collect } from "../collect.ts";
import type { Kind, PlanSides, TenantReader, Wanted, WriteOnly } from "../kind.ts";
import type { Fields, LiveItem, LiveRecord } from "../live-record.ts";
import type { LiveTenant } from "../live-tenant.ts";
import { type Protection, warnOfProtections } from "../protections.ts";
import { type DigestPlace, hasRoom, listDigested } from "../secret-digests.ts";
import type { ResourceType } from "../table.ts";
import { createRecords } from "./create-records.ts";
import { listRecordDifferences } from "./list-record-differences.ts";
import { planRecords } from "./plan-records.ts";
import { warnOfLifetimes } from "./warn-of-lifetimes.ts";
import { removeMembers, updateRecords } from "./write-records.ts";

/** A kind that is listed, and written with one PATCH a record. */
export interface RecordSpec<
  Type extends string = ResourceType,
  Live extends LiveRecord = LiveRecord,
  Row = object,
  Member = unknown,
> extends Pick<
    Kind<Type, Live>,
    | "type"
    | keyof SectionFacts
    | "scopes"
    | "idField"
    | "listParts"
    | "listMoreScopes"
    | "noteUnmanaged"
    | "last"
    | "delete"
  > {
  /** What an entry of tenant.yaml is called; its `name` if nothing else is said. */
  nameOf?(entry: Fields, tenant: LiveTenant): string;
  /** An entry as it can be sent: with ids in the place of names, where Auth0 takes ids alone. */
  resolve?(entry: Fields, tenant: LiveTenant): Fields;
  /** What of an entry is compared and written: all but what names it and what is written apart. */
  fieldsOf(entry: Fields): Fields;
  readonly mergedFields?: MergedFields;
  /** What of the record has to go because the entry says the same in another way, which Auth0 does not take beside it. */
  listPushedOut?(wanted: Fields, live: Fields): readonly PushedOut[];
  readonly fixed?: FixedMembers;
  readonly protections?: readonly Protection[];
  /** Never shown. Most of them Auth0 takes and never returns, or returns encrypted. */
  readonly secrets?: SecretPaths;
  /** Of the secrets that Auth0 never returns in clear. The others are compared as they are. */
  readonly digests?: DigestPlace;
  /** Of those, what a POST does not take: it is written once the record is there. */
  readonly unsent?: SecretPaths;
  list(management: ManagementClient): Promise<AsyncIterable<Row> | Iterable<Row>>;
  toLive(row: Row, reader: TenantReader): Live | Promise<Live>;
  get(management: ManagementClient, id: string): Promise<object>;
  /** Without it the Deploy CLI creates records. */
  post?(management: ManagementClient, body: Fields): Promise<unknown>;
  /** What is sent for an entry of tenant.yaml; the entry as it is if nothing else is said. */
  toBody?(entry: Fields, context: WriteContext): Promise<Fields>;
  patch(management: ManagementClient, id: string, fields: Fields): Promise<unknown>;
  /** The part of a change's PATCH that takes nothing away for good; the rest is left for `last`. */
  limitPatch?(change: Update, record: Live): Fields;
  /** Refuses what cannot be brought about: what it refers to must be there, and what is there must be clear. Throws CommandError. */
  check?(wanted: Wanted, records: readonly Live[], sides: PlanSides): void;
  warn?(change: Update, planned: Planned): readonly Warning[];
  readonly members?: Members<Live, Member>;
}

export interface PushedOut {
  readonly path: string;
  readonly before: unknown;
  /** Fields of the entry that take its place. */
  readonly by: readonly string[];
}

/** The changes of one kind, and what they were planned from. */
export interface Planned extends PlanSides {
  readonly changes: readonly Change[];
}

/** A list that Auth0 keeps beside the record, and that is written one by one: additions first, so that what is to stay is never missing. */
export interface Members<Live extends LiveItem, Member> {
  /** The member of tenant.yaml's entry. */
  readonly path: string;
  /** In a list of differences: `permissions` of a role. */
  readonly label: string;
  /** Undefined when the entry does not have the list: it is not managed then. */
  findWanted(entry: Fields, tenant: LiveTenant): readonly Member[] | undefined;
  listPresent(record: Live): readonly Member[];
  /** By this text members are told apart and shown. */
  render(member: Member, tenant: LiveTenant): string;
  /** Whether one that is not in the list is to go, as all do when the list is empty; somebody else's stays. */
  isOurs?(member: Member, desired: Desired, tenant: LiveTenant): boolean;
  add(change: Update, members: readonly Member[], context: WriteContext): Promise<void>;
  remove(change: Update, members: readonly Member[], context: WriteContext): Promise<void>;
}

export function createRecordKind<Type extends ResourceType, Live extends LiveRecord, Row, Member>(
  typed: RecordSpec<Type, Live, Row, Member>,
): Kind<Type, Live> {
  const spec = typed as RecordSpec;
  const { post } = spec;
  return {
    ...typed,
    ...(post !== undefined && {
      create: (changes, _present, context) =>
        createRecords({ ...spec, post }, listWanted(spec, context.desired, context.tenant), changes, context),
    }),
    listWanted: (desired, tenant) => listWanted(spec, desired, tenant),
    read: async (reader) =>
      sideBySide(await collect(typed.list(reader.management)), async (row) => typed.toLive(row, reader)),
    plan: (desired, present, tenant) =>
      planRecords(spec, listWanted(spec, desired, tenant), { desired, present, tenant }),
    warn: (changes, desired, tenant) => [
      ...changes
        .filter((change) => change.operation === "update")
        .flatMap((change) => [
          ...(typed.warn?.(change, { changes, desired, tenant }) ?? []),
          ...warnOfLifetimes(change),
        ]),
      ...warnOfProtections(typed.protections ?? [], changes),
    ],
    listWriteOnly: (desired, present, tenant) => listWriteOnly(spec, listWanted(spec, desired, tenant), present),
    listSecrets: (document) =>
      listEntries(spec.section, document).flatMap(({ entry }) => [
        ...splitSecrets(entry, spec.secrets ?? []).secrets.values(),
      ]),
    listDifferences: (before, after) => listRecordDifferences(spec, before, after),
    update: (changes, present, context) => updateRecords(spec, changes, present, context),
    remove: (changes, context) => removeMembers(spec, changes, context),
  };
}

function listWriteOnly(
  { type, digests }: RecordSpec,
  wanted: readonly Wanted[],
  present: readonly LiveRecord[],
): readonly WriteOnly[] {
  if (digests === undefined) return [];
  return wanted.flatMap(({ name, entry }) => {
    const paths = listDigested(digests, entry);
    const live = present.find((record) => record.name === name)?.fields ?? {};
    return paths.length === 0 ? [] : [{ name: `${type}:${name}`, paths, isCompared: hasRoom(digests, entry, live) }];
  });
}

function listWanted(
  { section, nameOf, resolve }: RecordSpec,
  { document }: Desired,
  tenant: LiveTenant,
): readonly Wanted[] {
  return listEntries(section, document).map(({ entry, path }) => ({
    name: nameOf?.(entry, tenant) ?? String(entry.name),
    entry: resolve?.(entry, tenant) ?? entry,
    path,
  }));
}

/** Of a section that is a list, or one object. */
function listEntries(section: string, document: TenantDocument): readonly Omit<Wanted, "name">[] {
  const value: unknown = document[section] ?? [];
  const entries = Array.isArray(value)
    ? value.map((entry: unknown, index) => [[section, index], entry] as const)
    : [[[section], value] as const];
  return entries.flatMap(([path, entry]) => (isMapping(entry) ? [{ entry, path }] : []));
}
