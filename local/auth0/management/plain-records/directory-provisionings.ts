import { endpoint, ok, type Resource } from "../endpoint.ts";
import { CHECKPOINT_QUERY, renderList } from "../paging.ts";
import { isFields } from "./fields.ts";

/** The directory provisionings of all connections in one list. */
export const directoryProvisionings: Resource = ({ state }) => [
  endpoint({
    method: "GET",
    path: "/connections-directory-provisionings",
    scopes: ["read:directory_provisionings"],
    query: CHECKPOINT_QUERY,
    handle: ({ query }) => {
      const rows = state.connections.values().flatMap(({ id, name, strategy }) => {
        const value = state.settingRecords.get(`/connections/${id}/directory-provisioning`)?.value;
        return isFields(value) ? [{ connection_id: id, connection_name: name, strategy, ...value }] : [];
      });
      return ok(renderList("directory_provisionings", rows, { take: 50, ...query }));
    },
  }),
];
