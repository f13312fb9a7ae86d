import type { FetchKeySet } from "../../gateways/authorizer/keys/fetch-key-set.ts";
import { openStripe } from "../../gateways/billing/stripe-client.ts";
import { createStripeSource } from "../../gateways/billing/stripe-source.ts";
import { readServiceSettings } from "../../gateways/forward-auth/read-settings.ts";
import { openGateway } from "../../gateways/open-gateway.ts";
import type { RoutedGateway } from "../../local/console/tokens/explain-token.ts";
import { readAuthority } from "../http/authority.ts";
import { createFetch } from "../http/trusting-fetch.ts";
import type { Environment } from "../tenant/read-environment.ts";

/** Of pages and receivers beside the decision, which are not opened. */
const BESIDE = {
  PORTAL_CLIENT_ID: "",
  PORTAL_CLIENT_SECRET: "",
  STRIPE_PORTAL_KEY: "",
  STRIPE_WEBHOOK_SECRET: "",
  WEBHOOK_CLIENT_ID: "",
  WEBHOOK_CLIENT_SECRET: "",
  AUTH0_EVENTS_TOKEN: "",
};

interface Dependencies {
  readonly fetchKeySet: FetchKeySet;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/**
 * The authorizer with routes.yaml and stripe.json as they are now, which has not asked Stripe anything yet, and counts nothing.
 *
 * @throws {ConfigurationError} where they do not do
 */
export async function openCheckoutGateway(
  directory: string,
  environment: Environment,
  { fetchKeySet, clock }: Dependencies,
): Promise<RoutedGateway> {
  const { settings, rules, stripe } = await readServiceSettings(directory, { ...environment, ...BESIDE });
  const authority = await readAuthority(environment, "gateways", "AUTHORIZER_CONFIGURATION");
  const client = stripe && openStripe({ ...stripe, fetch: authority && createFetch(authority.pem) });
  const { authorize } = openGateway({
    ...settings,
    rules,
    source: client && createStripeSource(client),
    metering: "elsewhere",
    fetchKeySet,
    clock,
  });
  return { audience: settings.audience, routes: settings.routes ?? [], authorize };
}
