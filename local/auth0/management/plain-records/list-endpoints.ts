import type { Collection } from "../../../state/journal.ts";
import { randomAlphanumeric } from "../../ids.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import type { Tenant } from "../../tenant.ts";
import { isoTime } from "../../timestamps.ts";
import { type Endpoint, NO_CONTENT, ok, type Query, type Resource } from "../endpoint.ts";
import { getOr404, ManagementError } from "../error.ts";
import { mergeKeys, withoutNulls } from "../merge.ts";
import { CHECKPOINT_QUERY, FIELDS_QUERY, PAGE_QUERY, renderList, selectFields } from "../paging.ts";
import { matchesQuery } from "../search/match.ts";
import { parseSearch } from "../search/parse.ts";
import { sortRecords } from "../search/sort.ts";
import { type Fields, isFields, mergeDeep, withMasked, withoutPaths } from "./fields.ts";
import type { ListKind } from "./list-kinds.ts";

/** List, create, read, change and delete for one kind of record. */
export function createListResource(kind: ListKind): Resource {
  return (tenant) => [
    ...(kind.isListed === false ? [] : [list(kind, tenant.state)]),
    create(kind, tenant),
    readOne(kind, tenant.state),
    write(kind, tenant, "PATCH", kind.update),
    ...(kind.replace === undefined ? [] : [write(kind, tenant, "PUT", kind.replace)]),
    ...(kind.canBeDeleted === false ? [] : [remove(kind, tenant.state)]),
  ];
}

/** Records of a kind by id. */
export function recordsOf({ records }: Pick<TenantState, "records">, kind: Pick<ListKind, "path">): Collection<Fields> {
  return records(kind.path);
}

function list(kind: ListKind, state: Pick<TenantState, "records">): Endpoint {
  const paging = {
    page: PAGE_QUERY,
    checkpoint: CHECKPOINT_QUERY,
    both: { ...PAGE_QUERY, ...CHECKPOINT_QUERY },
    none: {},
  }[kind.paging];
  return {
    method: "GET",
    path: kind.path,
    scopes: [`read:${kind.scope}`],
    query: {
      ...paging,
      ...FIELDS_QUERY,
      ...kind.filters,
      ...kind.ignored,
      ...(kind.isSearched && { q: { type: "string" } }),
      ...(kind.isSorted && { sort: { type: "string" } }),
    },
    handle: ({ query }) => {
      const isFound = typeof query.q === "string" ? matchesQuery(parseSearch(query.q)) : () => true;
      const found = recordsOf(state, kind).filter((record) => isAskedFor(record, kind, query) && isFound(record));
      const rows = (typeof query.sort === "string" ? sortRecords(found, query.sort) : found).map((record) =>
        selectFields(withoutPaths(render(kind, record), kind.detail ?? []), query),
      );
      return ok(kind.envelope === undefined ? rows : renderRows(kind, kind.envelope, rows, query));
    },
  };
}

function renderRows({ paging }: ListKind, envelope: string, rows: readonly unknown[], query: Query): unknown {
  if (paging === "none") return { [envelope]: rows };
  return renderList(envelope, rows, paging === "checkpoint" ? { take: 50, ...query } : query);
}

/** Filters are members of the record, by their value as a text; a flag that is not there is off. */
function isAskedFor(record: Fields, { filters = {} }: ListKind, query: Query): boolean {
  return Object.keys(filters).every(
    (name) => query[name] === undefined || String(record[name] ?? false) === String(query[name]),
  );
}

function create(kind: ListKind, { clock, state }: Pick<Tenant, "clock" | "state">): Endpoint {
  return {
    method: "POST",
    path: kind.path,
    scopes: [kind.createScope ?? `create:${kind.scope}`],
    body: kind.create,
    handle: ({ body }) => {
      const fields = isFields(body) ? withoutNulls(body) : {};
      kind.check?.(fields);
      const given = kind.idFromBody ? fields[idField(kind)] : undefined;
      const id = typeof given === "string" ? given : `${kind.idPrefix}${randomAlphanumeric(kind.idLength ?? 16)}`;
      checkUnique(kind, state, { ...kind.initial, ...fields }, undefined);
      if (recordsOf(state, kind).has(id)) throw conflict(kind);
      const now = isoTime(clock());
      const dates = kind.hasNoDates ? {} : { created_at: now, updated_at: now };
      const record = { [idField(kind)]: id, ...kind.initial, ...kind.derive?.(fields), ...fields, ...dates };
      recordsOf(state, kind).set(id, record);
      return { status: kind.createdStatus ?? 201, body: render(kind, record) };
    },
  };
}

