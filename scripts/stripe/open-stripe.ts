import type Stripe from "stripe";
import { openStripe } from "../../gateways/billing/stripe-client.ts";
import { usageError } from "../command.ts";
import { readAuthority } from "../http/authority.ts";
import { createFetch } from "../http/trusting-fetch.ts";
import type { Environment } from "../tenant/read-environment.ts";

/**
 * With the key that the authorizer has.
 *
 * @throws {CommandError} STRIPE_KEY_MISSING, STRIPE_ADDRESS_UNUSABLE
 */
export async function openGatewayStripe(environment: Environment): Promise<Stripe> {
  const { STRIPE_GATEWAY_KEY: secretKey } = environment;
  if (!secretKey) {
    throw usageError("STRIPE_KEY_MISSING", "Set STRIPE_GATEWAY_KEY to the key with which the authorizer bills.");
  }
  return openStripeWith(secretKey, environment);
}

/** Stripe where the environment has it. @throws {CommandError} STRIPE_ADDRESS_UNUSABLE */
export async function openStripeWith(secretKey: string, environment: Environment): Promise<Stripe> {
  const { STRIPE_API_URL: url = "" } = environment;
  const isSecure = url.startsWith("https:");
  const authority = isSecure ? await readAuthority(environment, "gateways", "STRIPE_ADDRESS_UNUSABLE") : undefined;
  return openStripe({ secretKey, url: url || undefined, ...(authority && { fetch: createFetch(authority.pem) }) });
}
