import type { Person } from "./person.ts";
import type { Customer } from "./stripe-customers.ts";

/** What the customers that were found mean for the user. */
export type Choice =
  | { kind: "link"; id: string }
  | { kind: "create"; email: string }
  /** To be made this user's: it was made for another identity of theirs, or for nobody. */
  | { kind: "adopt"; id: string }
  /** Somebody else's, or so many that nobody can tell. */
  | { kind: "denied"; id: string; why: string };

/** Should there be several, the oldest has the history. @param customers newest first */
export function findOwn(
  customers: readonly Customer[],
  { userId, userIds }: Pick<Person, "userId" | "userIds">,
): Extract<Choice, { kind: "link" | "adopt" }> | undefined {
  const findOf = (owners: readonly unknown[]) => customers.findLast(({ ownerId }) => owners.includes(ownerId));
  const own = findOf([userId]);
  if (own !== undefined) return { kind: "link", id: own.id };
  const former = findOf(userIds);
  return former && { kind: "adopt", id: former.id };
}

/** @param customers those that have the user's email, none of them this user's */
export function chooseOther(customers: readonly Customer[], mayAdopt: boolean): Choice | undefined {
  const [first, ...more] = customers.filter(({ isOrphan }) => !isOrphan);
  if (first === undefined) return undefined;
  return mayAdopt && more.length === 0 && !first.ownerId
    ? { kind: "adopt", id: first.id }
    : { kind: "denied", id: first.id, why: renderWhy(more.length) };
}

const renderWhy = (others: number): string =>
  others === 0 ? "has this email and is not this user's" : `and ${others} more have this email and are not this user's`;
