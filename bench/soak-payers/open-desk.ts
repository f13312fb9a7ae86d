import type { ManagementClient } from "auth0";
import type Stripe from "stripe";
import type { Billing } from "../../gateways/authorizer/billing/billing.ts";
import { createCustomers } from "../../gateways/billing-portal/customers.ts";
import { createDesk, type Desk } from "../../gateways/billing-portal/desk.ts";
import { createKnownUsers } from "../../gateways/billing-portal/known-users.ts";
import { openOrganizationCustomers } from "../../gateways/billing-portal/organization-customers.ts";
import { createPayers } from "../../gateways/billing-portal/payers.ts";
import { createStatements } from "../../gateways/billing-portal/statements.ts";
import { createUsers } from "../../gateways/billing-portal/users.ts";
import { createAttemptLimit } from "../../gateways/pages/attempt-limit.ts";

export interface DeskOptions {
  readonly stripe: Stripe;
  readonly management: Pick<ManagementClient, "users">;
  readonly billing: Billing;
  readonly secrets: Readonly<Record<string, string>>;
  readonly now: () => number;
}

/** The billing portal without its pages. */
export function openDesk({ stripe, management, billing, secrets, now }: DeskOptions): Desk {
  const log = () => {};
  const users = createUsers(management);
  const knownUsers = createKnownUsers(users, now);
  const portal = "https://api.example.com/billing";
  return createDesk({
    stripe,
    users: knownUsers,
    payers: createPayers({
      users: knownUsers,
      customers: createCustomers({ stripe, billing, users, secrets, clock: now, steadyClock: now, log }),
      // Nobody logs in to one.
      organizations: { read: async () => undefined },
      organizationCustomers: openOrganizationCustomers({
        stripe,
        organizations: { writeCustomer: async () => {} },
        log,
      }),
      steadyClock: now,
    }),
    statements: createStatements({ stripe, billing, clock: now, steadyClock: now, log }),
    limit: createAttemptLimit({ most: 10, every: 60_000, clock: now }),
    urls: { portal, subscribed: `${portal}?done=checkout`, managed: `${portal}?done=portal` },
    configuration: undefined,
    clock: now,
    log,
  });
}
