import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Event } from "@auth0/actions/post-login/v3";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import Stripe from "stripe";
import { openStripe } from "../../../actions/sync-stripe-customer/stripe-customers.ts";
import { syncStripeCustomer } from "../../../actions/sync-stripe-customer/sync-stripe-customer.ts";
import { buildEvent, EMAIL, type EventChanges, type LoginKind } from "../../support/actions/event.ts";
import { type ActionRun, runAction } from "../../support/actions/run-action.ts";
import { createLabAction } from "../../support/lab-action.ts";
import { type MappedStripe, startMappedStripe } from "../../support/mapped-stripe.ts";

let stripe: MappedStripe;
/** So that a busy machine is not taken for a slow Stripe, but where that is what is looked at. */
const PATIENT = { total: 12_000, call: 6_000, pause: 5 };
const BRIEF = { total: 100, call: 50, pause: 5 };
let limits = PATIENT;

beforeAll(async () => {
  stripe = await startMappedStripe();
});

beforeEach(() => {
  limits = PATIENT;
  stripe.local.faults.clear();
  stripe.clock.advance(25 * 60 * 60 * 1000);
  for (const { id } of stripe.local.customers.values()) stripe.local.customers.delete(id);
});

afterAll(() => stripe.close());

const handlers = {
  // Without the file that telemetry would leave in the home of whoever runs the tests.
  lab: createLabAction((secretKey) => new Stripe(secretKey, { telemetry: false })),
  ours: async (...[event, api]: Parameters<ReturnType<typeof createLabAction>>) =>
    syncStripeCustomer(event, api, { limits, openStripe }),
};

interface Result {
  /** Of each login in turn. */
  denied: boolean[];
  /** Live ones at Stripe, in the end. */
  customers: number;
  /** Of each login: whether the user then has the id of a live customer that carries the user's id. */
  linked: boolean[];
}

type Login = (kind?: LoginKind, ...changes: EventChanges[]) => Promise<ActionRun>;

interface Situation {
  /** As in docs/stripe-lab.md, column by column. */
  situation: string;
  lab: [string, Result];
  ours: [string, Result];
  play: (login: Login) => Promise<ActionRun[]>;
}

const afterSignUp = (run: ActionRun): EventChanges => ({ user: { app_metadata: run.nextEvent.user.app_metadata } });
const SECOND = { stats: { logins_count: 2 } };
const ON_CREATE = { method: "POST", path: "/v1/customers" };
/** Both logins have looked before either creates. */
const holdCreations = () => stripe.local.faults.add({ kind: "delay", ...ON_CREATE, times: 2, ms: 50 });

