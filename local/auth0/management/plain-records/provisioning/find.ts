import type { Connection } from "../../../state/resources.ts";
import type { TenantState } from "../../../state/tenant-state.ts";
import { getConnection } from "../../connections/find.ts";
import { ManagementError } from "../../error.ts";
import { type Fields, isFields } from "../fields.ts";
import type { ProvisioningKind } from "./kinds.ts";

type Kept = Pick<TenantState, "settingRecords">;

export function pathOf({ name }: ProvisioningKind, { id }: Pick<Connection, "id">): string {
  return `/connections/${id}/${name}`;
}

export function findProvisioning(
  { settingRecords }: Kept,
  kind: ProvisioningKind,
  connection: Connection,
): Fields | undefined {
  const value = settingRecords.get(pathOf(kind, connection))?.value;
  return isFields(value) ? value : undefined;
}

/** @throws {ManagementError} 404, for a connection that is not there as well */
export function getProvisioning(
  state: Kept & Pick<TenantState, "connections">,
  kind: ProvisioningKind,
  id: string | undefined,
): { connection: Connection; value: Fields } {
  const connection = getConnection(state, id);
  const value = findProvisioning(state, kind, connection);
  if (value === undefined) throw new ManagementError(404, "Not Found");
  return { connection, value };
}

export function writeProvisioning(
  { settingRecords }: Kept,
  kind: ProvisioningKind,
  connection: Connection,
  value: Fields,
): Fields {
  const path = pathOf(kind, connection);
  settingRecords.set(path, { path, value });
  return value;
}
