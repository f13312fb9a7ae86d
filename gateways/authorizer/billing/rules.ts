import { ConfigurationError, isRecord, Problems } from "../problems.ts";
import { isScope } from "../routes/route.ts";
import { readChoice, readHttps, readNamespace, readNumber, readText } from "./read-member.ts";

/** A scope that costs money. */
export interface PaidScope {
  readonly scope: string;
  readonly product: ProductReference;
  /** Each allowed request counts `value` units towards this meter's `event_name`. Undefined: a flat price. */
  readonly usage: { readonly meter: string; readonly value: number } | undefined;
}

export type ProductReference =
  /** As in the dashboard: names can be changed there, and two products may share one; either pays. */
  { readonly kind: "name"; readonly name: string } | { readonly kind: "id"; readonly id: string };

export interface BillingRules {
  readonly paid: ReadonlyMap<string, PaidScope>;
  /** What the names of claims begin with; undefined: the audience. */
  readonly claimNamespace: string | undefined;
  /** Names of the claims that say who pays. Undefined: `<audience>stripe_customer_id` and so on. */
  readonly customerClaim: string | undefined;
  readonly emailClaim: string | undefined;
  readonly emailVerifiedClaim: string | undefined;
  /** Where to subscribe: named in every 402. */
  readonly paymentUrl: string | undefined;
  /** Whether `past_due` still counts as paid. */
  readonly pastDue: "refuse" | "allow";
  /**
   * When Stripe does not answer: `deny` answers 503; `stale` (default) uses the last known value for a day, and else answers
   * 503; `allow` lets through what is not known to be unpaid.
   */
  readonly onStripeError: "deny" | "stale" | "allow";
  /** Seconds that a subscription counts as read; an hour without it, and longer while the ration runs short. */
  readonly cacheSeconds: number;
  /** Seconds that "no subscription" counts as read, doubled each time it is found again; 30 without it. */
  readonly negativeCacheSeconds: number;
  /** Reads that this process may make at Stripe in any 30 days; undefined: what Stripe's own rule gives it. */
  readonly readsPerMonth: number | undefined;
  /** Processes that share what Stripe's rule gives the account; 1 without it. */
  readonly processes: number;
}

/**
 * stripe.json: the format of apibillme (`{"scopes": [{"method": "get", "baseURL": "users"}]}`: what is listed asks Stripe,
 * the rest does not) with more to say where needed: `scope` instead of method and baseURL, `product` (its name; without it
 * the scope) or `productId`, `meter` and `value`. `price` is for `npm run stripe:catalogue` alone: what a subscription costs
 * is not asked here.
 *
 * @throws {ConfigurationError} with every problem in it
 */
export function parseBillingRules(value: unknown, file = "stripe.json"): BillingRules {
  const problems = new Problems(file);
  if (!isRecord(value) || !Array.isArray(value.scopes))
    throw new ConfigurationError(file, ['scopes: expected a list such as [{"method": "get", "baseURL": "users"}]']);
  const paid = new Map<string, PaidScope>();
  for (const [index, entry] of (value.scopes as unknown[]).entries()) {
    const scope = parsePaidScope(entry, `scopes[${index}]`, problems);
    if (scope === undefined) continue;
    if (paid.has(scope.scope)) problems.add(`scopes[${index}]`, `${scope.scope} is listed twice`);
    paid.set(scope.scope, scope);
  }
  for (const name of Object.keys(value)) if (!MEMBERS.has(name)) problems.add(name, "is not known here");
  const namespace = readNamespace(value, "claimNamespace", problems);
  const claimOf = (name: string) => (namespace === undefined ? undefined : `${namespace}${name}`);
  const read = {
    claimNamespace: namespace,
    customerClaim: readText(value, "customerClaim", problems) ?? claimOf("stripe_customer_id"),
    emailClaim: readText(value, "emailClaim", problems) ?? claimOf("email"),
    emailVerifiedClaim: readText(value, "emailVerifiedClaim", problems) ?? claimOf("email_verified"),
    paymentUrl: readHttps(value, "paymentUrl", problems),
    pastDue: readChoice(value, "pastDue", ["refuse", "allow"] as const, problems),
    onStripeError: readChoice(value, "onStripeError", ["stale", "deny", "allow"] as const, problems),
    cacheSeconds: readNumber(value, "cacheSeconds", 3600, problems),
    negativeCacheSeconds: readNumber(value, "negativeCacheSeconds", 30, problems),
    readsPerMonth: value.readsPerMonth === undefined ? undefined : readNumber(value, "readsPerMonth", 0, problems),
    processes: readNumber(value, "processes", 1, problems),
  };
  problems.throwIfAny();
  return { paid, ...read };
}

const MEMBERS = new Set([
  "$schema",
  "scopes",
  "claimNamespace",
  "customerClaim",
  "emailClaim",
  "emailVerifiedClaim",
  "paymentUrl",
  "pastDue",
  "onStripeError",
  "cacheSeconds",
  "negativeCacheSeconds",
  "readsPerMonth",
  "processes",
]);
const SCOPE_MEMBERS = new Set(["method", "baseURL", "scope", "product", "productId", "meter", "value", "price"]);

function parsePaidScope(value: unknown, place: string, problems: Problems): PaidScope | undefined {
  if (!isRecord(value)) return problems.add(place, "expected an object");
  for (const name of Object.keys(value))
    if (!SCOPE_MEMBERS.has(name)) problems.add(`${place}.${name}`, "is not known here");
  const scope = readScope(value);
  if (scope === undefined)
    return problems.add(place, 'expected "method" and "baseURL" (the first path segment), or "scope"');
  const { product, productId } = value;
  if (product !== undefined && (typeof product !== "string" || product === ""))
    return problems.add(`${place}.product`, "expected the product's name");
  if (productId !== undefined && (typeof productId !== "string" || productId === "" || product !== undefined))
    return problems.add(`${place}.productId`, "expected the product's id, instead of its name");
  if (typeof productId === "string" && /^(?:price|plan|sub|si)_/.test(productId))
    return problems.add(`${place}.productId`, "expected a product's id (prod_…): with another one nobody has paid");
  const usage = readUsage(value, place, problems);
  return {
    scope,
    product: typeof productId === "string" ? { kind: "id", id: productId } : { kind: "name", name: product ?? scope },
    usage,
  };
}

function readScope({ scope, method, baseURL }: Record<string, unknown>): string | undefined {
  if (typeof scope === "string")
    return isScope(scope) && method === undefined && baseURL === undefined ? scope : undefined;
  if (typeof method !== "string" || typeof baseURL !== "string") return undefined;
  // The original compares both in lower case; a slash in front is a likely slip.
  const composed = `${method}:${baseURL.replace(/^\//, "")}`.toLowerCase();
  return /^[a-z]+:[a-z0-9_~-][a-z0-9._~-]*$/.test(composed) ? composed : undefined;
}

function readUsage({ meter, value }: Record<string, unknown>, place: string, problems: Problems): PaidScope["usage"] {
  if (meter === undefined) {
    if (value !== undefined) problems.add(`${place}.value`, 'means nothing without "meter"');
    return undefined;
  }
  if (typeof meter !== "string" || !/^[\x21-\x7e]{1,100}$/.test(meter))
    return problems.add(`${place}.meter`, "expected the meter's event_name: at most 100 characters");
  if (value !== undefined && !(Number.isSafeInteger(value) && Number(value) > 0))
    return problems.add(`${place}.value`, "expected a whole number above 0");
  return { meter, value: value === undefined ? 1 : Number(value) };
}
