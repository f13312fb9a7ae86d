import type { Deadline } from "../shared/stripe/deadline.ts";
import { readFailure, Unsettled } from "../shared/stripe/failure.ts";
import { readPatiently } from "../shared/stripe/read-patiently.ts";
import { type Choice, chooseCustomer, isOwn } from "./choose-customer.ts";
import { normalizeEmail } from "./email.ts";
import { adoptKey, createKey } from "./idempotency-key.ts";
import type { Limits } from "./limits.ts";
import type { Person } from "./person.ts";
import type { StripeCustomers, Written } from "./stripe-customers.ts";

export type Settlement =
  | { kind: "linked"; id: string; how: "found" | "created" | "adopted" | "confirmed" }
  | { kind: "denied"; id: string; why: string }
  | { kind: "no verified email" };

export interface Circumstances {
  person: Person;
  mayAdopt: boolean;
  stripe: StripeCustomers;
  deadline: Deadline;
  limits: Limits;
}

/** A link without our mark. @throws {Unsettled} */
export const settleLink = async (
  id: string,
  email: string | undefined,
  circumstances: Circumstances,
): Promise<Settlement> => {
  const { stripe, person } = circumstances;
  const customer = await readPatiently(() => stripe.retrieve(id), circumstances.deadline);
  if (customer !== undefined) {
    return isOwn(customer, person)
      ? { kind: "linked", id, how: "confirmed" }
      : { kind: "denied", id, why: "is in app_metadata but not this user's" };
  }
  return email === undefined ? { kind: "no verified email" } : settleByEmail(email, circumstances);
};

/**
 * Finds the person's customer or makes it, and never makes a second one. Whatever becomes of a write, the next thing is to
 * look again. The ladder of idempotency keys starts at its foot each time and is climbed only where a key is known to give
 * nothing any more: a rung climbed for another reason, or remembered, lets two users create side by side.
 *
 * @throws {Unsettled}
 */
export const settleByEmail = async (email: string, circumstances: Circumstances): Promise<Settlement> => {
  const { limits } = circumstances;
  let ladder = "";
  let rung = 0;
  for (;;) {
    const choice = await look(email, circumstances);
    if (choice.kind === "link") return { kind: "linked", id: choice.id, how: "found" };
    if (choice.kind === "taken") return { kind: "denied", id: choice.id, why: "has this email and is not this user's" };

    if (ladder !== choice.kind) [ladder, rung] = [choice.kind, 0];
    const attempt = await write(choice, email, rung, circumstances);
    if (attempt.kind === "done") {
      return { kind: "linked", id: attempt.id, how: choice.kind === "create" ? "created" : "adopted" };
    }
    if (attempt.kind === "spent") rung += 1;
    if (rung >= limits.rungs) throw new Unsettled(`${limits.rungs} idempotency keys are spent`);
  }
};

const look = async (email: string, circumstances: Circumstances): Promise<Choice> => {
  const { stripe, person, mayAdopt, deadline } = circumstances;
  // The second spelling is for customers made before, or by hand: Stripe keeps and compares it as it was sent.
  const spellings = new Set([normalizeEmail(email), email]);
  const customers = [];
  for (const spelling of spellings) {
    customers.push(...(await readPatiently(() => stripe.list(spelling), deadline)));
  }
  return chooseCustomer(customers, person, mayAdopt);
};

type Attempt =
  | { kind: "done"; id: string }
  /** The key gives nothing any more. */
  | { kind: "spent" }
  | { kind: "unknown" };

type Undone = Extract<Choice, { kind: "create" | "adopt" }>;

const write = async (choice: Undone, email: string, rung: number, circumstances: Circumstances): Promise<Attempt> => {
  const { stripe, person, deadline } = circumstances;
  let written: Written;
  try {
    written =
      choice.kind === "create"
        ? await stripe.create(normalizeEmail(email), person.userId, createKey(normalizeEmail(email), rung))
        : await stripe.adopt(choice.id, person.userId, adoptKey(choice.id, rung));
  } catch (error) {
    if (error instanceof Unsettled) throw error;
    const { kind, facts } = readFailure(error);
    if (kind === "final") throw new Unsettled(`${choice.kind}: ${facts}`);
    if (kind !== "unknown") return { kind: "spent" };
    console.log(`sync-stripe-customer: ${choice.kind}: ${facts}`);
    await deadline.pause();
    return { kind: "unknown" };
  }
  const { customer, isReplayed } = written;
  if (!isReplayed) return { kind: "done", id: customer.id };
  // What is replayed is what was true when the key was first used.
  const current = await readPatiently(() => stripe.retrieve(customer.id), deadline);
  return current !== undefined && isOwn(current, person) ? { kind: "done", id: current.id } : { kind: "spent" };
};
