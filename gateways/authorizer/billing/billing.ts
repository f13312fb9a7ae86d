import type { RefusalCode, Usage } from "../decision.ts";
import type { Claims } from "../token/claims.ts";
import { findPayer, type Payer } from "./payer.ts";
import { createReadCache, type Known } from "./read-cache.ts";
import { createReadRation, type ReadRation } from "./read-ration.ts";
import type { BillingRules, PaidScope, ProductReference } from "./rules.ts";
import type { BillingSource, Subscription } from "./source.ts";

export type Charge =
  | { readonly kind: "paid"; readonly customer: string | undefined; readonly usage: Usage | undefined }
  | {
      readonly kind: "refused";
      readonly code: Extract<RefusalCode, `customer_${string}` | `subscription_${string}` | "billing_unavailable">;
    };

export interface ChargeRequest {
  readonly claims: Claims;
  /** What the request needs; only the paid ones matter. */
  readonly scopes: readonly string[];
  /** The route's word on whether its requests count towards the meter. */
  readonly metered: boolean | undefined;
}

export interface Billing {
  /** Never rejects. Scopes that cost nothing ask nobody. */
  charge(request: ChargeRequest): Promise<Charge>;
  /** To be called when a customer's subscriptions have changed: they are read anew, now. */
  refreshCustomer(customer: string): Promise<void>;
  /** To be called when products have changed. */
  refreshProducts(): Promise<void>;
  readonly ration: ReadRation;
  readonly rules: BillingRules;
}

export interface BillingOptions {
  readonly rules: BillingRules;
  readonly source: BillingSource;
  /** Of the API; claims are named after it. */
  readonly audience: string;
  /** Milliseconds since the epoch. */
  readonly clock?: () => number;
  /** Milliseconds that a request waits for Stripe; 3,000 without it. */
  readonly patience?: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Whether what a request needs is paid for, within Stripe's read ration. */
export function createBilling({
  rules,
  source,
  audience,
  clock = Date.now,
  patience = 3_000,
}: BillingOptions): Billing {
  const ration = createReadRation(rules.readsPerMonth, clock);
  const cacheFor = rules.cacheSeconds * 1000;
  const emptyFor = rules.negativeCacheSeconds * 1000;
  const shared = {
    freshFor: (value: { readonly length: number } | { readonly size: number }, repeats: number) =>
      isEmpty(value) ? Math.min(emptyFor * 2 ** repeats, Math.max(emptyFor, 10 * MINUTE)) : cacheFor,
    isEmpty,
    revalidateFor: Math.min(cacheFor, 5 * MINUTE),
    staleFor: rules.onStripeError === "deny" ? 0 : DAY,
    patience,
    capacity: 10_000,
    restAfterFailure: 2_000,
    ration,
    clock,
  };
  // "Empty" is what refuses: a customer without anything that pays.
  const subscriptions = createReadCache<readonly Subscription[]>({
    ...shared,
    read: async (customer) => {
      const { value, reads } = await source.readSubscriptions(customer);
      return { value: value.filter(({ status }) => pays(status, rules)), reads };
    },
  });
  const customers = createReadCache({ ...shared, read: (email) => source.readCustomers(email) });
  let catalogueReadAt = Number.NEGATIVE_INFINITY;
  const products = createReadCache({
    ...shared,
    read: () => {
      catalogueReadAt = clock();
      return source.readProducts();
    },
  });

  const findProducts = async (reference: ProductReference): Promise<Known<readonly string[]>> => {
    if (reference.kind === "id") return { kind: "known", value: [reference.id] };
    const catalogue = await products.get("");
    return catalogue.kind === "known" ? { kind: "known", value: catalogue.value.get(reference.name) ?? [] } : catalogue;
  };

  /** A product that the catalogue does not know was made since it was read. */
  const hasNewProduct = async (candidates: readonly string[]): Promise<boolean> => {
    if (clock() - catalogueReadAt < MINUTE) return false;
    const catalogue = await products.get("");
    if (catalogue.kind === "unknown") return false;
    const listed = new Set([...catalogue.value.values()].flat());
    const found = await Promise.all(candidates.map((customer) => subscriptions.get(customer)));
    return found.some(
      (known) => known.kind === "known" && known.value.some((one) => one.products.some((id) => !listed.has(id))),
    );
  };

  /** The first of the customers that pays for all; `unknown` if it might be one that could not be read. */
  const findPaying = async (
    candidates: readonly string[],
    paid: readonly PaidScope[],
  ): Promise<Known<string | undefined>> => {
    const wanted = await Promise.all(paid.map(({ product }) => findProducts(product)));
    let isCertain = true;
    for (const customer of candidates) {
      const found = await subscriptions.get(customer);
      if (found.kind === "unknown") isCertain = false;
      else if (wanted.every((ids) => ids.kind === "known" && covers(found.value, ids.value)))
        return { kind: "known", value: customer };
    }
    if (wanted.some(({ kind }) => kind === "unknown")) isCertain = false;
    return isCertain ? { kind: "known", value: undefined } : { kind: "unknown" };
  };

  const findSubscriber = async (
    candidates: readonly string[],
    paid: readonly PaidScope[],
  ): Promise<Known<string | undefined>> => {
    const paying = await findPaying(candidates, paid);
    if (paying.kind === "unknown" || paying.value !== undefined || !(await hasNewProduct(candidates))) return paying;
    await products.refresh("");
    return findPaying(candidates, paid);
  };

  const findCandidates = async (payer: Payer): Promise<Known<readonly string[]>> =>
    payer.kind === "customer" ? { kind: "known", value: [payer.id] } : customers.get(payer.email);

  return {
    async charge({ claims, scopes, metered }) {
      const payer = findPayer(claims, audience, rules);
      const named = payer?.kind === "customer" ? payer.id : undefined;
      const paid = scopes.flatMap((scope) => rules.paid.get(scope) ?? []);
      if (paid.length === 0) return { kind: "paid", customer: named, usage: undefined };
      if (payer === undefined) return { kind: "refused", code: "customer_unknown" };

      const candidates = await findCandidates(payer);
      const paying = candidates.kind === "known" ? await findSubscriber(candidates.value, paid) : candidates;
      if (paying.kind === "known" && paying.value === undefined)
        return { kind: "refused", code: "subscription_missing" };
      const customer = paying.kind === "known" ? paying.value : named;
      const usage = findUsage(paid, metered);
      if (paying.kind === "unknown" && (rules.onStripeError !== "allow" || (usage && customer === undefined)))
        return { kind: "refused", code: "billing_unavailable" };
      return { kind: "paid", customer, usage: usage && customer !== undefined ? { customer, ...usage } : undefined };
    },
    refreshCustomer: async (customer) => void (await subscriptions.refresh(customer)),
    refreshProducts: async () => void (await products.refresh("")),
    ration,
    rules,
  };
}

/** A request counts once: towards the first meter among its paid scopes. */
function findUsage(paid: readonly PaidScope[], metered: boolean | undefined): PaidScope["usage"] {
  return metered === false ? undefined : paid.find(({ usage }) => usage)?.usage;
}

/** `pause_collection` leaves the status as it is; a subscription that ends with its period is active until then. */
function pays(status: string, { pastDue }: BillingRules): boolean {
  return status === "active" || status === "trialing" || (status === "past_due" && pastDue === "allow");
}

function covers(subscriptions: readonly Subscription[], products: readonly string[]): boolean {
  return subscriptions.some((subscription) => subscription.products.some((id) => products.includes(id)));
}

function isEmpty(value: { readonly length: number } | { readonly size: number }): boolean {
  return ("length" in value ? value.length : value.size) === 0;
}
