import { replaceAt, valueAt, without } from "../../../tenant/paths.ts";
import type { Desired } from "../../plan/desired.ts";
import { checkReferences, type TenantItems } from "../handed-over/check-references.ts";
import type { Wanted } from "../kind.ts";
import type { Fields } from "../live-record.ts";
import type { LiveTenant } from "../live-tenant.ts";

/** The Action that checks passwords of another system: tenant.yaml has its name or its id, Auth0 takes the id. */
const HASHER = ["options", "custom_password_hash", "action_id"];

/** An entry with the Action's id, where the tenant has the Action. */
export function withHasher(entry: Fields, { action }: Pick<LiveTenant, "action">): Fields {
  const id = action.find(({ name }) => name === valueAt(entry, HASHER))?.id;
  return id === undefined ? entry : (replaceAt(entry, HASHER, id) as Fields);
}

/** Without an Action that is made in the same deploy: once it is there, the database is changed. */
export function withoutMissingHasher(entry: Fields, { action }: Pick<LiveTenant, "action">): Fields {
  const hasher = valueAt(entry, HASHER);
  const isThere = hasher === undefined || action.some(({ id }) => id === hasher);
  return isThere ? entry : (without(entry, HASHER.slice(0, -1)) as Fields);
}

/** @throws {CommandError} REFERENCE_UNKNOWN */
export function checkHasher(wanted: Wanted, desired: Desired, tenant: LiveTenant): void {
  checkReferences({ refersTo: [{ at: HASHER.join("."), types: ["action"] }] }, wanted, desired, tenant as TenantItems);
}
