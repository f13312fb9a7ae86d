import type { Collection } from "../../../state/journal.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { created, type Endpoint, NO_CONTENT, ok, type Resource } from "../endpoint.ts";
import { ManagementError } from "../error.ts";
import { mergeKeys, withoutNulls } from "../merge.ts";
import { FIELDS_QUERY, selectFields } from "../paging.ts";
import { type Fields, isFields, mergeDeep, withoutPaths } from "./fields.ts";
import type { SettingKind } from "./setting-kinds.ts";

type Params = Readonly<Record<string, string>>;

/** Read and change of one record at a path. */
export function createSettingResource(kind: SettingKind): Resource {
  const { params } = kind;
  return ({ state }) => listEndpoints(kind, state).map((row) => (params === undefined ? row : { ...row, params }));
}

function listEndpoints(kind: SettingKind, state: Pick<TenantState, "settingRecords">): readonly Endpoint[] {
  return [
    {
      method: "GET",
      path: kind.path,
      scopes: [`read:${kind.scope}`],
      query: FIELDS_QUERY,
      handle: ({ params, query }) => {
        const value = render(kind, readValue(kind, state, params));
        return ok(isFields(value) ? selectFields(value, query) : value);
      },
    },
    ...(kind.create === undefined ? [] : [create(kind, kind.create, state)]),
    ...(kind.patch === undefined ? [] : [patch(kind, kind.patch, state)]),
    ...(kind.put === undefined ? [] : [put(kind, kind.put, state)]),
    ...(kind.canBeDeleted ? [remove(kind, state)] : []),
  ];
}

function create(kind: SettingKind, schema: string, state: Pick<TenantState, "settingRecords">): Endpoint {
  return {
    method: "POST",
    path: kind.path,
    scopes: [`create:${kind.scope}`],
    body: schema,
    handle: ({ params, body }) => {
      if (findValue(kind, state, params) !== undefined) throw new ManagementError(409, "It is already configured.");
      return created(render(kind, write(kind, state, params, isFields(body) ? withoutNulls(body) : body)));
    },
  };
}

function patch(
  kind: SettingKind,
  schema: NonNullable<SettingKind["patch"]>,
  state: Pick<TenantState, "settingRecords">,
): Endpoint {
  return {
    method: "PATCH",
    path: kind.path,
    scopes: [`update:${kind.scope}`],
    body: schema,
    handle: ({ params, body }) => {
      const current = getValue(kind, state, params);
      const change = isFields(body) ? body : {};
      const merge = kind.merge === "deep" && isFields(current) ? mergeDeep : mergeKeys;
      return ok(render(kind, write(kind, state, params, merge(isFields(current) ? current : {}, change))));
    },
  };
}

function put(
  kind: SettingKind,
  schema: NonNullable<SettingKind["put"]>,
  state: Pick<TenantState, "settingRecords">,
): Endpoint {
  return {
    method: "PUT",
    path: kind.path,
    scopes: [`update:${kind.scope}`],
    body: schema,
    handle: ({ params, body }) => {
      const isNew = findValue(kind, state, params) === undefined;
      const written = write(kind, state, params, isFields(body) ? withoutNulls(body) : body);
      if (kind.isPutSilent !== true) return ok(render(kind, written));
      return isNew ? created({}) : NO_CONTENT;
    },
  };
}

function remove(kind: SettingKind, state: Pick<TenantState, "settingRecords">): Endpoint {
  return {
    method: "DELETE",
    path: kind.path,
    scopes: [`delete:${kind.scope}`],
    handle: ({ params }) => {
      settings(state).delete(keyOf(kind, params));
      return NO_CONTENT;
    },
  };
}

function settings({
  settingRecords,
}: Pick<TenantState, "settingRecords">): Collection<{ readonly path: string; readonly value: unknown }> {
  return settingRecords;
}

function findValue(kind: SettingKind, state: Pick<TenantState, "settingRecords">, params: Params): unknown {
  return settings(state).get(keyOf(kind, params))?.value;
}

function getValue(kind: SettingKind, state: Pick<TenantState, "settingRecords">, params: Params): unknown {
  const value = findValue(kind, state, params);
  if (value !== undefined) return value;
  if (kind.missing !== undefined) throw new ManagementError(404, kind.missing.message, kind.missing.errorCode);
  return kind.initial;
}

/** What was written, with what a read shows beside it. */
function readValue(kind: SettingKind, state: Pick<TenantState, "settingRecords">, params: Params): unknown {
  const written = findValue(kind, state, params);
  return isFields(written) ? { ...kind.shownWith, ...written } : getValue(kind, state, params);
}

function write(kind: SettingKind, state: Pick<TenantState, "settingRecords">, params: Params, value: unknown): unknown {
  const path = keyOf(kind, params);
  return settings(state).set(path, { path, value }).value;
}

/** The path with its parameters filled in. */
function keyOf({ path }: SettingKind, params: Params): string {
  return path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
}

function render({ hidden = [] }: SettingKind, value: unknown): unknown {
  return isFields(value) ? withoutPaths(value, hidden) : (value as Fields);
}
