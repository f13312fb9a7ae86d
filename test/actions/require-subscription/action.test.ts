import { paidScopes, pastDue, payingRoles } from "tenant:billing";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import Stripe from "stripe";
import * as action from "../../../actions/require-subscription/action.ts";
import { requireSubscription } from "../../../actions/require-subscription/require-subscription.ts";
import { LOGIN_FAILED } from "../../../actions/shared/fail-closed.ts";
import type { PaidState } from "../../../actions/shared/paid-scopes.ts";
import { openCustomers } from "../../../actions/shared/stripe/account-customers.ts";
import { openStripe } from "../../../actions/shared/stripe/stripe-subscriptions.ts";
import type { FaultKind } from "../../../local/stripe/fault-kinds.ts";
import {
  API_IDENTIFIER,
  buildEvent,
  type EventChanges,
  type LoginKind,
  loginKinds,
  NOW,
} from "../../support/actions/event.ts";
import { type RunOptions, runAction } from "../../support/actions/run-action.ts";
import { type MappedStripe, startMappedStripe } from "../../support/mapped-stripe.ts";
import { sell } from "../../support/stripe-catalogue.ts";

const now = NOW / 1000;
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const REQUESTED = ["openid", "get:users", "get:orders", "post:users"];
const NOTHING_PAID = ["openid", "get:users"];

let stripe: MappedStripe;
let seller: Stripe;
let orders: string;
let writers: string;
let customer: string;

beforeAll(async () => {
  stripe = await startMappedStripe();
  const all = stripe.local.keys.add({ secret: "sk_test_seller" });
  seller = new Stripe(all.secret, { telemetry: false, httpClient: Stripe.createFetchHttpClient() });
  orders = (await sell(seller, "get:orders")).price;
  await seller.products.create({ id: "prod_writers", name: "Any name" });
  const price = { product: "prod_writers", currency: "usd", unit_amount: 1, recurring: { interval: "month" } } as const;
  writers = (await seller.prices.create(price)).id;
});

beforeEach(async () => {
  stripe.local.faults.clear();
  customer = (await seller.customers.create()).id;
  stripe.takeRequests();
});

afterEach(() => {
  jest.restoreAllMocks();
});

afterAll(() => stripe.close());

const subscribe = async (price = orders, more: Partial<Stripe.SubscriptionCreateParams> = {}) => {
  const made = await seller.subscriptions.create({ customer, items: [{ price }], ...more });
  stripe.takeRequests();
  return made;
};

/** So that a busy machine is not taken for a slow Stripe. */
const PATIENT = { total: 12_000, call: 6_000, pause: 5 };
/** As the handler, at the time of the tests and with limits of their own. */
const at = (
  time = NOW,
  billing: Parameters<typeof requireSubscription>[2]["billing"] = { paidScopes, payingRoles, pastDue },
  limits = PATIENT,
) => ({
  onExecutePostLogin: async (...[event, api]: Parameters<typeof action.onExecutePostLogin>) =>
    requireSubscription(event, api, {
      billing,
      limits,
      openStripe,
      openCustomers,
      now: Math.floor(time / 1000),
    }),
});

const login = (metadata: Record<string, unknown>, kind: LoginKind = "database", ...changes: EventChanges[]) =>
  buildEvent(
    kind,
    {
      secrets: { API_IDENTIFIER, STRIPE_SECRET_KEY: stripe.secretKey },
      authorization: { roles: ["viewer"] },
      user: { app_metadata: metadata },
    },
    ...changes,
  );
const linked = (paid?: unknown) => ({ stripe_customer_id: customer, ...(paid !== undefined && { stripe_paid: paid }) });
const state = (changes: Partial<PaidState> = {}): PaidState => ({
  customer,
  scopes: ["get:orders"],
  until: now + 1000 * HOUR,
  checked_at: now - MINUTE,
  ...changes,
});
const run = (event: ReturnType<typeof login>, handler: object = at(), options: RunOptions = {}) =>
  runAction(handler, event, { requested: REQUESTED, ...options });

