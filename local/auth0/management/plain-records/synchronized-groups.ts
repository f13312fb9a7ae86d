import type { TenantState } from "../../state/tenant-state.ts";
import { endpoint, NO_CONTENT, ok, type Resource } from "../endpoint.ts";
import { ManagementError } from "../error.ts";
import { CHECKPOINT_QUERY, renderList } from "../paging.ts";
import { matchesQuery } from "../search/match.ts";
import { parseSearch } from "../search/parse.ts";
import { SYNCHRONIZED_GROUPS } from "./directory-provisionings.ts";
import { type Fields, isFields } from "./fields.ts";

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

type SettingRecords = Pick<TenantState, "settingRecords">;

/** @throws {ManagementError} 404 */
function getProvisioning({ settingRecords }: SettingRecords, connection = ""): { path: string; value: Fields } {
  const path = `/connections/${encodeURIComponent(connection)}/directory-provisioning`;
  const value = settingRecords.get(path)?.value;
  if (!isFields(value)) throw new ManagementError(404, "Not Found");
  return { path, value };
}

function readGroups(state: SettingRecords, connection: string | undefined): readonly Group[] {
  const { value } = getProvisioning(state, connection);
  return (value[SYNCHRONIZED_GROUPS] ?? []) as readonly Group[];
}

function writeGroups(
  state: SettingRecords,
  connection: string | undefined,
  groups: readonly Group[],
): typeof NO_CONTENT {
  const { path, value } = getProvisioning(state, connection);
  state.settingRecords.set(path, { path, value: { ...value, [SYNCHRONIZED_GROUPS]: groups } });
  return NO_CONTENT;
}
