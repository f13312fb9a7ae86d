import type { Random } from "../soak/random.ts";
import type { User } from "./directory.ts";
import type { Life } from "./schedule.ts";

/** What people can do and see. Each takes no time of its own; false: it did not succeed, as while Stripe is down. */
export interface Deeds {
  signUp(person: number, via: Via, email: string): User;
  logIn(user: User): Promise<boolean>;
  /** One request of the user's application. */
  call(user: User): Promise<void>;
  /** To the checkout of the billing portal. */
  goToCheckout(user: User): Promise<boolean>;
  pay(user: User): Promise<boolean>;
  returnToPortal(user: User): Promise<void>;
  cancel(user: User): Promise<boolean>;
  link(primary: User, secondary: User): void;
  unlink(primary: User): User | undefined;
  rename(user: User, email: string): void;
  remove(user: User): void;
  isStripeDown(): boolean;
  /** Milliseconds until webhooks are lost for hours; 0: they will not be. */
  untilLoss(): number;
}

export type Via = "auth0" | "google-oauth2" | "samlp";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Two weeks of a person who signs up, and of whom anything may be expected. */
export async function* live(person: number, random: Random, deeds: Deeds): Life {
  yield random.below(4 * DAY);
  const via = random.pick<Via>(["auth0", "auth0", "google-oauth2", "samlp"]);
  let user = deeds.signUp(person, via, `person${person}@example.org`);
  yield* logIn(user, deeds);
  yield* callFor(user, random.below(40), random.pick([20 * SECOND, MINUTE, HOUR]), deeds);
  if (random.chance(0.75)) yield* subscribe(user, random, deeds);
  for (let chapter = random.below(5); chapter >= 0; chapter -= 1) {
    yield random.below(2 * DAY);
    const draw = random.next();
    if (draw < 0.3) yield* cancel(user, random, deeds);
    else if (draw < 0.5) yield* subscribe(user, random, deeds);
    else if (draw < 0.7) user = yield* joinAnother(user, random, deeds);
    else if (draw < 0.8) yield* part(user, deeds);
    else if (draw < 0.9) yield* rename(user, `renamed${random.below(1e9)}@example.org`, deeds);
    else user = yield* comeAnew(user, random, deeds);
    yield* callFor(user, 5, random.pick([MINUTE, HOUR, 6 * HOUR]), deeds);
  }
}

/** Who is not let in tries again. */
async function* logIn(user: User, deeds: Deeds): Life {
  for (let attempt = 0; attempt < 50 && !(await deeds.logIn(user)); attempt += 1) yield 10 * MINUTE;
}

async function* callFor(user: User, times: number, every: number, deeds: Deeds): Life {
  for (let time = 0; time < times; time += 1) {
    await deeds.call(user);
    yield every;
  }
}

async function* subscribe(user: User, random: Random, deeds: Deeds): Life {
  if (!(await deeds.goToCheckout(user))) return;
  // The application goes on asking while they look for their card.
  yield* callFor(user, 1 + random.below(30), 20 * SECOND, deeds);
  if (!(await deeds.pay(user))) return;
  if (random.chance(0.6)) {
    yield 2 * SECOND;
    await deeds.returnToPortal(user);
  }
  yield* callSoon(user, deeds);
}

/** As often as not when nobody hears of it. */
async function* cancel(user: User, random: Random, deeds: Deeds): Life {
  const isUnheard = random.chance(0.5);
  if (isUnheard) {
    yield deeds.untilLoss() + random.below(HOUR);
    // What is known of them is fresh, and lasts.
    yield* callFor(user, 1 + random.below(5), HOUR, deeds);
  }
  if (!(await deeds.cancel(user))) return;
  if (!isUnheard && random.chance(0.5)) await deeds.returnToPortal(user);
  yield* callSoon(user, deeds);
  yield* callFor(user, 52, HOUR / 2, deeds);
}

/** Soon after a change, and when a minute is over. */
async function* callSoon(user: User, deeds: Deeds): Life {
  for (const pause of [0, 10 * SECOND, 30 * SECOND, 21 * SECOND]) {
    yield pause;
    await deeds.call(user);
  }
}

/** A second account, by another way or address, and one of both is kept. */
async function* joinAnother(user: User, random: Random, deeds: Deeds): AsyncGenerator<number, User, void> {
  const email = random.chance(0.5) ? user.email : `second${random.below(1e9)}@example.org`;
  const other = deeds.signUp(user.person, random.pick<Via>(["auth0", "google-oauth2"]), email);
  await deeds.logIn(other);
  if (random.chance(0.4)) yield* subscribe(other, random, deeds);
  yield random.below(HOUR);
  // A token that is made meanwhile names no other account's customer: who links just then logs in again (docs/paid-scopes.md).
  while (deeds.isStripeDown()) yield 10 * MINUTE;
  const [kept, dropped] = random.chance(0.5) ? [user, other] : [other, user];
  deeds.link(kept, dropped);
  yield* logIn(kept, deeds);
  yield* callSoon(kept, deeds);
  return kept;
}

async function* part(user: User, deeds: Deeds): Life {
  const parted = deeds.unlink(user);
  if (parted === undefined) return;
  yield* callSoon(user, deeds);
  await deeds.logIn(parted);
  yield* callSoon(parted, deeds);
}

async function* rename(user: User, email: string, deeds: Deeds): Life {
  deeds.rename(user, email);
  yield* callSoon(user, deeds);
  yield* logIn(user, deeds);
  yield* callSoon(user, deeds);
}

/** The account is deleted, and there is a new one with its address. */
async function* comeAnew(user: User, random: Random, deeds: Deeds): AsyncGenerator<number, User, void> {
  deeds.remove(user);
  yield MINUTE + random.below(HOUR);
  const anew = deeds.signUp(user.person, "auth0", user.email);
  yield* logIn(anew, deeds);
  yield* callSoon(anew, deeds);
  if (random.chance(0.5)) yield* subscribe(anew, random, deeds);
  return anew;
}
