import type { Event, PostLoginAPI } from "@auth0/actions/post-login/v3";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { openStripe } from "../../../actions/sync-stripe-customer/stripe-customers.ts";
import { syncStripeCustomer } from "../../../actions/sync-stripe-customer/sync-stripe-customer.ts";
import { buildEvent, EMAIL, type EventChanges, type LoginKind } from "../../support/actions/event.ts";
import { runAction } from "../../support/actions/run-action.ts";
import { type MappedStripe, startMappedStripe } from "../../support/mapped-stripe.ts";

let stripe: MappedStripe;
const LIMITS = { total: 12_000, call: 6_000, pause: 5 };

beforeAll(async () => {
  stripe = await startMappedStripe();
});
beforeEach(() => {
  stripe.local.faults.clear();
  stripe.clock.advance(25 * 60 * 60 * 1000);
  for (const { id } of stripe.local.customers.values()) stripe.local.customers.delete(id);
  stripe.takeRequests();
});
afterAll(() => stripe.close());

const handler = {
  onExecutePostLogin: async (event: Event, api: PostLoginAPI) =>
    syncStripeCustomer(event, api, { limits: LIMITS, openStripe }),
};
const logIn = (user: EventChanges["user"] = {}, kind: LoginKind = "database", secrets: Record<string, string> = {}) =>
  runAction(
    handler,
    buildEvent(kind, {
      secrets: { STRIPE_SECRET_KEY: stripe.secretKey, STRIPE_SYNC_SINCE: "2026-11-01", ...secrets },
      user: user as never,
    }),
  );
const NEW_EMAIL = "ada@new.example.org";

describe("after a login that found its customer", () => {
  test.each([
    ["the user's email", EMAIL, []],
    ["a former email", "former@example.org", ["POST /v1/customers/:id"]],
    ["the email in capitals", "Ada@Example.org", ["POST /v1/customers/:id"]],
    ["no email", null, ["POST /v1/customers/:id"]],
  ])("the next one, where Stripe has %s, leaves it with the user's", async (_case, email, calls) => {
    const id = stripe.seed({ email, metadata: { auth0_user_id: "auth0|ada" } });
    const first = await logIn({ app_metadata: { stripe_customer_id: id } } as never);
    expect(first.nextEvent.user.app_metadata).toEqual({
      stripe_customer_id: id,
      stripe_customer_linked_to: "auth0|ada",
      stripe_customer_email: email ?? "",
    });
    stripe.takeRequests();
    const { nextEvent } = await logIn({ app_metadata: first.nextEvent.user.app_metadata } as never);
    expect(stripe.takeRequests()).toEqual(calls);
    expect([stripe.live()[0]?.email, nextEvent.user.app_metadata?.stripe_customer_email]).toEqual([EMAIL, EMAIL]);
  });
});

