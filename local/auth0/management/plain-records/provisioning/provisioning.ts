import type { Connection } from "../../../state/resources.ts";
import type { Tenant } from "../../../tenant.ts";
import { isoTime } from "../../../timestamps.ts";
import { getConnection } from "../../connections/find.ts";
import { created, type Endpoint, endpoint, NO_CONTENT, ok, type Resource } from "../../endpoint.ts";
import { ManagementError } from "../../error.ts";
import { mergeKeys, withoutNulls } from "../../merge.ts";
import { CHECKPOINT_QUERY, FIELDS_QUERY, renderList, selectFields } from "../../paging.ts";
import { type Fields, withoutPaths } from "../fields.ts";
import { findProvisioning, getProvisioning, pathOf, writeProvisioning } from "./find.ts";
import { PROVISIONING_KINDS, type ProvisioningKind } from "./kinds.ts";
import { SYNCHRONIZED_GROUPS } from "./synchronized-groups.ts";

export const provisioning: Resource = (tenant) =>
  PROVISIONING_KINDS.flatMap((kind) => [listAll(kind, tenant), readDefaults(kind, tenant), ...createOne(kind, tenant)]);

function listAll(kind: ProvisioningKind, tenant: Tenant): Endpoint {
  return endpoint({
    method: "GET",
    path: kind.listPath,
    scopes: [`read:${kind.scope}`],
    query: CHECKPOINT_QUERY,
    handle: ({ query }) => {
      const rows = tenant.state.connections.values().flatMap((connection) => {
        const value = findProvisioning(tenant.state, kind, connection);
        return value === undefined ? [] : [render(kind, tenant, connection, value)];
      });
      return ok(renderList(kind.envelope, rows, { take: 50, ...query }));
    },
  });
}

function readDefaults(kind: ProvisioningKind, { state }: Pick<Tenant, "state">): Endpoint {
  return endpoint({
    method: "GET",
    path: `/connections/:id/${kind.name}/default-mapping`,
    scopes: [`read:${kind.scope}`],
    handle: ({ params }) => {
      const connection = getConnection(state, params.id);
      kind.check?.(connection);
      return ok({ mapping: kind.listFields(connection.strategy) });
    },
  });
}

function createOne(kind: ProvisioningKind, tenant: Tenant): readonly Endpoint[] {
  const { clock, state } = tenant;
  const path = `/connections/:id/${kind.name}` as const;
  return [
    endpoint({
      method: "GET",
      path,
      scopes: [`read:${kind.scope}`],
      query: FIELDS_QUERY,
      handle: ({ params, query }) => {
        const { connection, value } = getProvisioning(state, kind, params.id);
        return ok(selectFields(render(kind, tenant, connection, value), query));
      },
    }),
    endpoint<Fields | null>({
      method: "POST",
      path,
      scopes: [`create:${kind.scope}`],
      body: kind.create,
      handle: ({ params, body }) => {
        const connection = getConnection(state, params.id);
        kind.check?.(connection);
        if (findProvisioning(state, kind, connection) !== undefined) {
          throw new ManagementError(409, "It is already configured.");
        }
        const now = isoTime(clock());
        const initial = { mapping: kind.listFields(connection.strategy), ...kind.initial };
        const value = { ...initial, ...withoutNulls(body ?? {}), created_at: now, [kind.changed]: now };
        return created(render(kind, tenant, connection, writeProvisioning(state, kind, connection, value)));
      },
    }),
    endpoint<Fields | null>({
      method: "PATCH",
      path,
      scopes: [`update:${kind.scope}`],
      body: kind.update,
      handle: ({ params, body }) => {
        const { connection, value } = getProvisioning(state, kind, params.id);
        const changed = { ...mergeKeys(value, body ?? {}), [kind.changed]: isoTime(clock()) };
        return ok(render(kind, tenant, connection, writeProvisioning(state, kind, connection, changed)));
      },
    }),
    endpoint({
      method: "DELETE",
      path,
      scopes: [`delete:${kind.scope}`],
      handle: ({ params }) => {
        state.settingRecords.delete(pathOf(kind, { id: params.id ?? "" }));
        return NO_CONTENT;
      },
    }),
  ];
}

function render(kind: ProvisioningKind, tenant: Tenant, connection: Connection, value: Fields): Fields {
  return { ...kind.describe(tenant, connection), ...withoutPaths(value, [SYNCHRONIZED_GROUPS]) };
}