const situations: Situation[] = [
  {
    situation: "A token is refreshed right after sign-up",
    lab: [
      "Denied: the count is still 1 and the link is there",
      { denied: [false, true], customers: 1, linked: [true, true] },
    ],
    ours: ["Passes without a call", { denied: [false, false], customers: 1, linked: [true, true] }],
    play: async (login) => {
      const first = await login();
      return [first, await login("refresh exchange", afterSignUp(first))];
    },
  },
  {
    situation: "A second tab logs in silently during the first session",
    lab: ["Denied, for the same reason", { denied: [false, true], customers: 1, linked: [true, true] }],
    ours: ["Passes without a call", { denied: [false, false], customers: 1, linked: [true, true] }],
    play: async (login) => {
      const first = await login();
      return [first, await login("silent", afterSignUp(first))];
    },
  },
  {
    situation: "Stripe was down at the first login",
    lab: [
      "Denied, and never gets a customer: the next login counts 2",
      { denied: [true, false], customers: 0, linked: [false, false] },
    ],
    ours: [
      "Denied (or allowed, by setting); the next login makes it",
      { denied: [true, false], customers: 1, linked: [false, true] },
    ],
    play: async (login) => {
      stripe.local.faults.add({ kind: "500-unstored", times: 1000 });
      limits = BRIEF;
      const first = await login();
      limits = PATIENT;
      stripe.local.faults.clear();
      return [first, await login("database", SECOND)];
    },
  },
  {
    situation: "The Action died between creating and saving",
    lab: [
      "Denied while the count is 1, then lets in without a link",
      { denied: [true, false], customers: 1, linked: [false, false] },
    ],
    ours: [
      "Finds the customer by its auth0_user_id and links it",
      { denied: [false, false], customers: 1, linked: [true, true] },
    ],
    play: async (login) => {
      stripe.seed({ email: EMAIL, metadata: { auth0_user_id: "auth0|ada" } });
      const first = await login("silent");
      return [first, await login("database", SECOND, afterSignUp(first))];
    },
  },
  {
    situation: "Stripe limits the rate of the creation once",
    lab: ["Denied at once, for good", { denied: [true, false], customers: 0, linked: [false, false] }],
    ours: ["Looks again, creates", { denied: [false, false], customers: 1, linked: [true, true] }],
    play: async (login) => {
      stripe.local.faults.add({ kind: "429", ...ON_CREATE });
      const first = await login();
      return [first, await login("database", SECOND, afterSignUp(first))];
    },
  },
  {
    situation: "Two first logins of one user at once",
    lab: ["Two customers", { denied: [false, false], customers: 2, linked: [true, true] }],
    ours: ["One customer, linked by both", { denied: [false, false], customers: 1, linked: [true, true] }],
    play: (login) => {
      holdCreations();
      return Promise.all([login(), login()]);
    },
  },
  {
    situation: "Two users with one email at once",
    lab: ["Two customers", { denied: [false, false], customers: 2, linked: [true, true] }],
    ours: ["One customer; the other user is denied", { denied: [false, true], customers: 1, linked: [true, false] }],
    play: async (login) => {
      holdCreations();
      const runs = await Promise.all([login(), login("social")]);
      // Whoever was first.
      return runs.sort((left, right) => Number(left.denied !== undefined) - Number(right.denied !== undefined));
    },
  },
  {
    situation: "The same address in other capitals, by another user",
    lab: ["Two customers", { denied: [false, false], customers: 2, linked: [true, true] }],
    ours: ["One customer; the other user is denied", { denied: [false, true], customers: 1, linked: [true, false] }],
    play: async (login) => [await login(), await login("social", { user: { email: EMAIL.toUpperCase() } })],
  },
  {
    situation: "Two accounts of one person, the second of which has the customer, are linked",
    lab: ["Denied", { denied: [false, true], customers: 1, linked: [true, false] }],
    ours: [
      "Finds it by the other identity, also by that one's email, and makes it the user's own",
      { denied: [false, false], customers: 1, linked: [false, true] },
    ],
    play: async (login) => {
      const second = await login("social");
      const identities = [
        { provider: "auth0", user_id: "ada", connection: "Username-Password-Authentication" },
        { provider: "google-oauth2", user_id: "1", connection: "google-oauth2", profileData: { email: EMAIL } },
      ];
      return [second, await login("database", { user: { identities } })];
    },
  },
  {
    situation: "The email is not verified",
    lab: ["Makes a customer for an address that nobody has proven", { denied: [false], customers: 1, linked: [true] }],
    ours: [
      "No customer; the login with the verified email makes it",
      { denied: [false], customers: 0, linked: [false] },
    ],
    play: async (login) => [await login("database", { user: { email_verified: false } })],
  },
  {
    situation: "There is no email (SMS), and Stripe has customers",
    lab: [
      "Denied: without an email the list is that of all customers",
      { denied: [true], customers: 1, linked: [false] },
    ],
    ours: ["Passes without a call", { denied: [false], customers: 1, linked: [false] }],
    play: async (login) => {
      stripe.seed({ email: "somebody@example.org", metadata: { auth0_user_id: "auth0|somebody" } });
      return [await login("SMS without email")];
    },
  },
  {
    situation: "There is no email (SMS), and Stripe has no customers",
    lab: [
      "Makes a customer without an email, which locks out the next",
      { denied: [false, true], customers: 1, linked: [true, false] },
    ],
    ours: ["Passes without a call", { denied: [false, false], customers: 0, linked: [false, false] }],
    play: async (login) => [
      await login("SMS without email"),
      await login("SMS without email", { user: { user_id: "sms|2", identities: [] } }),
    ],
  },
  {
    situation: "The linked customer was deleted during the first session",
    lab: ["Denied", { denied: [false, true], customers: 0, linked: [false, false] }],
    ours: [
      "Passes; an unmarked link would be replaced",
      { denied: [false, false], customers: 0, linked: [false, false] },
    ],
    play: async (login) => {
      const first = await login();
      for (const { id } of stripe.live()) stripe.local.customers.set(id, { id, object: "customer", deleted: true });
      return [first, await login("silent", afterSignUp(first))];
    },
  },
  {
    situation: "User and customer are deleted, and the person signs up again the same day",
    lab: ["One customer", { denied: [false, false], customers: 1, linked: [false, true] }],
    ours: [
      "One customer: by the next key of the sequence",
      { denied: [false, false], customers: 1, linked: [false, true] },
    ],
    play: async (login) => {
      const first = await login("social");
      for (const { id } of stripe.live()) stripe.local.customers.set(id, { id, object: "customer", deleted: true });
      return [first, await login("social")];
    },
  },
];