describe("an email that was changed since the customer was made", () => {
  let metadata: Record<string, unknown>;
  beforeEach(async () => {
    const { nextEvent } = await logIn();
    metadata = nextEvent.user.app_metadata ?? {};
    stripe.takeRequests();
  });
  const logInAgain = (user: object = {}, ...more: [LoginKind?, Record<string, string>?]) =>
    logIn({ app_metadata: metadata, email: NEW_EMAIL, ...user } as never, ...more);
  const emails = () => stripe.live().map(({ email }) => email);

  test("is Stripe's at the next login, by one call, and costs none after that", async () => {
    const { nextEvent, logs } = await logInAgain();
    expect([emails(), stripe.takeRequests()]).toEqual([[NEW_EMAIL], ["POST /v1/customers/:id"]]);
    expect(logs.join()).not.toContain("@");
    const { effects } = await logInAgain({ app_metadata: nextEvent.user.app_metadata });
    expect([effects, stripe.takeRequests()]).toEqual([[], []]);
  });

  test("is carried at a silent login too", async () => {
    await logInAgain({}, "silent");
    expect(emails()).toEqual([NEW_EMAIL]);
  });

  test("is carried there and back and there again within a day", async () => {
    for (const email of [NEW_EMAIL, EMAIL, NEW_EMAIL, EMAIL]) {
      const { nextEvent } = await logInAgain({ email });
      metadata = nextEvent.user.app_metadata ?? {};
      expect(emails()).toEqual([email]);
    }
  });

  test("that was changed twice without a login between is carried once, as it is now", async () => {
    await logInAgain({ email: "ada@third.example.org" });
    expect([emails(), stripe.takeRequests()]).toEqual([["ada@third.example.org"], ["POST /v1/customers/:id"]]);
  });

  test("to one that somebody else's customer has leaves each with their own", async () => {
    const eve = "auth0|eve";
    const id = stripe.seed({ email: NEW_EMAIL, metadata: { auth0_user_id: eve } });
    const { denied, nextEvent } = await logInAgain();
    const own = metadata.stripe_customer_id;
    expect([denied, nextEvent.user.app_metadata?.stripe_customer_id]).toEqual([undefined, own]);
    const identities = [{ provider: "auth0", user_id: "eve", connection: "Username-Password-Authentication" }];
    const other = await logIn({ user_id: eve, identities, email: NEW_EMAIL } as never);
    expect([other.denied, other.nextEvent.user.app_metadata?.stripe_customer_id]).toEqual([undefined, id]);
    expect(stripe.live().map(({ metadata: { auth0_user_id: owner } }) => owner)).toEqual(
      expect.arrayContaining([eve, "auth0|ada"]),
    );
  });

  test.each<[string, object, LoginKind]>([
    ["nobody has verified it", { email_verified: false }, "database"],
    ["there is none any more", { email: undefined }, "database"],
    ["it differs in capitals alone", { email: EMAIL.toUpperCase() }, "database"],
    ["a token is renewed, and nobody is there", {}, "refresh exchange"],
  ])("stays as it is while %s", async (_case, user, kind) => {
    const { denied } = await logInAgain(user, kind);
    expect([denied, emails(), stripe.takeRequests()]).toEqual([undefined, [EMAIL], []]);
  });

  test("does not keep anybody out while Stripe fails, and is carried at the next login", async () => {
    stripe.local.faults.add({ kind: "reset-before", method: "POST" });
    const { denied, nextEvent } = await logInAgain();
    expect([denied, emails()]).toEqual([undefined, [EMAIL]]);
    await logInAgain({ app_metadata: nextEvent.user.app_metadata });
    expect(emails()).toEqual([NEW_EMAIL]);
  });

  test("does not keep anybody out when no time is left, and is carried at the next login", async () => {
    const late = {
      onExecutePostLogin: async (event: Event, api: PostLoginAPI) =>
        syncStripeCustomer(event, api, { limits: { ...LIMITS, total: 0 }, openStripe }),
    };
    const secrets = { STRIPE_SECRET_KEY: stripe.secretKey, STRIPE_SYNC_SINCE: "2026-11-01" };
    const user = { app_metadata: metadata, email: NEW_EMAIL } as never;
    const { denied, logs } = await runAction(late, buildEvent("database", { secrets, user }));
    expect([denied, emails()]).toEqual([undefined, [EMAIL]]);
    expect(logs.join()).toContain("keeps its former email this time: out of time");
  });

  test("does not keep anybody out whose customer is gone", async () => {
    stripe.local.customers.delete(String(metadata.stripe_customer_id));
    await expect(logInAgain()).resolves.toMatchObject({ denied: undefined });
  });
});

test("a customer that was found by another email gets the user's own at the next login", async () => {
  stripe.seed({ email: "second@example.org", metadata: { auth0_user_id: "google-oauth2|7" } });
  const identities = [
    { provider: "auth0", user_id: "ada", connection: "Username-Password-Authentication" },
    {
      provider: "google-oauth2",
      user_id: "7",
      connection: "google-oauth2",
      profileData: { email: "second@example.org" },
    },
  ];
  const { nextEvent } = await logIn({ identities } as never);
  await logIn({ identities, app_metadata: nextEvent.user.app_metadata } as never);
  expect(stripe.live()).toMatchObject([{ email: EMAIL, metadata: { auth0_user_id: "auth0|ada" } }]);
});

describe("the customer of a user who was deleted", () => {
  const DELETED = { auth0_user_id: "auth0|gone", auth0_user_deleted: "2026-11-20T08:00:00.000Z" };

  test("is not in the way of who registers with the address again: they get their own", async () => {
    const former = stripe.seed({ email: EMAIL, metadata: DELETED });
    const { denied, nextEvent } = await logIn();
    expect(denied).toBeUndefined();
    expect(nextEvent.user.app_metadata?.stripe_customer_id).not.toBe(former);
    expect(stripe.live().map(({ metadata }) => metadata.auth0_user_id)).toEqual(
      expect.arrayContaining(["auth0|gone", "auth0|ada"]),
    );
  });

  test("is nobody's to adopt", async () => {
    const former = stripe.seed({ email: EMAIL, metadata: DELETED });
    const { nextEvent } = await logIn({}, "database", {
      STRIPE_EXISTING_CUSTOMER: "adopt",
      STRIPE_ADOPT_CONNECTIONS: "Username-Password-Authentication",
    });
    expect(nextEvent.user.app_metadata?.stripe_customer_id).not.toBe(former);
  });

  test("is theirs again whose linked identity it was, and says no more that they are gone", async () => {
    const id = stripe.seed({ email: EMAIL, metadata: { ...DELETED, auth0_user_id: "google-oauth2|7" } });
    const identities = [
      { provider: "auth0", user_id: "ada", connection: "Username-Password-Authentication" },
      { provider: "google-oauth2", user_id: "7", connection: "google-oauth2" },
    ];
    const { nextEvent } = await logIn({ identities } as never);
    expect(nextEvent.user.app_metadata?.stripe_customer_id).toBe(id);
    expect(stripe.live()).toMatchObject([{ metadata: { auth0_user_id: "auth0|ada" } }]);
    expect(stripe.live()[0]?.metadata).not.toHaveProperty("auth0_user_deleted");
  });
});