const LIST = "GET /v1/subscriptions";
const NAMES = "GET /v1/products";

describe("for a login to an organization that has a customer", () => {
  const inOrganization = (): EventChanges =>
    ({
      organization: { id: "org_1", name: "acme", display_name: "Acme", metadata: { stripe_customer_id: customer } },
    }) as EventChanges;

  test("what the organization pays for stays, whatever its user pays for", async () => {
    await subscribe();
    const done = await run(login({ stripe_customer_id: "cus_own" }, "organization", inOrganization()));
    expect(done.scopes).toEqual(["openid", "get:users", "get:orders"]);
    const again = await run(login(done.nextEvent.user.app_metadata ?? {}, "organization", inOrganization()));
    expect(again.scopes).toEqual(["openid", "get:users", "get:orders"]);
  });

  test("what the user alone pays for goes", async () => {
    const own = { stripe_customer_id: "cus_own", stripe_paid: state({ customer: "cus_own" }) };
    expect((await run(login(own, "organization", inOrganization()))).scopes).toEqual(NOTHING_PAID);
  });
});

describe("what app_metadata says is paid stays, the rest goes, and Stripe is not asked", () => {
  test.each<[string, string[], number, string[]]>([
    ["both, for a day", ["get:orders", "post:users"], 24 * HOUR - 1, REQUESTED],
    ["one scope, for minutes", ["get:orders"], 5 * MINUTE - 1, ["openid", "get:users", "get:orders"]],
    ["none, for minutes", [], 5 * MINUTE - 1, NOTHING_PAID],
    ["one that costs nothing any more", ["delete:users"], 0, NOTHING_PAID],
  ])("%s", async (_case, scopes, age, expected) => {
    const until = scopes.length === 0 ? null : now + 1000 * HOUR;
    const done = await run(login(linked(state({ scopes, until, checked_at: now - age }))));
    expect(done.scopes).toEqual(expected);
    expect(done.denied).toBeUndefined();
    expect(done.logs).toEqual([]);
    expect(stripe.takeRequests()).toEqual([]);
  });

  test.each(loginKinds.filter((kind) => kind !== "no audience" && kind !== "organization"))(
    "whatever kind of login it is: %s",
    async (kind) => {
      const done = await run(login(linked(state()), kind));
      expect(done.scopes).toEqual(["openid", "get:users", "get:orders"]);
      expect(stripe.takeRequests()).toEqual([]);
    },
  );

  test("nothing is ever added", async () => {
    const { effects, scopes } = await run(login(linked(state({ scopes: ["get:orders", "post:users"] }))), at(), {
      requested: ["openid"],
    });
    expect(scopes).toEqual(["openid"]);
    expect(effects).toEqual([]);
  });
});

describe("without a question the paid scopes go", () => {
  test.each<[string, Record<string, unknown>, EventChanges]>([
    ["of a user without a customer", {}, {}],
    ["of one whose customer is not text", { stripe_customer_id: 7 }, {}],
    ["of one whose customer is an empty text", { stripe_customer_id: "" }, {}],
    ["of one whose roles grant none of them", { stripe_customer_id: "cus_1" }, { authorization: { roles: ["guest"] } }],
    ["of one without roles", { stripe_customer_id: "cus_1" }, { authorization: undefined }],
  ])("%s", async (_case, metadata, changes) => {
    const done = await run(login(metadata, "database", changes));
    expect(done.scopes).toEqual(NOTHING_PAID);
    expect(stripe.takeRequests()).toEqual([]);
  });

  test("of one whose database gives no metadata", async () => {
    const done = await run(login({}, "database", { user: { app_metadata: null as never } }));
    expect(done.scopes).toEqual(NOTHING_PAID);
  });
});