const play = async (
  handler: (typeof handlers)[keyof typeof handlers],
  { play: playOut }: Situation,
): Promise<Result> => {
  const runs = await playOut((kind = "database", ...changes) => {
    const secrets = { STRIPE_SECRET_KEY: stripe.secretKey, STRIPE_SYNC_SINCE: "2026-11-01" };
    return runAction({ onExecutePostLogin: handler }, buildEvent(kind, { secrets }, ...changes));
  });
  return {
    denied: runs.map(({ denied }) => denied !== undefined),
    customers: stripe.live().length,
    linked: runs.map(({ nextEvent }) => isLinked(nextEvent)),
  };
};

const isLinked = ({ user }: Event): boolean =>
  stripe
    .live()
    .some(({ id, metadata }) => id === user.app_metadata.stripe_customer_id && metadata.auth0_user_id === user.user_id);

describe.each(situations)("$situation", (situation) => {
  test.each(["lab", "ours"] as const)("%s", async (whose) => {
    const [, expected] = situation[whose];
    await expect(play(handlers[whose], situation)).resolves.toEqual(expected);
  });
});

test.each<[string, keyof typeof handlers, Result]>([
  ["lab: waits as long as drops come", "lab", { denied: [false], customers: 1, linked: [true] }],
  ["ours: cut off at its deadline", "ours", { denied: [true], customers: 0, linked: [false] }],
])("An answer comes in drops. %s", async (_what, whose, expected) => {
  // An empty list has 70 bytes: longer than the limits, whatever the machine does.
  stripe.local.faults.add({ kind: "drip", method: "GET", ms: 3, times: 1000 });
  limits = BRIEF;
  const result = await play(handlers[whose], { ...situations[0]!, play: async (login) => [await login()] });
  expect(result).toEqual(expected);
});

describe("Somebody else has the email", () => {
  const logsOf = async (whose: keyof typeof handlers) => {
    stripe.seed({ email: EMAIL, metadata: { auth0_user_id: "auth0|eve" } });
    const secrets = { STRIPE_SECRET_KEY: stripe.secretKey, STRIPE_SYNC_SINCE: "2026-11-01" };
    const { denied, logs } = await runAction(
      { onExecutePostLogin: handlers[whose] },
      buildEvent("database", { secrets }),
    );
    expect(denied).toBeDefined();
    return logs.join();
  };

  test("lab: the address is in the log", async () => {
    await expect(logsOf("lab")).resolves.toContain(EMAIL);
  });

  test("ours: the customer's id is, the address is not", async () => {
    const logs = await logsOf("ours");
    expect(logs).not.toContain(EMAIL);
    expect(logs).toMatch(/denied, cus_/);
  });
});

test("docs/stripe-lab.md has these situations, in these words", () => {
  const page = readFileSync(join(import.meta.dirname, "../../../docs/stripe-lab.md"), "utf8");
  const rows = situations.map(({ situation, lab, ours }) => `| ${situation} | ${lab[0]} | ${ours[0]} |`);
  expect(page).toContain(rows.join("\n"));
});
