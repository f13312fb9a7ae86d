import type { Deadline } from "../shared/stripe/deadline.ts";
import { readFailure, Unsettled } from "../shared/stripe/failure.ts";
import { readWithRetries } from "../shared/stripe/read-with-retries.ts";
import { type Choice, chooseOther, findOwn } from "./choose-customer.ts";
import { normalizeEmail } from "./email.ts";
import { adoptKey, createKey } from "./idempotency-key.ts";
import type { Limits } from "./limits.ts";
import type { Person } from "./person.ts";
import type { Question } from "./plan-sync.ts";
import type { Customer, StripeCustomers, Written } from "./stripe-customers.ts";

/** What becomes of a new user's login, as far as the customer goes. */
export type Settlement =
  | { kind: "linked"; id: string; how: "found" | "created" | "adopted" }
  | Extract<Choice, { kind: "denied" }>
  | { kind: "no verified email" };

export interface Context {
  person: Person;
  mayAdopt: boolean;
  stripe: StripeCustomers;
  deadline: Deadline;
  limits: Limits;
}

/**
 * Finds the person's customer or makes it, and never makes a second one. Whatever becomes of a write, the next thing is to
 * look again. The sequence of idempotency keys starts at its first each time, and the next is taken only where one is known to
 * give nothing any more: one taken for another reason, or remembered, lets two users create side by side.
 *
 * @throws {Unsettled}
 */
export async function settle(question: Question, context: Context): Promise<Settlement> {
  const { limits } = context;
  let sequence = "";
  let attempt = 0;
  for (;;) {
    const choice = await look(question, context);
    if (choice.kind === "no verified email" || choice.kind === "denied") return choice;
    if (choice.kind === "link") return { kind: "linked", id: choice.id, how: "found" };

    if (sequence !== choice.kind) [sequence, attempt] = [choice.kind, 0];
    const outcome = await write(choice, attempt, context);
    if (outcome.kind === "done") {
      return { kind: "linked", id: outcome.id, how: choice.kind === "create" ? "created" : "adopted" };
    }
    if (outcome.kind === "spent") attempt += 1;
    if (attempt >= limits.attempts) throw new Unsettled(`${limits.attempts} idempotency keys are spent`);
  }
}

/** What a person's question comes to, with nothing but reads. @throws {Unsettled} */
export async function look(
  { id, email }: Question,
  context: Omit<Context, "limits">,
): Promise<Choice | { kind: "no verified email" }> {
  const { stripe, person, mayAdopt, deadline } = context;
  if (id !== undefined) {
    const why = "is in app_metadata but not this user's";
    if (typeof id !== "string") return { kind: "denied", id: typeof id, why };
    const linked = await readWithRetries(() => stripe.retrieve(id), deadline);
    if (linked !== undefined) return findOwn([linked], person) ?? { kind: "denied", id, why };
  }
  if (email === undefined) return { kind: "no verified email" };
  const list = async (emails: readonly string[]): Promise<Customer[]> => {
    const customers = [];
    for (const one of new Set(emails)) customers.push(...(await readWithRetries(() => stripe.list(one), deadline)));
    return customers;
  };
  // The second spelling is for customers made before, or by hand: Stripe keeps and compares it as it was sent.
  const normal = normalizeEmail(email);
  const found = await list([normal, email]);
  // By another email only what was made for this person counts: anybody may have given it.
  return (
    findOwn(found, person) ??
    findOwn(await list(person.otherEmails.map(normalizeEmail)), person) ??
    chooseOther(found, mayAdopt) ?? { kind: "create", email: normal }
  );
}

type Outcome =
  | { kind: "done"; id: string }
  /** The key gives nothing any more. */
  | { kind: "spent" }
  | { kind: "unknown" };

type Undone = Extract<Choice, { kind: "create" | "adopt" }>;

async function write(choice: Undone, attempt: number, { stripe, person, deadline }: Context): Promise<Outcome> {
  let written: Written;
  try {
    written =
      choice.kind === "create"
        ? await stripe.create(choice.email, person.userId, createKey(choice.email, attempt))
        : await stripe.adopt(choice.id, person.userId, adoptKey(choice.id, attempt));
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
  const current = await readWithRetries(() => stripe.retrieve(customer.id), deadline);
  return current?.ownerId === person.userId ? { kind: "done", id: customer.id } : { kind: "spent" };
}
