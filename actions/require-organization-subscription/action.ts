import { paidScopes, pastDue } from "tenant:billing";
import type { CredentialsExchangeAPI, Event } from "@auth0/actions/credentials-exchange/v2";
import { renderFailure } from "../shared/fail-closed.ts";
import { openOrganizationCustomers as openCustomers } from "../shared/stripe/organization-customers.ts";
import { openStripe as openSubscriptions } from "../shared/stripe/stripe-subscriptions.ts";
import { LIMITS, NAME, requireOrganizationSubscription } from "./require-organization-subscription.ts";

const dependencies = {
  billing: { paidScopes, pastDue },
  limits: LIMITS,
  openCustomers,
  openSubscriptions,
  clock: () => Date.now(),
};

/** Puts the organization's Stripe customer on a machine's token, and leaves a paid scope in it only while it is paid for. */
export const onExecuteCredentialsExchange = async (event: Event, api: CredentialsExchangeAPI) =>
  requireOrganizationSubscription(event, api, dependencies).catch((error: unknown) => {
    console.error(`${NAME}: ${renderFailure(error)}`);
    api.access.deny("server_error", "The token could not be made. Please try again.");
  });