test.each<[string, EventChanges, object]>([
  ["another API's token", { resource_server: { identifier: "https://other.example.com/" } }, at()],
  ["a token without audience", { resource_server: undefined }, at()],
  ["a tenant where nothing costs money", {}, at(NOW, { paidScopes: [], payingRoles: [], pastDue: "refuse" })],
])("%s stays as it is", async (_case, changes, handler) => {
  const { effects } = await run(login(linked(), "database", changes), handler);
  expect(effects).toEqual([]);
  expect(stripe.takeRequests()).toEqual([]);
});

describe("Stripe is asked once, and the answer written, when what is known", () => {
  test.each<[string, () => unknown]>([
    ["is missing", () => undefined],
    ["ran out", () => state({ until: now })],
    ["is a day old", () => state({ scopes: ["get:orders", "post:users"], checked_at: now - 24 * HOUR })],
    [
      "says that nothing is paid, five minutes ago",
      () => state({ scopes: [], until: null, checked_at: now - 5 * MINUTE }),
    ],
    [
      "lacks one of the scopes, five minutes ago",
      () => state({ scopes: ["post:users"], checked_at: now - 5 * MINUTE }),
    ],
    ["is from a time to come", () => state({ checked_at: now + 61 })],
    ["is from a month to come, and says no", () => state({ scopes: [], until: null, checked_at: now + 720 * HOUR })],
    ["is of another customer", () => state({ customer: "cus_other" })],
    ["is text", () => "get:orders"],
    ["is null", () => null],
    ["has no customer", () => ({ scopes: [], until: null, checked_at: now })],
    ["has scopes of another kind", () => ({ ...state(), scopes: [1] })],
    ["has scopes that are not a list", () => ({ ...state(), scopes: "get:orders" })],
    ["has an end that is none", () => ({ ...state(), until: "soon" })],
    ["has no time", () => ({ ...state(), checked_at: undefined })],
    ["has a time beyond numbers", () => ({ ...state(), checked_at: Number.POSITIVE_INFINITY })],
  ])("%s", async (_case, written) => {
    const { items } = await subscribe();
    const done = await run(login(linked(written())));
    expect(done.scopes).toEqual(["openid", "get:users", "get:orders"]);
    expect(stripe.takeRequests()).toEqual([LIST, NAMES]);
    expect(done.nextEvent.user.app_metadata?.stripe_asked).toEqual({
      customer,
      scopes: ["get:orders"],
      until: items.data[0]?.current_period_end,
      checked_at: now,
    });
    expect(done.logs).toEqual([
      expect.stringMatching(/^require-subscription: cus_\w+ pays for get:orders \(2 calls, \d+ ms\)$/),
    ]);

    const again = await run(login(done.nextEvent.user.app_metadata ?? {}));
    expect(again.scopes).toEqual(done.scopes);
    expect(stripe.takeRequests()).toEqual([]);
  });

  test.each<[string, number, unknown, string[]]>([
    ["half a minute ago, and the user went to the checkout", 30, now - 29 * MINUTE, [LIST, NAMES]],
    ["less than half a minute ago", 29, now - 5 * MINUTE, []],
    ["half a minute ago, and the checkout is half an hour ago", 30, now - 30 * MINUTE, []],
    ["half a minute ago, and the checkout is far in the future", 30, now + 30 * MINUTE, []],
    ["half a minute ago, and the time of the checkout is text", 30, "yesterday", []],
  ])("says that nothing is paid, %s", async (_case, age, stripe_checkout_at, expected) => {
    await subscribe();
    const said = state({ scopes: [], until: null, checked_at: now - age });
    await run(login({ ...linked(said), stripe_checkout_at }));
    expect(stripe.takeRequests()).toEqual(expected);
  });

  test("is older than STRIPE_RECHECK_HOURS", async () => {
    const both = ["get:orders", "post:users"];
    const event = (age: number) =>
      login(linked(state({ scopes: both, checked_at: now - age * HOUR })), "database", {
        secrets: { STRIPE_RECHECK_HOURS: "2" },
      });
    await run(event(1.9));
    expect(stripe.takeRequests()).toEqual([]);
    await run(event(2));
    expect(stripe.takeRequests()).toEqual([LIST]);
  });

  test.each([{ DIRECT_PERMISSIONS: "keep" }, { EXTENSION_PERMISSIONS: "on" }])(
    "is missing, and %j lets scopes come from elsewhere than roles",
    async (secrets) => {
      await subscribe();
      const done = await run(
        login(linked(), "database", {
          authorization: { roles: [] },
          secrets: { API_IDENTIFIER, STRIPE_SECRET_KEY: stripe.secretKey, ...secrets },
        }),
      );
      expect(done.scopes).toContain("get:orders");
    },
  );

  test("finds nothing paid: that takes one call, and is remembered too", async () => {
    const done = await run(login(linked()));
    expect(done.scopes).toEqual(NOTHING_PAID);
    expect(stripe.takeRequests()).toEqual([LIST]);
    const written = done.nextEvent.user.app_metadata;
    expect(written?.stripe_asked).toEqual({ customer, scopes: [], until: null, checked_at: now });
    await run(login(written ?? {}));
    expect(stripe.takeRequests()).toEqual([]);
  });

  test("where every product is told by its id one call is enough", async () => {
    await subscribe(writers);
    const billing = {
      paidScopes: [{ scope: "post:users", product: { id: "prod_writers" } }],
      payingRoles,
      pastDue,
    } as const;
    const done = await run(login(linked()), at(NOW, billing));
    expect(done.scopes).toEqual(REQUESTED);
    expect(stripe.takeRequests()).toEqual([LIST]);
  });
});

