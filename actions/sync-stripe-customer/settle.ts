import type { Deadline } from "../shared/stripe/deadline.ts";
import { readFailure, Unsettled } from "../shared/stripe/failure.ts";
import { readWithRetries } from "../shared/stripe/read-with-retries.ts";
import { readEmailSource } from "../shared/trusted-email.ts";
import { type Choice, chooseOther, findOwn } from "./choose-customer.ts";
import { listLinkedEmails, normalizeEmail } from "./email.ts";
import type { Question, Settling } from "./plan-sync.ts";
import { NAME, readAdoptConnections } from "./settings.ts";
import type { Customer, StripeCustomers } from "./stripe-customers.ts";

/** What becomes of a new user's login, as far as the customer goes. */
export type Settlement = Linked | Exclude<Looked, Undone>;

/** The customer that is the user's from now on. */
interface Linked {
  kind: "found" | "created" | "adopted";
  id: string;
  email: string;
}

type Looked = Choice | { kind: "no verified email" };
type Undone = Extract<Choice, { kind: "create" | "adopt" }>;

export interface Context extends Settling {
  readonly stripe: StripeCustomers;
  readonly deadline: Deadline;
}

/** Idempotency keys to try. */
const ATTEMPTS = 5;

/**
 * Finds the person's customer or makes it, and never makes a second one: for whoever has the person's profile, as the Action at a
 * login, the billing portal at a checkout, the backfill. Whatever becomes of a write, the next thing is to look again. The
 * sequence of idempotency keys starts at its first each time, and the next is taken only where one is known to give nothing any
 * more: one taken for another reason, or remembered, lets two users create side by side.
 *
 * @throws {Unsettled}
 * @throws {ActionError} `bad_setting`
 */
export async function settle(question: Question, context: Context): Promise<Settlement> {
  let sequence = "";
  let attempt = 0;
  for (;;) {
    const choice = await look(question, context);
    if (choice.kind !== "create" && choice.kind !== "adopt") return choice;

    if (sequence !== choice.kind) [sequence, attempt] = [choice.kind, 0];
    const outcome = await write(choice, attempt, context);
    if (outcome === "spent") attempt += 1;
    else if (outcome) return outcome;
    if (attempt >= ATTEMPTS) throw new Unsettled(`${ATTEMPTS} idempotency keys are spent`);
  }
}

/** What there is to do for a person, found out by reads alone. @throws {Unsettled | ActionError} as settle */
export async function look({ id, email }: Question, { user, secrets, stripe, deadline }: Context): Promise<Looked> {
  const connections = readAdoptConnections(secrets);
  if (id) {
    const denied: Choice = { kind: "denied", id: String(id), why: "is in app_metadata but not this user's" };
    if (typeof id !== "string") return denied;
    const linked = await readWithRetries(() => stripe.retrieve(id), deadline);
    if (linked) return findOwn([linked], user) ?? denied;
  }
  if (email === "") return { kind: "no verified email" };
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
    findOwn(found, user) ??
    findOwn(await list(listLinkedEmails(user)), user) ??
    // An enterprise directory's word does not prove whose the mailbox is.
    chooseOther(found, user.email_verified === true && connections.includes(readEmailSource(user)[1])) ?? {
      kind: "create",
      email: normal,
    }
  );
}

/** `spent`: the key gives nothing any more. Undefined: whether it happened is not known. */
async function write(
  choice: Undone,
  attempt: number,
  { stripe, user: { user_id: userId }, deadline }: Context,
): Promise<Linked | "spent" | undefined> {
  try {
    const customer =
      choice.kind === "create"
        ? await stripe.create(choice.email, userId, attempt)
        : await stripe.adopt(choice.id, userId, attempt);
    // What is replayed is what was true when the key was first used.
    const current = customer.isReplayed
      ? await readWithRetries(() => stripe.retrieve(customer.id), deadline)
      : customer;
    if (current?.ownerId !== userId) return "spent";
    return { kind: choice.kind === "create" ? "created" : "adopted", id: current.id, email: current.email };
  } catch (error) {
    const { kind, facts } = readFailure(error);
    const why = `${choice.kind}: ${facts}`;
    if (kind === "final") throw new Unsettled(why);
    if (kind !== "unknown") return "spent";
    console.log(`${NAME}: ${why}`);
    await deadline.pause();
    return undefined;
  }
}
