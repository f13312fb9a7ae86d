import Stripe from "stripe";
import { ConfigurationError } from "../authorizer/problems.ts";

export interface StripeAccess {
  /** A restricted key that may read customers, products and subscriptions, and write meter events. */
  readonly secretKey: string;
  /** Where Stripe is, if it is not api.stripe.com: `http://127.0.0.1:12111`. */
  readonly url?: string | undefined;
  /** Milliseconds a call may take; 2,000 without it. */
  readonly timeout?: number | undefined;
  /** One that trusts a Stripe on this machine; Node's own without it. */
  readonly fetch?: typeof fetch | undefined;
}

/**
 * Of the SDK's HTTP clients only the one on fetch has a timeout that an answer in drops cannot outlast. Nothing is tried
 * again here: reads have a ration, and meter events have a journal that decides.
 *
 * @throws {ConfigurationError} without a key that could ask
 */
export function openStripe({ secretKey, url, timeout = 2_000, fetch }: StripeAccess): Stripe {
  const problem = findKeyProblem(secretKey);
  if (problem !== undefined) throw new ConfigurationError("The settings of Stripe", [`secretKey: ${problem}`]);
  const address = url === undefined ? undefined : new URL(url);
  return new Stripe(secretKey, {
    httpClient: Stripe.createFetchHttpClient(fetch),
    maxNetworkRetries: 0,
    telemetry: false,
    timeout,
    ...(address && {
      host: address.hostname,
      port: address.port || (address.protocol === "http:" ? 80 : 443),
      protocol: address.protocol === "http:" ? "http" : "https",
    }),
  });
}

/** Why nothing could be asked with this key, and which one is needed; never the key itself. */
export function findKeyProblem(key: unknown): string | undefined {
  const needed = "a restricted key (rk_…) that may read customers, products and subscriptions, and write meter events";
  // From JavaScript it may be `process.env.NAME` of a variable that is not there.
  if (typeof key !== "string" || key.trim() === "") return `is missing; expected ${needed}`;
  if (key.startsWith("pk_")) return `is a publishable key, which cannot ask Stripe anything; expected ${needed}`;
  return /^(?:rk|sk)_/.test(key) ? undefined : `is not a key to Stripe's API; expected ${needed}`;
}

/** A 2xx answer that is not what was asked for: the SDK takes any JSON without an `error` member for one. */
export class UnexpectedAnswer extends Error {
  override readonly name = "UnexpectedAnswer";
  readonly code = "STRIPE_UNEXPECTED_ANSWER";

  constructor() {
    super("Stripe answered something else than was asked for. Is the address really Stripe's?");
  }
}
