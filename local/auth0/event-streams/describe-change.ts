import { isDeepStrictEqual } from "node:util";
import type { RecordChange } from "../../state/watch-collection.ts";
import type { Organization, OrganizationConnection, OrganizationMember } from "../state/organization.ts";
import type { Connection } from "../state/resources.ts";
import type { StateChange, TenantState } from "../state/tenant-state.ts";
import type { User } from "../state/user.ts";

/** What has happened in the tenant, in Auth0's words. */
export interface Happening {
  /** `user.created`, as in `EventStreamEventTypeEnum` of the `auth0` package. */
  readonly type: string;
  readonly object: Readonly<Record<string, unknown>>;
}

type Names = Pick<TenantState, "organizations" | "roles">;

/** The events that Auth0 has for a change of what the tenant remembers. */
export function describeChange(names: Names, change: StateChange): readonly Happening[] {
  switch (change.kind) {
    case "user":
      return describeRecord("user", change, showUser);
    case "organization":
      return describeRecord("organization", change, showOrganization);
    case "connection":
      return describeRecord("connection", change, showConnection);
    case "organization member":
      return describeMember(names, change);
    case "organization connection":
      return describeLink(names, change);
  }
}

function describeRecord<T extends object>(
  kind: string,
  { before, after }: RecordChange<T>,
  show: (record: T) => Happening["object"],
): readonly Happening[] {
  if (after === undefined) return before === undefined ? [] : [{ type: `${kind}.deleted`, object: show(before) }];
  if (before === undefined) return [{ type: `${kind}.created`, object: show(after) }];
  return isSame(before, after) ? [] : [{ type: `${kind}.updated`, object: show(after) }];
}

/** A write that changes nothing but its own date is not news. */
function isSame(before: object, after: object): boolean {
  return isDeepStrictEqual({ ...before, updated_at: undefined }, { ...after, updated_at: undefined });
}

const showUser = (user: User): Happening["object"] => user;

function showOrganization({ id, name, display_name, metadata, branding }: Organization): Happening["object"] {
  return { id, name, display_name, metadata, branding };
}

/** Without its options: they hold what is secret between the tenant and the provider. */
function showConnection(connection: Connection): Happening["object"] {
  const { options: _, ...shown } = connection;
  return { ...shown };
}

function describeMember(names: Names, { before, after }: RecordChange<OrganizationMember>): readonly Happening[] {
  const member = after ?? before;
  if (member === undefined) return [];
  const { organization_id, user_id } = member;
  const link = { organization: showName(names, organization_id), user: { user_id } };
  const held = new Set(before?.roles ?? []);
  const holds = new Set(after?.roles ?? []);
  const describeRole = (type: string) => (id: string) => ({
    type: `organization.member.role.${type}`,
    object: {
      organization: { id: organization_id },
      user: { user_id },
      role: { id, name: names.roles.get(id)?.name ?? "" },
    },
  });
  return [
    ...(before === undefined ? [{ type: "organization.member.added", object: link }] : []),
    ...[...holds].filter((id) => !held.has(id)).map(describeRole("assigned")),
    ...[...held].filter((id) => !holds.has(id)).map(describeRole("deleted")),
    ...(after === undefined ? [{ type: "organization.member.deleted", object: link }] : []),
  ];
}

function describeLink(names: Names, { before, after }: RecordChange<OrganizationConnection>): readonly Happening[] {
  const link = after ?? before;
  if (link === undefined || (before !== undefined && after !== undefined && isSame(before, after))) return [];
  const { id: _, organization_id, connection_id, ...settings } = link;
  const both = { organization: showName(names, organization_id), connection: { id: connection_id } };
  const type = before === undefined ? "added" : after === undefined ? "removed" : "updated";
  return [{ type: `organization.connection.${type}`, object: type === "removed" ? both : { ...both, ...settings } }];
}

/** An organization that has just been deleted has no name any more. */
function showName({ organizations }: Names, id: string): Readonly<Record<string, unknown>> {
  const name = organizations.get(id)?.name;
  return { id, ...(name !== undefined && { name }) };
}