describe("what a webhook writes while the login is under way is not overwritten", () => {
  /** Auth0 keeps what an Action sets at the end of the login, beside what was written to other keys meanwhile. */
  const save = async (metadata: Record<string, unknown>, heard: PaidState) => {
    const { effects } = await run(login(metadata));
    const set = effects.flatMap((effect) => (effect.type === "set-app-metadata" ? [[effect.key, effect.value]] : []));
    return { ...metadata, stripe_paid: heard, ...Object.fromEntries(set) };
  };

  test.each<[string, () => unknown]>([
    ["nothing was known", () => undefined],
    ["a no was known", () => state({ scopes: [], until: null, checked_at: now - HOUR })],
  ])("who pays just then has the scope in the next token: %s", async (_case, known) => {
    const saved = await save(linked(known()), state({ checked_at: now + 1 }));
    stripe.takeRequests();
    const next = await run(login(saved), at(NOW + 2000));
    expect(next.scopes).toContain("get:orders");
    expect(stripe.takeRequests()).toEqual([]);
  });

  test("who cancels just then does not", async () => {
    await subscribe();
    const saved = await save(linked(), state({ scopes: [], until: null, checked_at: now + 1 }));
    stripe.takeRequests();
    const next = await run(login(saved), at(NOW + 2000));
    expect(next.scopes).toEqual(NOTHING_PAID);
    expect(stripe.takeRequests()).toEqual([]);
  });

  test("nor is what the Action read later than the last webhook forgotten", async () => {
    const heard = state({ scopes: [], until: null, checked_at: now - HOUR });
    const next = await run(login({ ...linked(heard), stripe_asked: state() }));
    expect(next.scopes).toContain("get:orders");
    expect(stripe.takeRequests()).toEqual([]);
  });
});

