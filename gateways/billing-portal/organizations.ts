import type { ManagementClient } from "auth0";
import { isRecord } from "../authorizer/problems.ts";

/** An organization, for one of its members. */
export interface PortalOrganization {
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Whether this member may pay for it. */
  readonly mayPay: boolean;
}

export interface Organizations {
  /** As Auth0 has it now; undefined: there is none, or the user is not a member. Rejects when that is not certain. */
  read(id: string, userId: string): Promise<PortalOrganization | undefined>;
  /** Lets the organization's metadata name its customer, beside what else stands there. */
  writeCustomer(organization: PortalOrganization, customer: string): Promise<void>;
}

export interface OrganizationsOptions {
  /** May `read:organizations`, `update:organizations` and `read:organization_member_roles`. */
  readonly management: Pick<ManagementClient, "organizations">;
  /** Names of roles, of which a member needs one there to pay. */
  readonly payingRoles: readonly string[];
}

export const createOrganizations = ({
  management: { organizations },
  payingRoles,
}: OrganizationsOptions): Organizations => ({
  async read(id, userId) {
    try {
      const [{ name = id, display_name: displayName, metadata }, { data: roles }] = await Promise.all([
        organizations.get(id),
        organizations.members.roles.list(id, userId, { per_page: 100 }),
      ]);
      return {
        id,
        name: displayName || name,
        metadata: isRecord(metadata) ? metadata : {},
        mayPay: roles.some((role) => payingRoles.includes(role.name ?? "")),
      };
    } catch (error) {
      if (isRecord(error) && error.statusCode === 404) return undefined;
      throw error;
    }
  },
  // Auth0 takes the metadata as a whole.
  async writeCustomer({ id, metadata }, customer) {
    const texts = Object.entries(metadata).map(([name, value]) => [name, String(value)] as const);
    await organizations.update(id, { metadata: { ...Object.fromEntries(texts), stripe_customer_id: customer } });
  },
});
