import { type Profile, readUserIds } from "../shared/trusted-email.ts";
import type { Customer } from "./stripe-customers.ts";

/** What the customers that were found mean for the user. */
export type Choice =
  | { kind: "found"; id: string; email: string }
  | { kind: "create"; email: string }
  /** To be made this user's: it was made for another identity of theirs, or for nobody. */
  | { kind: "adopt"; id: string }
  /** Somebody else's, or so many that nobody can tell. */
  | { kind: "denied"; id: string; why: string };

/** Should there be several, the oldest has the history. @param customers newest first */
export function findOwn(
  customers: readonly Customer[],
  user: Profile,
): Extract<Choice, { kind: "found" | "adopt" }> | undefined {
  const findOf = (owners: readonly unknown[]) => customers.findLast(({ ownerId }) => owners.includes(ownerId));
  const own = findOf([user.user_id]) ?? findOf(readUserIds(user));
  return own && { kind: own.ownerId === user.user_id ? "found" : "adopt", id: own.id, email: own.email };
}

/** @param customers those that have the user's email, none of them this user's */
export function chooseOther(customers: readonly Customer[], mayAdopt: boolean): Choice | undefined {
  const [first, ...more] = customers.filter(({ isOrphan }) => !isOrphan);
  if (!first) return undefined;
  if (mayAdopt && more.length === 0 && !first.ownerId) return { kind: "adopt", id: first.id };
  const others = more.length > 0 ? ` (and ${more.length} more)` : "";
  return { kind: "denied", id: first.id, why: `has this email and is not this user's${others}` };
}
