import type { User } from "./directory.ts";

interface Bought {
  readonly subscription: string;
  readonly customer: string;
  /** The user's id under which it was bought; of accounts that part, the one whose customer it is. */
  buyer: string;
  readonly person: number;
  /** Milliseconds since the epoch; undefined: it goes on. */
  endedAt: number | undefined;
}

/** Who has bought what, as the people themselves know it: no customer's metadata and no token is looked at. */
export interface Ledger {
  buy(subscription: string, customer: string, user: User): void;
  end(subscription: string): void;
  /** Subscriptions of the user that are not over. */
  listOf(user: User): readonly string[];
  pays(user: User): boolean;
  /** Whether any user of the person does. */
  doesPersonPay(person: number): boolean;
  /** What the person's customers had until it ended: webhooks tell of each customer by itself. */
  listEnded(person: number): readonly { readonly customer: string; readonly endedAt: number }[];
  /** Of accounts that part, a subscription stays with the one that is linked to its customer. */
  part(kept: User, parted: User): void;
}

export function createLedger(now: () => number): Ledger {
  const bySubscription = new Map<string, Bought>();
  const byPerson = new Map<number, Bought[]>();
  const ofPerson = (person: number): readonly Bought[] => byPerson.get(person) ?? [];
  const listOf: Ledger["listOf"] = ({ person, identities }) =>
    ofPerson(person)
      .filter(({ buyer, endedAt }) => endedAt === undefined && identities.some(({ id }) => id === buyer))
      .map(({ subscription }) => subscription);
  return {
    buy(subscription, customer, { id: buyer, person }) {
      const one: Bought = { subscription, customer, buyer, person, endedAt: undefined };
      bySubscription.set(subscription, one);
      byPerson.set(person, [...ofPerson(person), one]);
    },
    end(subscription) {
      const one = bySubscription.get(subscription);
      if (one !== undefined) one.endedAt ??= now();
    },
    listOf,
    pays: (user) => listOf(user).length > 0,
    doesPersonPay: (person) => ofPerson(person).some(({ endedAt }) => endedAt === undefined),
    listEnded: (person) =>
      ofPerson(person).flatMap(({ customer, endedAt }) => (endedAt === undefined ? [] : [{ customer, endedAt }])),
    part(kept, { id, person }) {
      for (const one of ofPerson(person))
        if (one.buyer === id && one.customer === kept.metadata.stripe_customer_id) one.buyer = kept.id;
    },
  };
}
