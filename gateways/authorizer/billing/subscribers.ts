import type { Hearing } from "./hearing.ts";
import { createOutage } from "./outage.ts";
import type { Payer } from "./payer.ts";
import { createReadCache, type Known, type ReadTimes } from "./read-cache.ts";
import type { ReadRation } from "./read-ration.ts";
import type { BillingRules, PaidScope, ProductReference } from "./rules.ts";
import type { Question } from "./say-failed.ts";
import type { Begun, Sharing } from "./sharing.ts";
import type { BillingSource, Products, Subscription } from "./source.ts";

/** What is known of customers, their subscriptions and the products, read from billing when it has to be. */
export interface Subscribers {
  /** The customer of this payer who is known, right now, to pay for all of these; undefined: it takes `find` to know. */
  findKnown(payer: Payer, paid: readonly PaidScope[]): string | undefined;
  /** The customer of this payer who pays for all of these; undefined: none does. */
  find(payer: Payer, paid: readonly PaidScope[]): Promise<Known<string | undefined>>;
  begin(): Promise<Begun>;
  takeSubscriptions(customer: string, subscriptions: readonly Subscription[], begun: Begun): Promise<void>;
  takeProducts(products: Products, begun: Begun): Promise<void>;
  /** Customers that are known to pay for something. */
  readonly paying: number;
}

