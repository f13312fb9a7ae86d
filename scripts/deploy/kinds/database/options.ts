import type { TenantDocument } from "../../../tenant/document.ts";
import type { KindScopes, PlanSides, Wanted } from "../kind.ts";
import { refuseEntry } from "../refuse-entry.ts";
import type { LiveDatabase } from "./enabled-clients.ts";

/** Without it the options are left out of every answer (Auth0 changelog, 2025-07-08). */
const READ_OPTIONS = "read:connections_options";

/** Scopes of the options of a connection: to see them, and to change them. */
export function listOptionScopes({ databases = [] }: TenantDocument): Pick<KindScopes, "read" | "write"> {
  return {
    read: databases.length === 0 ? [] : [READ_OPTIONS],
    write: databases.some((database) => Object.hasOwn(database, "options")) ? ["update:connections_options"] : [],
  };
}

/**
 * Auth0 replaces all options with those that are sent: a database's options are not written by who cannot see the others.
 *
 * @throws {CommandError} DEPLOY_SCOPE_MISSING
 */
export function checkOptionsRead(
  { name, entry, path }: Wanted,
  records: readonly LiveDatabase[],
  { desired }: Pick<PlanSides, "desired">,
): void {
  if (entry.options === undefined || records.every(({ fields }) => fields.options !== undefined)) return;
  throw refuseEntry(
    desired,
    [...path, "options"],
    "DEPLOY_SCOPE_MISSING",
    `tenant.yaml has options for the database "${name}", and the deploying client cannot see those that it has, which a change would take away. Grant it ${READ_OPTIONS} (dashboard: Applications > APIs > Auth0 Management API > Machine to Machine Applications), then plan again.`,
  );
}
