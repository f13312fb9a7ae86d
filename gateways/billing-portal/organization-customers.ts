import type Stripe from "stripe";
import { isCustomerId } from "../../actions/shared/paid-scopes.ts";
import { startDeadline } from "../../actions/shared/stripe/deadline.ts";
import { createOrganizationCustomers } from "../../actions/shared/stripe/organization-customers.ts";
import { readWithRetries } from "../../actions/shared/stripe/read-with-retries.ts";
import { LIMITS } from "../../actions/sync-stripe-customer/limits.ts";
import { createStripeCustomers } from "../../actions/sync-stripe-customer/stripe-customers.ts";
import type { Organizations, PortalOrganization } from "./organizations.ts";

export interface OrganizationCustomersOptions {
  readonly stripe: Stripe;
  readonly organizations: Pick<Organizations, "writeCustomer">;
  readonly log: (line: string) => void;
}

/** The customer of an organization, by the rules that require-organization-subscription goes by. Both throw `Unsettled`. */
export interface OrganizationCustomers {
  /** The one that its metadata name, at no call, or that a search finds. */
  find(organization: PortalOrganization): Promise<string | undefined>;
  /** Makes it where there is none at Stripe, and has the metadata name it: so the tokens of its people do. */
  settle(organization: PortalOrganization): Promise<string>;
}

export const openOrganizationCustomers = ({
  stripe,
  organizations,
  log,
}: OrganizationCustomersOptions): OrganizationCustomers => ({
  async find({ id, metadata }) {
    const link = readLink(metadata);
    return link ?? createOrganizationCustomers(stripe.customers, startDeadline(LIMITS)).find(id);
  },
  async settle(organization) {
    const { id, metadata } = organization;
    const deadline = startDeadline(LIMITS);
    const link = readLink(metadata);
    const customers = createStripeCustomers(stripe.customers, deadline);
    const isLive =
      link !== undefined && (await readWithRetries(() => customers.retrieve(link), deadline)) !== undefined;
    if (isLive) return link;
    const customer = await createOrganizationCustomers(stripe.customers, deadline).settle(id);
    await organizations.writeCustomer(organization, customer);
    log(`billing portal: ${customer} pays for ${id} (${deadline.render()})`);
    return customer;
  },
});

function readLink({ stripe_customer_id: link }: PortalOrganization["metadata"]): string | undefined {
  return isCustomerId(link) ? link : undefined;
}
