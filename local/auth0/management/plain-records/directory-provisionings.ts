import { endpoint, ok, type Resource } from "../endpoint.ts";
import { CHECKPOINT_QUERY, renderList } from "../paging.ts";
import { isFields, withoutPaths } from "./fields.ts";

/** Kept in the record, and answered at a path of its own. */
export const SYNCHRONIZED_GROUPS = "synchronized_groups";

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
        if (!isFields(value)) return [];
        return [{ connection_id: id, connection_name: name, strategy, ...withoutPaths(value, [SYNCHRONIZED_GROUPS]) }];
      });
      return ok(renderList("directory_provisionings", rows, { take: 50, ...query }));
    },
  }),
];