export interface SubscribersOptions {
  readonly rules: BillingRules;
  readonly source: BillingSource;
  readonly ration: ReadRation;
  readonly hearing: Hearing;
  readonly sharing: Sharing | undefined;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Milliseconds that a request waits for an answer. */
  readonly timeout: number;
  readonly onFailed: (question: Question, error: unknown) => void;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** An email with more customers than that would eat up the ration. */
const MAX_CANDIDATES = 10;
/**
 * Entries. Room for payers follows the account: some 450 bytes each, 220 MB at most. The others share some 12 MB (250 bytes each):
 * who is forgotten is read again as if for the first time.
 */
const CAPACITY = { paying: 500_000, others: 50_000 };
const DEAF: Hearing = { lasts: () => 0, missed: () => {} };
/** There is one catalogue. */
const CATALOGUE = "";

/** Ids of the products that a customer pays for. */
type Paid = readonly string[];

export function createSubscribers({
  rules,
  source,
  ration,
  hearing,
  sharing,
  clock,
  timeout,
  onFailed,
}: SubscribersOptions): Subscribers {
  const shared = {
    times: readTimes(rules, timeout),
    capacity: CAPACITY,
    outage: createOutage(clock),
    ration,
    hearing,
    clock,
  };
  const readPaid = (subscriptions: readonly Subscription[]): Paid =>
    subscriptions.filter(({ status }) => pays(status, rules)).flatMap(({ products }) => products);
  const subscriptions = createReadCache<Paid>({
    ...shared,
    read: async (customer) => {
      const { value, reads } = await source.readSubscriptions(customer);
      return { value: readPaid(value), reads };
    },
    shared: sharing && { sharing, kind: "subscriptions", render: (ids) => ids, parse: parseTexts },
    onFailed: (error) => onFailed("subscriptions", error),
    pays: (products) => products.length > 0,
    isSame: isSameList,
  });
  const customers = createReadCache<readonly string[]>({
    ...shared,
    // No event that is received tells of an email that has changed.
    hearing: DEAF,
    read: async (email) => {
      const { value, reads } = await source.readCustomers(email);
      return { value: value.slice(0, MAX_CANDIDATES), reads };
    },
    shared: sharing && { sharing, kind: "customers", render: (ids) => ids, parse: parseTexts },
    onFailed: (error) => onFailed("customers", error),
    pays: (ids) => ids.some((id) => (subscriptions.peek(id) ?? []).length > 0),
    isSame: isSameList,
  });
  const catalogue = createReadCache<Products>({
    ...shared,
    read: () => source.readProducts(),
    shared: sharing && { sharing, kind: "products", render: (products) => [...products], parse: parseProducts },
    onFailed: (error) => onFailed("products", error),
    pays: ({ size }) => size > 0,
    isSame: (one, other) => JSON.stringify([...one]) === JSON.stringify([...other]),
  });

  const findProducts = async (reference: ProductReference): Promise<Known<readonly string[]>> => {
    if (reference.kind === "id") return { kind: "known", value: [reference.id] };
    const products = await catalogue.get(CATALOGUE);
    return products.kind === "known" ? { kind: "known", value: products.value.get(reference.name) ?? [] } : products;
  };

  /** The first of the customers that pays for all; `unknown` if it might be one that could not be read. */
  const findPaying = async (
    candidates: readonly string[],
    paid: readonly PaidScope[],
  ): Promise<Known<string | undefined>> => {
    // Side by side: a request waits once. The customer first: after an outage one read is tried, and products are known.
    const [found, wanted] = await Promise.all([
      Promise.all(candidates.map((candidate) => subscriptions.get(candidate))),
      Promise.all(paid.map(({ product }) => findProducts(product))),
    ]);
    const paying = candidates.find((_candidate, index) => {
      const known = found[index];
      return (
        known?.kind === "known" &&
        wanted.every((products) => products.kind === "known" && products.value.some((id) => known.value.includes(id)))
      );
    });
    const isCertain = [...wanted, ...found].every(({ kind }) => kind === "known");
    return paying !== undefined || isCertain ? { kind: "known", value: paying } : { kind: "unknown" };
  };

  /** What a no rests on is looked at again, as often as a no may be: what else the customers pay for makes it no older. */
  const doubt = async (candidates: readonly string[]): Promise<void> => {
    const found = await Promise.all(candidates.map((candidate) => subscriptions.get(candidate, true)));
    const products = catalogue.peek(CATALOGUE);
    const listed = new Set(products && [...products.values()].flat());
    const bought = found.flatMap((known) => (known.kind === "known" ? known.value : []));
    // A product that the catalogue does not know was made since it was read.
    if (products !== undefined && bought.some((id) => !listed.has(id))) await catalogue.get(CATALOGUE, true);
  };

  const findAmong = async (candidates: readonly string[], paid: readonly PaidScope[]) => {
    const paying = await findPaying(candidates, paid);
    if (!isNo(paying)) return paying;
    await doubt(candidates);
    return findPaying(candidates, paid);
  };

  const findByEmail = async (email: string, paid: readonly PaidScope[]): Promise<Known<string | undefined>> => {
    const found = await customers.get(email);
    if (found.kind === "unknown") return found;
    const paying = await findAmong(found.value, paid);
    if (!isNo(paying)) return paying;
    const again = await customers.get(email, true);
    return again.kind === "unknown" || isSameList(again.value, found.value) ? paying : findAmong(again.value, paid);
  };

  const paysForAll = (customer: string, paid: readonly PaidScope[]): boolean => {
    const bought = subscriptions.find(customer);
    return (
      bought !== undefined &&
      paid.every(({ product }) =>
        product.kind === "id"
          ? bought.includes(product.id)
          : catalogue
              .find(CATALOGUE)
              ?.get(product.name)
              ?.some((id) => bought.includes(id)) === true,
      )
    );
  };

  return {
    findKnown(payer, paid) {
      const candidates = payer.kind === "customer" ? [payer.id] : customers.find(payer.email);
      // Of several the first who pays is charged: nobody is passed over who may be it.
      const [first] = candidates ?? [];
      return first !== undefined && paysForAll(first, paid) ? first : undefined;
    },
    find: (payer, paid) => (payer.kind === "customer" ? findAmong([payer.id], paid) : findByEmail(payer.email, paid)),
    begin: subscriptions.begin,
    takeSubscriptions: (customer, found, begun) => subscriptions.take(customer, readPaid(found), begun),
    takeProducts: (products, begun) => catalogue.take(CATALOGUE, products, begun),
    get paying() {
      return subscriptions.paying;
    },
  };
}

function readTimes(rules: BillingRules, timeout: number): ReadTimes {
  const paid = rules.cacheSeconds * 1000;
  const unpaid = rules.negativeCacheSeconds * 1000;
  return {
    paid,
    revalidate: Math.min(paid, 5 * MINUTE),
    unpaid,
    longestUnpaid: Math.max(unpaid, 10 * MINUTE),
    stale: rules.onStripeError === "deny" ? 0 : DAY,
    timeout,
  };
}

const isNo = (paying: Known<string | undefined>): boolean => paying.kind === "known" && paying.value === undefined;

/** `pause_collection` leaves the status as it is; a subscription that ends with its period is active until then. */
function pays(status: string, { pastDue }: BillingRules): boolean {
  return status === "active" || status === "trialing" || (status === "past_due" && pastDue === "allow");
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((entry, index) => entry === other[index]);
}

const parseTexts = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) && value.every((one): one is string => typeof one === "string") ? value : undefined;

function parseProducts(value: unknown): Products | undefined {
  if (!Array.isArray(value)) return undefined;
  const products = new Map<string, readonly string[]>();
  for (const entry of value as unknown[]) {
    const [name, listed] = Array.isArray(entry) ? (entry as unknown[]) : [];
    const ids = parseTexts(listed);
    if (typeof name !== "string" || ids === undefined) return undefined;
    products.set(name, ids);
  }
  return products;
}
