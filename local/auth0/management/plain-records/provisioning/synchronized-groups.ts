import type { TenantState } from "../../../state/tenant-state.ts";
import { endpoint, NO_CONTENT, ok, type Resource } from "../../endpoint.ts";
import { CHECKPOINT_QUERY, renderList } from "../../paging.ts";
import { matchesQuery } from "../../search/match.ts";
import { parseSearch } from "../../search/parse.ts";
import { getProvisioning, writeProvisioning } from "./find.ts";
import { DIRECTORY_PROVISIONING } from "./kinds.ts";

/** Kept with the provisioning, and answered at a path of its own. */
export const SYNCHRONIZED_GROUPS = "synchronized_groups";
const PATH = "/connections/:id/directory-provisioning/synchronized-groups";

interface Group {
  readonly id: string;
}
interface Groups {
  readonly groups: readonly Group[];
}

/** Which groups of a directory are synchronized; they go with the provisioning. */
export const synchronizedGroups: Resource = ({ state }) => [
  endpoint({
    method: "GET",
    path: PATH,
    scopes: ["read:directory_provisionings"],
    query: { ...CHECKPOINT_QUERY, q: { type: "string" } },
    handle: ({ params, query }) => {
      const isFound = typeof query.q === "string" ? matchesQuery(parseSearch(query.q)) : () => true;
      const groups = readGroups(state, params.id).filter((group) => isFound(group));
      return ok(renderList("groups", groups, { take: 50, ...query }));
    },
  }),
  endpoint<Groups>({
    method: "PUT",
    path: PATH,
    scopes: ["update:directory_provisionings"],
    body: "ReplaceSynchronizedGroupsRequestContent",
    handle: ({ params, body }) => writeGroups(state, params.id, body.groups),
  }),
  endpoint<Groups>({
    method: "POST",
    path: PATH,
    scopes: ["create:directory_provisionings"],
    body: "AddSynchronizedGroupsRequestContent",
    handle: ({ params, body }) => {
      const present = readGroups(state, params.id);
      const added = body.groups.filter(({ id }) => present.every((group) => group.id !== id));
      return writeGroups(state, params.id, [...present, ...added]);
    },
  }),
  endpoint<Groups>({
    method: "DELETE",
    path: PATH,
    scopes: ["delete:directory_provisionings"],
    body: "DeleteSynchronizedGroupsRequestContent",
    handle: ({ params, body }) => {
      const left = readGroups(state, params.id).filter(({ id }) => body.groups.every((group) => group.id !== id));
      return writeGroups(state, params.id, left);
    },
  }),
];

type Kept = Pick<TenantState, "connections" | "settingRecords">;

function readGroups(state: Kept, connectionId: string | undefined): readonly Group[] {
  const { value } = getProvisioning(state, DIRECTORY_PROVISIONING, connectionId);
  return (value[SYNCHRONIZED_GROUPS] ?? []) as readonly Group[];
}

function writeGroups(state: Kept, connectionId: string | undefined, groups: readonly Group[]): typeof NO_CONTENT {
  const { connection, value } = getProvisioning(state, DIRECTORY_PROVISIONING, connectionId);
  writeProvisioning(state, DIRECTORY_PROVISIONING, connection, { ...value, [SYNCHRONIZED_GROUPS]: groups });
  return NO_CONTENT;
}
