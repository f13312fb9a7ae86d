import type { Connection } from "../../state/resources.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { deleteUser } from "../../users/write-users.ts";

/** Removes a connection with its users, and in the organizations that it was enabled for as well. */
export function removeConnection(state: TenantState, { id, name }: Connection): void {
  state.connections.delete(id);
  state.settingRecords.deleteWhere(({ path }) => path.startsWith(`/connections/${id}/`));
  state.organizationConnections.deleteWhere(({ connection_id }) => connection_id === id);
  for (const user of state.users.filter(({ identities }) => identities[0]?.connection === name)) {
    deleteUser(state, user.user_id);
  }
}