function readOne(kind: ListKind, state: Pick<TenantState, "records">): Endpoint {
  return {
    method: "GET",
    path: `${kind.path}/:id`,
    scopes: [`read:${kind.scope}`],
    query: { ...FIELDS_QUERY, ...kind.ignored },
    handle: ({ params, query }) => ok(selectFields(render(kind, getRecord(kind, state, params.id ?? "")), query)),
  };
}

function write(
  kind: ListKind,
  { clock, state }: Pick<Tenant, "clock" | "state">,
  method: "PATCH" | "PUT",
  schema: string,
): Endpoint {
  return {
    method,
    path: `${kind.path}/:id`,
    scopes: [`update:${kind.scope}`],
    body: schema,
    handle: ({ params, body }) => {
      const id = params.id ?? "";
      const current = getRecord(kind, state, id);
      const change = isFields(body) ? body : {};
      kind.check?.(change);
      checkUnique(kind, state, change, id);
      const merge = kind.merge === "deep" ? mergeDeep : mergeKeys;
      const kept =
        method === "PATCH" ? merge(current, change) : { ...keepIdentity(kind, current), ...withoutNulls(change) };
      const record = { ...kept, ...(!kind.hasNoDates && { updated_at: isoTime(clock()) }) };
      return ok(render(kind, recordsOf(state, kind).set(id, record)));
    },
  };
}

function keepIdentity(kind: ListKind, { [idField(kind)]: id, created_at }: Fields): Fields {
  return { [idField(kind)]: id, ...kind.initial, ...(created_at !== undefined && { created_at }) };
}

function remove(kind: ListKind, state: Pick<TenantState, "records">): Endpoint {
  return {
    method: "DELETE",
    path: `${kind.path}/:id`,
    scopes: [`delete:${kind.scope}`],
    handle: ({ params: { id = "" } }) => {
      checkId(kind, id);
      if (kind.isDeletedOnce) getRecord(kind, state, id);
      recordsOf(state, kind).delete(id);
      return kind.deleted === undefined ? NO_CONTENT : ok(kind.deleted);
    },
  };
}

export function getRecord(kind: ListKind, state: Pick<TenantState, "records">, id: string): Fields {
  checkId(kind, id);
  const record = recordsOf(state, kind).get(id);
  const { message, errorCode } = kind.missing ?? { message: "Not Found" };
  return getOr404(record, message.replace("{id}", id), errorCode);
}

/** Of any length: this tenant's ids were once shorter. */
function checkId({ idPrefix, malformed }: ListKind, id: string): void {
  if (malformed === undefined || (id.startsWith(idPrefix) && /^[A-Za-z0-9]+$/.test(id.slice(idPrefix.length)))) return;
  throw new ManagementError(
    400,
    malformed.replace("{id}", () => id),
    "invalid_uri",
  );
}

function checkUnique(
  kind: ListKind,
  state: Pick<TenantState, "records">,
  fields: Fields,
  except: string | undefined,
): void {
  const taken = (kind.unique ?? []).some(
    (name) =>
      fields[name] !== undefined &&
      recordsOf(state, kind).find((record) => record[name] === fields[name] && record[idField(kind)] !== except),
  );
  if (taken) throw conflict(kind);
}

function conflict({ path, unique = [] }: ListKind): ManagementError {
  return new ManagementError(409, `There is already a record of ${path} with this ${unique.join(" or ") || "name"}.`);
}

function render(kind: ListKind, record: Fields): Fields {
  return withMasked(withoutPaths(record, kind.hidden ?? []), kind.masked ?? []);
}

function idField({ idField: name = "id" }: ListKind): string {
  return name;
}
