import { isLoopback } from "../../../gateways/authorizer/loopback.ts";
import { createFetch } from "../../http/trusting-fetch.ts";
import { createRetryingFetch } from "../retrying-fetch.ts";
import { type CheckContext, findSettings } from "./context.ts";
import { error, type Finding, warning } from "./finding.ts";
import { CREATE_KEY_URL, findStripeKey, type StripeKey } from "./stripe-key.ts";

const STRIPE = "https://api.stripe.com";

/**
 * Requests without a side effect. Stripe looks at permissions before it looks at parameters, so a customer that cannot
 * exist tells them apart: 404 with the permission, 403 without. (Never `POST /v1/customers`: that makes one.)
 */
const NEEDED = [
  {
    action: "sync-stripe-customer",
    method: "GET",
    path: "/v1/customers?limit=1",
    granted: 200,
    permission: "rak_customer_read",
  },
  {
    action: "sync-stripe-customer",
    method: "POST",
    path: "/v1/customers/nowaythiscanexist",
    granted: 404,
    permission: "rak_customer_write",
  },
  {
    action: "require-subscription",
    method: "GET",
    path: "/v1/subscriptions?limit=1",
    granted: 200,
    permission: "rak_subscription_read",
  },
  {
    action: "require-subscription",
    method: "GET",
    path: "/v1/products?limit=1",
    granted: 200,
    permission: "rak_product_read",
  },
] as const;

/** What the Action never does: a key that may is broader than it needs to be. */
const TOO_BROAD = [
  { method: "GET", path: "/v1/balance", what: "read the account's balance" },
  { method: "GET", path: "/v1/charges?limit=1", what: "read charges" },
] as const;

/**
 * Asks Stripe whether the key may do what the Actions that get it do. The local tenant's keys are known to no Stripe: they
 * are asked about only where STRIPE_API_URL names a local one.
 */
export async function checkStripePermissions(context: CheckContext): Promise<readonly Finding[]> {
  const key = findStripeKey(context);
  const base = context.environment.STRIPE_API_URL || undefined;
  // Whoever gets to see this request has the key.
  if (base !== undefined && !isLocalUrl(base)) {
    return [error("STRIPE_API_URL_REFUSED", "STRIPE_API_URL is for a Stripe on this machine only: unset it.")];
  }
  if (key === undefined || (base === undefined && isLoopback(new URL(`https://${context.domain}`)))) return [];
  if (context.skipStripeCheck) {
    return [warning("STRIPE_NOT_CHECKED", "Stripe was not asked what the key may do (--skip-stripe-check).")];
  }
  const ask = base === undefined ? createAsk(STRIPE, key, fetch) : createAsk(base, key, createFetch(context.ca));
  const probes = NEEDED.filter(({ action }) => findSettings(context, action) !== undefined);
  const needed = await Promise.all(probes.map(async (probe) => judgeNeeded(probe, await ask(probe))));
  const first = needed.find((finding) => finding !== undefined);
  // One reason is enough: a refused key is refused everywhere, and writing implies reading.
  if (first !== undefined) return [first];
  return key.isRestricted ? checkBreadth(ask) : [];
}

interface Probe {
  readonly method: string;
  readonly path: string;
}

type Ask = (probe: Probe) => Promise<number | undefined>;

/** Resolves to the status, or undefined when there is no answer. Bodies are not read: they repeat parts of the key. */
function createAsk(base: string, { secret }: StripeKey, trustingFetch: typeof fetch): Ask {
  const send = createRetryingFetch({ attempts: 2, rateLimitRetries: 2 }, trustingFetch);
  return async ({ method, path }) => {
    const headers = { authorization: `Bearer ${secret}` };
    return send(new URL(path, base).href, { method, headers }).then(
      ({ status }) => status,
      () => undefined,
    );
  };
}

function judgeNeeded(
  { action, granted, permission }: (typeof NEEDED)[number],
  status: number | undefined,
): Finding | undefined {
  if (status === granted) return undefined;
  if (status === 401) {
    return error(
      "STRIPE_KEY_REFUSED",
      `Stripe does not accept STRIPE_SECRET_KEY: it was revoked, has expired or was mistyped. Make one: ${CREATE_KEY_URL}`,
    );
  }
  if (status === 403) {
    return error(
      "STRIPE_PERMISSION_MISSING",
      `STRIPE_SECRET_KEY lacks ${permission}, without which ${action} cannot do its work at logins. Make one that has it: ${CREATE_KEY_URL}`,
    );
  }
  const what = status === undefined ? "did not answer" : `answered ${status}`;
  return warning(
    "STRIPE_NOT_CHECKED",
    `Stripe ${what}, so it is not known whether the key may do what ${action} needs.`,
  );
}

async function checkBreadth(ask: Ask): Promise<readonly Finding[]> {
  const answers = await Promise.all(TOO_BROAD.map(async (probe) => ({ ...probe, status: await ask(probe) })));
  const broad = answers.filter(({ status }) => status === 200).map(({ what }) => what);
  if (broad.length === 0) return [];
  return [
    warning(
      "STRIPE_KEY_TOO_BROAD",
      `STRIPE_SECRET_KEY may also ${broad.join(" and ")}. The Actions need less: ${CREATE_KEY_URL}`,
    ),
  ];
}

function isLocalUrl(text: string): boolean {
  return URL.canParse(text) && isLoopback(new URL(text));
}
