import type { Payer } from "./payer.ts";
import { createReadCache, type Known } from "./read-cache.ts";
import type { ReadRation } from "./read-ration.ts";
import type { BillingRules, PaidScope, ProductReference } from "./rules.ts";
import type { BillingSource, Subscription } from "./source.ts";

/** What is known of customers, their subscriptions and the products, read from billing when it has to be. */
export interface Subscribers {
  /** The customer of this payer who pays for all of these; undefined: none does. */
  find(payer: Payer, paid: readonly PaidScope[]): Promise<Known<string | undefined>>;
  refreshCustomer(customer: string): Promise<void>;
  refreshProducts(): Promise<void>;
}

export interface SubscribersOptions {
  readonly rules: BillingRules;
  readonly source: BillingSource;
  readonly ration: ReadRation;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Milliseconds that a request waits for an answer. */
  readonly patience: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** The longest that a subscription is taken for granted while the ration is short. */
const MAX_FRESH = 7 * DAY;
/** An email with more customers than that would eat up the ration. */
const MAX_CANDIDATES = 10;

export function createSubscribers({ rules, source, ration, clock, patience }: SubscribersOptions): Subscribers {
  const cacheFor = rules.cacheSeconds * 1000;
  const emptyFor = rules.negativeCacheSeconds * 1000;
  const shared = {
    freshFor: (value: { readonly length: number } | { readonly size: number }, repeats: number) =>
      isEmpty(value)
        ? Math.min(emptyFor * 2 ** repeats, Math.max(emptyFor, 10 * MINUTE))
        : Math.min(cacheFor * ration.scarcity, Math.max(cacheFor, MAX_FRESH)),
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
    // Side by side: a request has patience for one wait.
    const [wanted, found] = await Promise.all([
      Promise.all(paid.map(({ product }) => findProducts(product))),
      Promise.all(candidates.map((candidate) => subscriptions.get(candidate))),
    ]);
    const paying = candidates.find((_candidate, index) => {
      const known = found[index];
      return (
        known?.kind === "known" &&
        wanted.every((products) => products.kind === "known" && covers(known.value, products.value))
      );
    });
    const isCertain = [...wanted, ...found].every(({ kind }) => kind === "known");
    return paying !== undefined || isCertain ? { kind: "known", value: paying } : { kind: "unknown" };
  };

  const findAmong = async (
    candidates: readonly string[],
    paid: readonly PaidScope[],
  ): Promise<Known<string | undefined>> => {
    const paying = await findPaying(candidates, paid);
    if (paying.kind === "unknown" || paying.value !== undefined || !(await hasNewProduct(candidates))) return paying;
    await products.refresh("");
    return findPaying(candidates, paid);
  };

  return {
    async find(payer, paid) {
      if (payer.kind === "customer") return findAmong([payer.id], paid);
      const found = await customers.get(payer.email);
      return found.kind === "known" ? findAmong(found.value.slice(0, MAX_CANDIDATES), paid) : found;
    },
    refreshCustomer: async (customer) => void (await subscriptions.refresh(customer)),
    refreshProducts: async () => void (await products.refresh("")),
  };
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
