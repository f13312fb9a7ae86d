import { isSameList } from "./is-same-list.ts";
import { CATALOGUE, type Knowledge, MAX_CANDIDATES } from "./knowledge.ts";
import { type Known, known, UNKNOWN } from "./known.ts";
import { listPaid } from "./list-paid.ts";
import type { Payer } from "./payer.ts";
import type { BillingRules, PaidScope, ProductReference } from "./rules.ts";
import type { Begun } from "./sharing.ts";
import type { Products, Subscription } from "./source.ts";

/** What is known of customers, their subscriptions and the products, read from billing when it has to be. */
export interface Subscribers {
  /** The customer of this payer who is known, right now, to pay for all of these; undefined: it takes `find` to know. */
  findKnown(payer: Payer, paid: readonly PaidScope[]): string | undefined;
  /** The customer of this payer who pays for all of these; undefined: none does. */
  find(payer: Payer, paid: readonly PaidScope[]): Promise<Known<string | undefined>>;
  begin(): Promise<Begun>;
  takeSubscriptions(customer: string, subscriptions: readonly Subscription[], begun: Begun): Promise<void>;
  takeCustomer(email: string, customer: string, begun: Begun): Promise<void>;
  takeProducts(products: Products, begun: Begun): Promise<void>;
  awaitPayment(customer: string): void;
  /** Customers that are known to pay for something. */
  readonly paying: number;
}

/** Finds who pays, by what is known. */
export function createSubscribers(
  { subscriptions, customers, catalogue }: Knowledge,
  rules: BillingRules,
): Subscribers {
  const findProducts = async (reference: ProductReference): Promise<Known<readonly string[]>> => {
    if (reference.kind === "id") return known([reference.id]);
    const products = await catalogue.get(CATALOGUE);
    return products.kind === "known" ? known(products.value.get(reference.name) ?? []) : products;
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
      const bought = found[index];
      return (
        bought?.kind === "known" &&
        wanted.every((products) => products.kind === "known" && products.value.some((id) => bought.value.includes(id)))
      );
    });
    const isCertain = [...wanted, ...found].every(({ kind }) => kind === "known");
    return paying !== undefined || isCertain ? known(paying) : UNKNOWN;
  };

  /** What a no rests on is looked at again, as often as a no may be: what else the customers pay for makes it no older. */
  const doubt = async (candidates: readonly string[]): Promise<void> => {
    const found = await Promise.all(candidates.map((candidate) => subscriptions.get(candidate, true)));
    const products = catalogue.peek(CATALOGUE);
    const listed = new Set(products && [...products.values()].flat());
    const bought = found.flatMap((paid) => (paid.kind === "known" ? paid.value : []));
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
    takeSubscriptions: (customer, found, begun) => subscriptions.take(customer, listPaid(found, rules), begun),
    // Of an email's customers it is the newest: it was made since they were read.
    takeCustomer: (email, customer, begun) =>
      customers.change(email, (ids) => [...new Set([...ids, customer])].slice(0, MAX_CANDIDATES), begun),
    awaitPayment: subscriptions.awaitPaying,
    takeProducts: (products, begun) => catalogue.take(CATALOGUE, products, begun),
    get paying() {
      return subscriptions.paying;
    },
  };
}

const isNo = (paying: Known<string | undefined>): boolean => paying.kind === "known" && paying.value === undefined;
