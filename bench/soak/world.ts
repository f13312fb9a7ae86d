import type { Event, PostLoginAPI } from "@auth0/actions/post-login/v3";
import { createPostLoginApi } from "../../local/auth0/actions/api/post-login.ts";
import { startTransaction } from "../../local/auth0/actions/api/transaction.ts";
import { createMovableClock } from "../../local/clock.ts";
import { createLocalStripe } from "../../local/stripe/local-stripe.ts";
import { isLive } from "../../local/stripe/resources/customer-record.ts";
import { ACTION_PERMISSIONS } from "../../scripts/stripe/restricted-keys.ts";
import { buildEvent } from "../../test/support/actions/event.ts";
import { type Findings, listFindings } from "./findings.ts";
import { carryTo } from "./network.ts";
import { ownsLinked, type Person, renderUser } from "./person.ts";
import type { AgainLogin, NewPerson, Step } from "./step.ts";

export type Handler = (event: Event, api: PostLoginAPI) => Promise<void>;

export interface World {
  perform(step: Step): Promise<void>;
  /** Everything works again, a day later, and everyone logs in once more. */
  heal(): Promise<void>;
  findings(): Findings;
  readonly counts: { signUps: number; logins: number; requests: number };
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly emails: number;
  readonly createHandler: (isHealed: () => boolean) => Handler;
}

const HOUR = 3_600_000;

/**
 * People, their users and a Stripe account, in one process, which is what `globalThis.fetch` reaches while a world is open.
 */
export function createWorld({ emails, createHandler }: WorldOptions): World {
  const clock = createMovableClock(() => Date.parse("2026-11-20T12:00:00.000Z"));
  const stripe = createLocalStripe({ clock: clock.now });
  const secrets = { STRIPE_SECRET_KEY: stripe.keys.create(ACTION_PERMISSIONS).secret, STRIPE_SYNC_SINCE: "2026-11-01" };
  const people: Person[] = [];
  const madeFor = new Map<string, string | undefined>();
  const counts = { signUps: 0, logins: 0, requests: 0 };
  let deniedReturns = 0;
  let isHealed = false;
  const handler = createHandler(() => isHealed);

  const network = carryTo(stripe.fetch, () => {
    counts.requests += 1;
  });

  const live = () => stripe.customers.values().filter(isLive);
  const note = (): void => {
    for (const { id, metadata } of live()) if (!madeFor.has(id)) madeFor.set(id, metadata.auth0_user_id);
  };
  const logIn = async (person: Person, via: AgainLogin["via"], crashes: boolean): Promise<void> => {
    counts.logins += 1;
    if (via === "password") person.loginsCount += 1;
    const wasFine = ownsLinked(person, live());
    const event = buildEvent(({ password: "database", silent: "silent", refresh: "refresh exchange" } as const)[via], {
      secrets,
      stats: { logins_count: person.loginsCount },
      user: renderUser(person),
    });
    const transaction = startTransaction(event);
    const { api, effects } = createPostLoginApi({ event, transaction, now: clock.now });
    await handler(event, api);
    if (crashes || person.isGone) return;
    if (wasFine && via !== "password" && effects.some(({ type }) => type === "deny")) deniedReturns += 1;
    Object.assign(person.appMetadata, Object.fromEntries(transaction.appMetadata));
  };

  const signUp = async ({ email, via, isVerified, tabs, crashes }: NewPerson): Promise<void> => {
    const address = `person${email % emails}@example.org`;
    const userId = via === "social" ? `google-oauth2|${email % emails}` : `auth0|${people.length}`;
    if (people.some((other) => other.userId === userId && !other.isGone)) return;
    if (people.some((other) => !other.isGone && other.identities.includes(userId))) return;
    const createdAt = new Date(clock.now()).toISOString();
    const person: Person = {
      userId,
      emailNumber: email,
      email: counts.signUps % 3 === 0 ? address.replace("p", "P") : address,
      isVerified,
      createdAt,
      identities: [userId],
      loginsCount: 1,
      appMetadata: {},
      isGone: false,
    };
    people.push(person);
    counts.signUps += 1;
    await Promise.all(Array.from({ length: tabs }, () => logIn(person, "silent", crashes)));
  };

  const present = () => people.filter(({ isGone }) => !isGone);
  const at = (index: number): Person | undefined => present()[index % Math.max(present().length, 1)];

  const leave = async (person: Person): Promise<void> => {
    await network.drain();
    person.isGone = true;
    for (const { id, metadata } of live()) {
      if (!person.identities.includes(metadata.auth0_user_id ?? "")) continue;
      stripe.customers.set(id, { id, object: "customer", deleted: true });
    }
  };

  const perform = async (step: Step): Promise<void> => {
    switch (step.kind) {
      case "sign up":
        await Promise.all(step.people.map(signUp));
        break;
      case "log in":
        await Promise.all(
          step.logins.map(async ({ person, via, crashes }) => {
            const who = at(person);
            if (who !== undefined) await logIn(who, via, crashes);
          }),
        );
        break;
      case "fault":
        stripe.faults.add({
          kind: step.fault,
          times: step.times,
          // Longer than a call may take: what was given up is done all the same, later.
          ms: 25,
          ...(step.on !== "any" && { method: step.on }),
        });
        break;
      case "healed":
        stripe.faults.clear();
        break;
      case "time passes":
        await network.drain();
        clock.advance(step.hours * HOUR);
        break;
      case "leave": {
        const who = at(step.person);
        if (who === undefined) break;
        await leave(who);
        if (step.comesBack) {
          const via = who.userId.startsWith("auth0|") ? "database" : "social";
          await signUp({ email: who.emailNumber, via, isVerified: true, tabs: 1, crashes: false });
        }
        break;
      }
      case "link": {
        const [first, second] = [at(step.person), at(step.other)];
        if (first === undefined || second === undefined || first === second) break;
        if (first.email.toLowerCase() !== second.email.toLowerCase() || !(first.isVerified && second.isVerified)) break;
        await network.drain();
        // Auth0 keeps the first user's metadata and drops the second's.
        first.identities = [...first.identities, ...second.identities];
        second.isGone = true;
        break;
      }
    }
    note();
  };

  return {
    perform,
    async heal() {
      stripe.faults.clear();
      await network.drain();
      clock.advance(25 * HOUR);
      isHealed = true;
      for (const person of present()) await logIn(person, "password", false);
      note();
    },
    findings: () => ({ ...listFindings(present(), live(), madeFor), deniedReturns }),
    counts,
    async close() {
      stripe.faults.clear();
      network.close();
      await stripe.close();
    },
  };
}
