import type { Customers, Settled } from "./customers.ts";
import type { KnownUsers } from "./known-users.ts";
import type { OrganizationCustomers } from "./organization-customers.ts";
import type { Organizations, PortalOrganization } from "./organizations.ts";
import type { FoundCustomers } from "./read-customers.ts";
import { createRecent } from "./recent.ts";

/** Who has logged in, and to which organization. */
export interface Who {
  readonly userId: string;
  /** `org_…`; undefined: to none. */
  readonly organization: string | undefined;
}

/** The person, or the organization that they have logged in to: what is used there, it pays for. */
export interface Payer {
  /** The person's. */
  readonly email: string | undefined;
  readonly organization: Pick<PortalOrganization, "id" | "name"> | undefined;
  /** Whether the person may subscribe and cancel. */
  readonly mayPay: boolean;
  /** The email by which a gateway looks for the customer, where a token does not name it. */
  readonly knownBy: string | undefined;
  /** @param maxAge milliseconds that what was found before may be old. @throws {Unsettled} */
  find(maxAge: number): Promise<FoundCustomers>;
  /** Finds the customer, or makes it. @throws {Unsettled} @throws {ActionError} `bad_setting` */
  settle(): Promise<Settled>;
}

export interface Payers {
  /** @param maxAge milliseconds that what was read before may be old. Undefined: the account is blocked, gone, or not a member any more */
  read(who: Who, maxAge: number): Promise<Payer | undefined>;
}

export interface PayersParts {
  readonly users: Pick<KnownUsers, "read">;
  readonly customers: Customers;
  readonly organizations: Pick<Organizations, "read">;
  readonly organizationCustomers: OrganizationCustomers;
  /** Milliseconds, for durations. */
  readonly steadyClock: () => number;
}

export function createPayers(parts: PayersParts): Payers {
  const { users, customers, organizations, organizationCustomers, steadyClock } = parts;
  const recent = createRecent<PortalOrganization>(steadyClock);
  const recentCustomers = createRecent<FoundCustomers>(steadyClock);

  const renderOrganization = (email: string | undefined, organization: PortalOrganization): Payer => {
    const find = async (): Promise<FoundCustomers> => ({
      own: await organizationCustomers.find(organization),
      others: [],
    });
    return {
      email,
      organization,
      mayPay: organization.mayPay,
      knownBy: undefined,
      find: async (maxAge) => (await recentCustomers.get(organization.id, maxAge, find)) ?? NOBODY,
      settle: async () => {
        recentCustomers.forget(organization.id);
        return { kind: "customer", id: await organizationCustomers.settle(organization), others: [] };
      },
    };
  };

  return {
    async read({ userId, organization: id }, maxAge) {
      const user = await users.read(userId, maxAge);
      if (user === undefined || user.isBlocked) return undefined;
      const { profile } = user;
      const { email } = profile;
      if (id !== undefined) {
        const organization = await recent.get(`${id} ${userId}`, maxAge, () => organizations.read(id, userId));
        return organization && renderOrganization(email, organization);
      }
      return {
        email,
        organization: undefined,
        mayPay: true,
        knownBy: email,
        find: (age) => customers.find(profile, age),
        settle: () => customers.settle(profile),
      };
    },
  };
}

const NOBODY: FoundCustomers = { own: undefined, others: [] };
