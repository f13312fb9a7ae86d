import { findPaths } from "../../../tenant/find-paths.ts";
import { valueAt } from "../../../tenant/paths.ts";
import type { PlanSides, Wanted } from "../kind.ts";
import type { Fields, LiveRecord } from "../live-record.ts";
import { refuseEntry, tryEach } from "../refuse-entry.ts";

interface IdMember {
  /** In the form of findPaths. */
  readonly at: string;
  readonly what: string;
  readonly isId: (value: string, clients: readonly LiveRecord[]) => boolean;
}

const startsWith = (prefix: string) => (value: string) => value.startsWith(prefix);

/** Ids that the Deploy CLI finds by a name. */
const MEMBERS: readonly IdMember[] = [
  ...["express_configuration", "my_organization_configuration"].flatMap((parent): readonly IdMember[] => [
    {
      at: `${parent}.user_attribute_profile_id`,
      what: "a user attribute profile (uap_…)",
      isId: startsWith("uap_"),
    },
    { at: `${parent}.connection_profile_id`, what: "a connection profile (cop_…)", isId: startsWith("cop_") },
  ]),
  {
    at: "express_configuration.okta_oin_client_id",
    what: "a client of the tenant",
    isId: (value, clients) => clients.some(({ id }) => id === value),
  },
];

/**
 * Members that have an id and would be sent as they are.
 *
 * @throws {CommandError} REFERENCE_UNKNOWN
 */
export function checkIds(
  { entry, path }: Wanted,
  present: LiveRecord | undefined,
  { desired, tenant }: PlanSides,
): void {
  const members = MEMBERS.flatMap(({ at, ...member }) => findPaths(entry, at).map((found) => ({ ...member, found })));
  tryEach(members, ({ found, what, isId }) => {
    const value = valueAt(entry, found);
    const live: Fields = present?.fields ?? {};
    if (typeof value !== "string" || value === valueAt(live, found) || isId(value, tenant.client)) return;
    throw refuseEntry(
      desired,
      [...path, ...found],
      "REFERENCE_UNKNOWN",
      `"${value}" is not the id of ${what}, and this version does not find it by its name. Write the id, as a keyword where it differs.`,
    );
  });
}

/**
 * A client of a metadata document (CIMD) Auth0 registers by a request of its own.
 *
 * @throws {CommandError} CLIENT_NOT_REGISTERED
 */
export function checkRegistered(
  { name, entry, path }: Wanted,
  present: LiveRecord | undefined,
  { desired }: Pick<PlanSides, "desired">,
): void {
  const { external_client_id: document } = entry;
  if (document === undefined || document === present?.fields.external_client_id) return;
  throw refuseEntry(
    desired,
    [...path, "external_client_id"],
    "CLIENT_NOT_REGISTERED",
    `Auth0 registers "${name}" by its external_client_id, which this version does not do. Register it in the dashboard, then plan again.`,
  );
}
