import type { Hearing } from "./hearing.ts";
import { isSameList } from "./is-same-list.ts";
import { listPaid } from "./list-paid.ts";
import { createOutage } from "./outage.ts";
import { parseProducts, parseTexts } from "./parse-shared.ts";
import { createReadCache, type ReadCache } from "./read-cache.ts";
import type { ReadRation } from "./read-ration.ts";
import { getReadTimes } from "./read-times.ts";
import type { BillingRules } from "./rules.ts";
import type { Question } from "./say-failed.ts";
import type { Sharing } from "./sharing.ts";
import type { BillingSource, Products } from "./source.ts";

/** What is known of billing, each kind read when it has to be. */
export interface Knowledge {
  /** Of a customer's id: ids of the products that it pays for. */
  readonly subscriptions: ReadCache<readonly string[]>;
  /** Of an email: ids of its customers. */
  readonly customers: ReadCache<readonly string[]>;
  /** Of `CATALOGUE`. */
  readonly catalogue: ReadCache<Products>;
}

interface KnowledgeOptions {
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

/** There is one catalogue. */
export const CATALOGUE = "";

/** An email with more customers than that would eat up the ration. */
export const MAX_CANDIDATES = 10;
/**
 * Entries. Room for payers follows the account: some 450 bytes each, 220 MB at most. The others share some 12 MB (250 bytes each):
 * who is forgotten is read again as if for the first time.
 */
const CAPACITY = { paying: 500_000, others: 50_000 };
const DEAF: Hearing = { lasts: () => 0, missed: () => {} };

export function createKnowledge({
  rules,
  source,
  ration,
  hearing,
  sharing,
  clock,
  timeout,
  onFailed,
}: KnowledgeOptions): Knowledge {
  const shared = {
    times: getReadTimes(rules, timeout),
    capacity: CAPACITY,
    outage: createOutage(clock),
    ration,
    hearing,
    clock,
  };
  const subscriptions = createReadCache<readonly string[]>({
    ...shared,
    read: async (customer) => {
      const { value, reads } = await source.readSubscriptions(customer);
      return { value: listPaid(value, rules), reads };
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
  return { subscriptions, customers, catalogue };
}