describe("a subscription pays", () => {
  test.each<[string, "refuse" | "allow", boolean]>([
    ["active", "refuse", true],
    ["trialing", "refuse", true],
    ["past_due", "refuse", false],
    ["past_due", "allow", true],
    ["incomplete", "allow", false],
    ["incomplete_expired", "allow", false],
    ["unpaid", "allow", false],
    ["paused", "allow", false],
    ["canceled", "allow", false],
  ])("when it is %s and past_due is to %s: %s", async (status, policy, isPaid) => {
    const { id } = await subscribe();
    stripe.local.subscriptions.setStatus(id, status as never);
    const done = await run(login(linked()), at(NOW, { paidScopes, payingRoles, pastDue: policy }));
    expect(done.scopes.includes("get:orders")).toBe(isPaid);
  });

  test("with several items and subscriptions for all of their products, until the first that runs out", async () => {
    const { items } = await subscribe();
    await subscribe(writers, { cancel_at: now + 100 });
    const { scopes, nextEvent } = await run(login(linked()));
    expect(scopes).toEqual(REQUESTED);
    expect(nextEvent.user.app_metadata?.stripe_asked).toMatchObject({ until: now + 100 });
    expect(items.data[0]?.current_period_end).toBeGreaterThan(now + 100);
  });

  test("twice for one product until the later of the two", async () => {
    await subscribe(orders, { cancel_at: now + 100 });
    const { items } = await subscribe();
    const { nextEvent } = await run(login(linked()));
    expect(nextEvent.user.app_metadata?.stripe_asked).toMatchObject({ until: items.data[0]?.current_period_end });
  });

  test("not for a product that was archived", async () => {
    const { product, price } = await sell(seller, "get:orders");
    await subscribe(price);
    await seller.products.update(product, { active: false });
    expect((await run(login(linked()))).scopes).toEqual(NOTHING_PAID);
  });

  test("not for a customer that is gone", async () => {
    await subscribe();
    await seller.customers.del(customer);
    expect((await run(login(linked()))).scopes).toEqual(NOTHING_PAID);
  });
});

describe("when Stripe does not answer", () => {
  const limitedTo = (total: number, call: number) => at(NOW, undefined, { total, call, pause: 5 });
  const faults: FaultKind[] = ["hang", "reset-before", "429", "500-unstored", "html-502", "drip"];

  test.each(faults)("a single fault is waited out: %s", async (kind) => {
    await subscribe();
    stripe.local.faults.add({ kind, path: "/v1/subscriptions", ms: 50 });
    const handler = /^hang|^drip/.test(kind) ? limitedTo(12_000, 300) : at();
    expect((await run(login(linked()), handler)).scopes).toContain("get:orders");
  });

  const down = (kind: FaultKind = "500-unstored") => stripe.local.faults.add({ kind, times: 1000 });

  test.each<[string, Partial<PaidState>, Record<string, string>, boolean]>([
    ["what ran out within a day is kept", { until: now - 23 * HOUR }, {}, true],
    ["what ran out a day ago is not", { until: now - 24 * HOUR }, {}, false],
    ["what was to be checked within a day is kept", { checked_at: now - 47 * HOUR }, {}, true],
    ["what was to be checked a day ago is not", { checked_at: now - 48 * HOUR }, {}, false],
    ["another customer's is not", { customer: "cus_other" }, {}, false],
    ["with STRIPE_FAILURE=deny nothing is", { until: now }, { STRIPE_FAILURE: "deny" }, false],
  ])("%s", async (_case, changes, secrets, isKept) => {
    down();
    const event = login(linked(state(changes)), "database", {
      secrets: { API_IDENTIFIER, STRIPE_SECRET_KEY: stripe.secretKey, ...secrets },
    });
    const done = await run(event, limitedTo(150, 60));
    expect(done.denied).toBeUndefined();
    expect(done.scopes.includes("get:orders")).toBe(isKept);
    // Nothing is written: the next login asks again.
    expect(done.nextEvent.user.app_metadata).toEqual(event.user.app_metadata);
    expect(done.logs).toEqual([
      expect.stringMatching(
        isKept
          ? /does not say what cus_\w+ pays for, get:orders kept: out of time, after Stripe/
          : /no paid scope kept/,
      ),
    ]);
  });

  test("it ends in time, and the log has neither the key nor more than the facts", async () => {
    down("hang");
    const done = await run(login(linked()), limitedTo(150, 60));
    expect(done.scopes).toEqual(NOTHING_PAID);
    expect(done.logs.join()).not.toContain(stripe.secretKey);
  });

  test("a key that may not read subscriptions is named by what it lacks, and not tried again", async () => {
    const { secret } = stripe.local.keys.create(["rak_customer_write"]);
    const done = await run(login(linked(), "database", { secrets: { API_IDENTIFIER, STRIPE_SECRET_KEY: secret } }));
    expect(done.logs).toEqual([expect.stringContaining("StripePermissionError 403")]);
    expect(done.logs).toEqual([expect.stringContaining("lacks rak_subscription_read")]);
    expect(stripe.takeRequests()).toEqual([LIST]);
  });

  test.each([{ message: "hello" }, { data: [{ object: "customer" }] }, { data: "none" }])(
    "a 200 of another kind is not an answer: %j",
    async (body) => {
      jest.spyOn(globalThis, "fetch").mockImplementation(async () => Response.json(body));
      const done = await run(login(linked(state({ until: now }))), limitedTo(150, 60));
      expect(done.scopes).toContain("get:orders");
      expect(done.logs).toEqual([expect.stringContaining("after StripeUnexpectedAnswer")]);
    },
  );

  test("what is not a failed call is thrown on", async () => {
    const broken = {
      onExecutePostLogin: async (...[event, api]: Parameters<typeof action.onExecutePostLogin>) =>
        requireSubscription(event, api, {
          billing: { paidScopes, payingRoles, pastDue },
          limits: PATIENT,
          now: Math.floor(NOW / 1000),
          openCustomers,
          openStripe: () => {
            throw new TypeError("not foreseen");
          },
        }),
    };
    await expect(run(login(linked()), broken)).rejects.toThrow("not foreseen");
  });
});

