import type { Person } from "./person.ts";
import type { Customer } from "./stripe-customers.ts";

/** What the customers that have the user's email mean for the user. */
export type Choice =
  | { kind: "link"; id: string }
  | { kind: "create" }
  | { kind: "adopt"; id: string }
  /** Somebody else's, or so many that nobody can tell. */
  | { kind: "taken"; id: string };

/** @param customers newest first */
export const chooseCustomer = (customers: readonly Customer[], person: Person, mayAdopt: boolean): Choice => {
  const [first] = customers;
  if (first === undefined) return { kind: "create" };
  // Should there be several, the oldest has the history.
  const own =
    customers.findLast(({ ownerId }) => ownerId === person.userId) ??
    customers.findLast((customer) => isOwn(customer, person));
  if (own !== undefined) return { kind: "link", id: own.id };
  const isFree = customers.length === 1 && !first.ownerId;
  return { kind: mayAdopt && isFree ? "adopt" : "taken", id: first.id };
};

export const isOwn = ({ ownerId }: Customer, { userIds }: Person): boolean =>
  ownerId !== undefined && userIds.includes(ownerId);
