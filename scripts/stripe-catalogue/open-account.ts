import Stripe from "stripe";
import { openStripe } from "../../gateways/billing/stripe-client.ts";
import { CommandError, usageError } from "../command.ts";
import { readAuthority } from "../http/authority.ts";
import { createFetch } from "../http/trusting-fetch.ts";
import { CATALOGUE_PERMISSIONS, renderKeyLink } from "../stripe/restricted-keys.ts";
import type { Environment } from "../tenant/read-environment.ts";

const link = (): string => renderKeyLink({ name: "Catalogue", permissions: CATALOGUE_PERMISSIONS });

/**
 * @throws {CommandError} STRIPE_KEY_MISSING, STRIPE_KEY_UNUSABLE or STRIPE_ADDRESS_UNUSABLE, before anything is sent
 */
export async function openAccount(environment: Environment): Promise<{ stripe: Stripe; isLive: boolean }> {
  const secretKey = environment.STRIPE_CATALOGUE_KEY?.trim();
  if (!secretKey) {
    throw usageError(
      "STRIPE_KEY_MISSING",
      `Set STRIPE_CATALOGUE_KEY to a restricted key that may write products, prices and meters: ${link()}`,
    );
  }
  if (!/^(?:rk|sk)_(?:test|live)_\w+$/.test(secretKey)) {
    throw usageError(
      "STRIPE_KEY_UNUSABLE",
      `STRIPE_CATALOGUE_KEY is not a key that can write: it must start with rk_test_ or rk_live_. Make one: ${link()}`,
    );
  }
  if (secretKey.startsWith("sk_live_")) {
    throw usageError(
      "STRIPE_KEY_UNUSABLE",
      `STRIPE_CATALOGUE_KEY is a secret key of the live account, which may do everything. Make a restricted one: ${link()}`,
    );
  }
  const url = environment.STRIPE_API_URL || undefined;
  if (url !== undefined && !(URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))) {
    throw usageError(
      "STRIPE_ADDRESS_UNUSABLE",
      "STRIPE_API_URL is not an http or https address. Leave it out for Stripe itself.",
    );
  }
  const authority = url?.startsWith("https:")
    ? await readAuthority(environment, "gateways", "STRIPE_ADDRESS_UNUSABLE")
    : undefined;
  const trusting = authority && { fetch: createFetch(authority.pem) };
  const stripe = openStripe({ secretKey, url, timeout: 10_000, ...trusting });
  return { stripe, isLive: secretKey.includes("_live_") };
}

/**
 * A failed call as something to do about it. Never its message, which may quote the end of the key.
 *
 * @throws {unknown} what was thrown, if it is not a failed call
 */
export function explainFailure(error: unknown): CommandError {
  if (!(error instanceof Stripe.errors.StripeError)) throw error;
  const { statusCode, type, code, requestId, param } = error;
  const facts = [type, statusCode, code, param, requestId]
    .filter((part) => part !== undefined && part !== "")
    .join(" ");
  if (statusCode === 401) {
    return new CommandError(
      "STRIPE_KEY_REFUSED",
      `Stripe does not know STRIPE_CATALOGUE_KEY, or it has expired (${facts}). Make one: ${link()}`,
      { cause: error },
    );
  }
  if (statusCode === 403) {
    // Reading comes first and is what is refused; writing implies it, and is what is needed.
    const lacking = /'(rak_\w+)'/.exec(error.message)?.[1]?.replace(/_read$/, "_write") ?? "a permission";
    return new CommandError(
      "STRIPE_PERMISSION_MISSING",
      `STRIPE_CATALOGUE_KEY lacks ${lacking} (${facts}). Give it that, or make another: ${link()}`,
      { cause: error },
    );
  }
  if (statusCode === undefined) {
    return new CommandError(
      "STRIPE_UNREACHABLE",
      `Stripe does not answer (${facts}). Look at STRIPE_API_URL and the network, and run this again.`,
      { cause: error },
    );
  }
  return new CommandError(
    "STRIPE_FAILED",
    `Stripe refused (${facts}). What was made before stays, and the next run goes on from it.`,
    { cause: error },
  );
}