describe("the handler itself", () => {
  test("asks with its own clock and limits", async () => {
    await subscribe();
    const done = await run(login(linked()), action);
    expect(done.scopes).toEqual(["openid", "get:users", "get:orders"]);
  });

  test.each<[string, Record<string, string | undefined>, RegExp]>([
    ["no API_IDENTIFIER", { API_IDENTIFIER: undefined }, /API_IDENTIFIER is missing/],
    ["no key when one is needed", { STRIPE_SECRET_KEY: undefined }, /STRIPE_SECRET_KEY is missing/],
    ["a policy that is none", { STRIPE_FAILURE: "allow" }, /STRIPE_FAILURE must be one of keep, deny/],
    ["hours that are none", { STRIPE_RECHECK_HOURS: "0" }, /STRIPE_RECHECK_HOURS must be a whole number from 1/],
    ["direct permissions misspelt", { DIRECT_PERMISSIONS: "Keep" }, /DIRECT_PERMISSIONS must be one of/],
    ["the extension misspelt", { EXTENSION_PERMISSIONS: "yes" }, /EXTENSION_PERMISSIONS must be one of/],
  ])("denies the login with a fixed text on %s", async (_case, changes, log) => {
    const secrets = { API_IDENTIFIER, STRIPE_SECRET_KEY: stripe.secretKey, ...changes };
    const done = await run(login(linked(), "database", { secrets }), action);
    expect(done.denied).toBe(LOGIN_FAILED);
    expect(done.logs).toEqual([expect.stringMatching(log)]);
  });

  test("denies it on a fault of its own", async () => {
    const event = login(linked());
    Object.defineProperty(event, "authorization", {
      get: () => {
        throw new Error("not foreseen");
      },
    });
    const { api } = { api: { access: { deny: (text: string) => denied.push(text) } } };
    const denied: string[] = [];
    await action.onExecutePostLogin(event, api as never);
    expect(denied).toEqual([LOGIN_FAILED]);
  });
});
