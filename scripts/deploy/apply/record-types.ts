import type { Management, ManagementClient } from "auth0";
import type { Fields } from "../live/live-tenant.ts";
import { SECRET_CLIENT_FIELDS } from "../live/read-live-tenant.ts";
import type { ResourceType } from "../plan/change.ts";

type RecordType = Extract<ResourceType, "tenant" | "api" | "client" | "client-grant" | "role" | "database">;

interface RecordAccess {
  read(id: string): Promise<object>;
  patch(id: string, fields: Fields): Promise<unknown>;
}

/** How each kind of record is read and written; the SDK has a type of its own for every body. */
export function accessRecord(type: ResourceType, management: ManagementClient): RecordAccess {
  const { tenants, resourceServers, clients, clientGrants, roles, connections } = management;
  const kinds: Record<RecordType, RecordAccess> = {
    tenant: {
      read: () => tenants.settings.get(),
      patch: (_, fields) => tenants.settings.update(fields as Management.UpdateTenantSettingsRequestContent),
    },
    api: {
      read: (id) => resourceServers.get(id),
      patch: (id, fields) => resourceServers.update(id, fields as Management.UpdateResourceServerRequestContent),
    },
    client: {
      read: (id) => clients.get(id, { fields: SECRET_CLIENT_FIELDS, include_fields: false }),
      patch: (id, fields) => clients.update(id, fields as Management.UpdateClientRequestContent),
    },
    "client-grant": {
      read: (id) => clientGrants.get(id),
      patch: (id, fields) => clientGrants.update(id, fields as Management.UpdateClientGrantRequestContent),
    },
    role: {
      read: (id) => roles.get(id),
      patch: (id, fields) => roles.update(id, fields as Management.UpdateRoleRequestContent),
    },
    database: {
      read: (id) => connections.get(id),
      patch: (id, fields) => connections.update(id, fields as Management.UpdateConnectionRequestContent),
    },
  };
  const access = kinds[type as RecordType];
  if (access === undefined) throw new Error(`${type} is not written as a record`);
  return access;
}
