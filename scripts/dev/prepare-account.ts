import { readFileSync } from "node:fs";
import type Stripe from "stripe";
import { openStripe } from "../../gateways/billing/stripe-client.ts";
import { WEBHOOK_PATH } from "../../gateways/webhooks/mount-receiver.ts";
import { EVENT_TYPES } from "../../gateways/webhooks/webhook-event.ts";
import { createFetch } from "../http/trusting-fetch.ts";
import type { Environment } from "../tenant/read-environment.ts";

/** What the authorizer needs of the local Stripe besides keys: an endpoint that it is sent events at, and a customer portal. */
export async function prepareAccount(environment: Environment): Promise<Environment> {
  const { AUTH0_CA_FILE = "", AUTHORIZER_PORT, STRIPE_API_URL, STRIPE_CATALOGUE_KEY = "" } = environment;
  const trusting = createFetch(readFileSync(AUTH0_CA_FILE, "utf8"));
  const stripe = openStripe({ secretKey: STRIPE_CATALOGUE_KEY, url: STRIPE_API_URL, fetch: trusting });
  const [secret, configuration] = await Promise.all([
    renewEndpoint(stripe, `http://127.0.0.1:${AUTHORIZER_PORT}${WEBHOOK_PATH}`),
    ensurePortal(stripe),
  ]);
  return { STRIPE_WEBHOOK_SECRET: secret, STRIPE_PORTAL_CONFIGURATION: configuration };
}

/** A signing secret is told once, when the endpoint is made: each start makes its own. */
async function renewEndpoint({ webhookEndpoints }: Stripe, url: string): Promise<string> {
  const { data } = await webhookEndpoints.list({ limit: 100 });
  const former = data.filter((endpoint) => endpoint.url.endsWith(WEBHOOK_PATH));
  await Promise.all(former.map(({ id }) => webhookEndpoints.del(id)));
  const { secret = "" } = await webhookEndpoints.create({ url, enabled_events: [...EVENT_TYPES] });
  return secret;
}

async function ensurePortal({ billingPortal: { configurations } }: Stripe): Promise<string> {
  const { data } = await configurations.list({ active: true, limit: 1 });
  const features = {
    subscription_cancel: { enabled: true, mode: "at_period_end" },
    payment_method_update: { enabled: true },
    invoice_history: { enabled: true },
  } as const;
  return (data[0] ?? (await configurations.create({ features }))).id;
}
