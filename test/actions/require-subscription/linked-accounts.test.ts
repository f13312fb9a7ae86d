import { paidScopes, pastDue, payingRoles } from "tenant:billing";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import Stripe from "stripe";
import type * as action from "../../../actions/require-subscription/action.ts";
import { requireSubscription } from "../../../actions/require-subscription/require-subscription.ts";
import { openCustomers } from "../../../actions/shared/stripe/account-customers.ts";
import { openStripe } from "../../../actions/shared/stripe/stripe-subscriptions.ts";
import { API_IDENTIFIER, buildEvent, type EventChanges, type LoginKind, NOW } from "../../support/actions/event.ts";
import { type ActionRun, runAction } from "../../support/actions/run-action.ts";
import { type MappedStripe, startMappedStripe } from "../../support/mapped-stripe.ts";
import { sell } from "../../support/stripe-catalogue.ts";

/** auth0|ada is kept, with a customer of its own; google-oauth2|7 was linked to it, and had one too. */
let stripe: MappedStripe;
let seller: Stripe;
let orders: string;
let writers: string;
let kept: string;
let dropped: string;
const KEPT = "auth0|ada";
const DROPPED = "google-oauth2|7";

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
  handler = createHandler();
  stripe.local.faults.clear();
  for (const { id } of stripe.live()) await seller.customers.del(id);
  kept = (await seller.customers.create({ email: "ada@example.org", metadata: { auth0_user_id: KEPT } })).id;
  dropped = (await seller.customers.create({ email: "ada@work.example", metadata: { auth0_user_id: DROPPED } })).id;
  // A search is a minute behind.
  stripe.clock.advance(61_000);
  stripe.takeRequests();
});

afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => stripe.close());

const subscribe = (customer: string, price = orders) =>
  seller.subscriptions.create({ customer, items: [{ price }] }).finally(() => stripe.takeRequests());
const identity = (id: string) => {
  const [provider = "", userId = ""] = id.split("|");
  return { provider, user_id: userId, connection: provider, isSocial: provider !== "auth0" };
};
const login = (
  identities = [KEPT, DROPPED],
  metadata: object = {},
  more: EventChanges = {},
  kind: LoginKind = "database",
): Promise<ActionRun> =>
  runAction(
    handler,
    buildEvent(
      kind,
      {
        secrets: { API_IDENTIFIER, STRIPE_SECRET_KEY: stripe.secretKey },
        authorization: { roles: ["viewer"] },
        user: {
          identities: identities.map(identity),
          app_metadata: { stripe_customer_id: kept, stripe_customer_linked_to: KEPT, ...metadata },
        },
      },
      more,
    ),
    { requested: ["openid", "get:orders", "post:users"] },
  );
const createHandler = (total = 12_000, open = openCustomers) => ({
  onExecutePostLogin: async (...[event, api]: Parameters<typeof action.onExecutePostLogin>) =>
    requireSubscription(event, api, {
      billing: { paidScopes, payingRoles, pastDue },
      limits: { total, call: Math.min(total, 6_000), pause: 5 },
      openStripe,
      openCustomers: open,
      now: Math.floor(NOW / 1000),
    }),
});
let handler = createHandler();
const linkOf = ({ nextEvent }: ActionRun) => nextEvent.user.app_metadata?.stripe_customer_id;
const ownerOf = (id: string) => stripe.live().find((one) => one.id === id)?.metadata.auth0_user_id;

test("whose other account's customer pays goes on with that customer, which is made theirs", async () => {
  await subscribe(dropped);
  const done = await login();
  expect([done.scopes, linkOf(done), ownerOf(dropped)]).toEqual([["openid", "get:orders"], dropped, KEPT]);
  expect(done.nextEvent.user.app_metadata).toMatchObject({
    stripe_customer_linked_to: KEPT,
    stripe_customer_email: "",
    stripe_asked: { customer: dropped, scopes: ["get:orders"] },
  });
  expect(done.logs).toEqual([
    expect.stringMatching(/^require-subscription: (cus_\w+) pays for get:orders, and takes the place of cus_\w+ \(/),
  ]);
  stripe.takeRequests();
  const again = await login(undefined, done.nextEvent.user.app_metadata);
  expect([again.scopes, stripe.takeRequests()]).toEqual([["openid", "get:orders"], []]);
});

test("whose kept account pays keeps it, and nobody looks for another", async () => {
  await subscribe(kept);
  await subscribe(kept, writers);
  await subscribe(dropped);
  const done = await login();
  expect([done.scopes.length, linkOf(done)]).toEqual([3, kept]);
  expect(stripe.takeRequests()).toEqual(["GET /v1/subscriptions", "GET /v1/products"]);
});

test.each<[string, "kept" | "dropped", () => Promise<unknown>]>([
  ["both pay for as much", "kept", async () => [await subscribe(kept), await subscribe(dropped, writers)]],
  [
    "the other pays for more",
    "dropped",
    async () => [await subscribe(kept), await subscribe(dropped), await subscribe(dropped, writers)],
  ],
  ["neither pays", "kept", async () => {}],
  ["the other was deleted at Stripe", "kept", () => subscribe(dropped).then(() => seller.customers.del(dropped))],
])("where %s it is the %s account's customer", async (_case, expected, arrange) => {
  await arrange();
  expect(linkOf(await login())).toBe(expected === "kept" ? kept : dropped);
});

const THIRD = "waad|third";
test.each([[[KEPT, DROPPED, THIRD]], [[THIRD, DROPPED, KEPT]], [[DROPPED, KEPT, THIRD]]])(
  "of three accounts, linked in whatever order, the one whose customer pays is found, by another email too: %j",
  async (identities) => {
    const third = await seller.customers.create({ email: "ada@corp.example", metadata: { auth0_user_id: THIRD } });
    await subscribe(third.id);
    stripe.clock.advance(61_000);
    for (const link of [kept, undefined]) {
      const done = await login(identities, { stripe_customer_id: link });
      expect([done.scopes, linkOf(done), ownerOf(third.id)]).toEqual([["openid", "get:orders"], third.id, KEPT]);
      await seller.customers.update(third.id, { metadata: { auth0_user_id: THIRD } });
      stripe.clock.advance(61_000);
    }
  },
);

test.each([undefined, null, "", 7])(
  "whose kept account has no customer (%j) goes on with the other's",
  async (link) => {
    await subscribe(dropped);
    const done = await login(undefined, { stripe_customer_id: link });
    expect([done.scopes, linkOf(done), ownerOf(dropped)]).toEqual([["openid", "get:orders"], dropped, KEPT]);
    expect(done.logs).toEqual([expect.stringMatching(/^require-subscription: cus_\w+ pays for get:orders \(/)]);
  },
);

test("whose accounts have no customer that pays is searched for once in half a minute", async () => {
  const done = await login(undefined, { stripe_customer_id: undefined });
  expect([done.scopes, stripe.takeRequests()[0]]).toEqual([["openid"], "GET /v1/customers/search"]);
  expect(done.logs).toEqual([expect.stringMatching(/^require-subscription: no customer pays for anything \(/)]);
  await login(undefined, { ...done.nextEvent.user.app_metadata, stripe_customer_id: undefined });
  expect(stripe.takeRequests()).toEqual([]);
});

describe("an account that was unlinked has a customer and no link to it:", () => {
  const HOUR = 60 * 60;
  const renew = (metadata: object = {}) =>
    login([KEPT], { stripe_customer_id: undefined, ...metadata }, {}, "refresh exchange");

  test("when its token is renewed it is found, and linked again", async () => {
    await subscribe(kept);
    const done = await renew();
    expect([done.scopes, linkOf(done), ownerOf(kept)]).toEqual([["openid", "get:orders"], kept, KEPT]);
    expect(done.nextEvent.user.app_metadata).toMatchObject({ stripe_customer_linked_to: KEPT });
  });

  test("a login asks nothing: whoever has never been to the checkout looks alike", async () => {
    await subscribe(kept);
    const done = await login([KEPT], { stripe_customer_id: undefined });
    expect([done.scopes, stripe.takeRequests()]).toEqual([["openid"], []]);
  });

  test.each([
    [24 * HOUR - 1, []],
    [24 * HOUR, ["GET /v1/customers/search"]],
  ])("who has none is searched for once a day: %d s later", async (age, expected) => {
    await seller.customers.del(kept);
    // A search is a minute behind.
    stripe.clock.advance(61_000);
    stripe.takeRequests();
    const done = await renew();
    expect([done.scopes, stripe.takeRequests()]).toEqual([["openid"], ["GET /v1/customers/search"]]);
    const { stripe_asked: asked } = done.nextEvent.user.app_metadata as { stripe_asked: object };
    await renew({ stripe_asked: { ...asked, checked_at: NOW / 1000 - age } });
    expect(stripe.takeRequests()).toEqual(expected);
  });

  test("where the search fails nothing is remembered, so that the next token has it", async () => {
    await subscribe(kept);
    handler = createHandler(300);
    stripe.local.faults.add({ kind: "500-unstored", method: "GET", path: "/v1/customers/search", times: 100 });
    const done = await renew();
    expect([done.denied, done.scopes, done.nextEvent.user.app_metadata?.stripe_asked]).toEqual([
      undefined,
      ["openid"],
      undefined,
    ]);
    expect(done.logs).toEqual([
      expect.stringMatching(
        /^require-subscription: Stripe does not say what a customer of the user's pays for, no paid/,
      ),
    ]);
    stripe.local.faults.clear();
    handler = createHandler();
    expect((await renew(done.nextEvent.user.app_metadata)).scopes).toEqual(["openid", "get:orders"]);
  });

  test("whose customer is another's is left alone", async () => {
    await seller.customers.update(kept, { metadata: { auth0_user_id: DROPPED } });
    await subscribe(kept);
    stripe.clock.advance(61_000);
    expect((await renew()).scopes).toEqual(["openid"]);
  });
});

describe("nobody else's customer is taken:", () => {
  test.each<[string, string[]]>([
    ["without a linked account", [KEPT]],
    ["of an account whose id differs in case", [KEPT, "google-oauth2|7x", "Google-OAuth2|7"]],
    ["of an account that was unlinked", [KEPT, "google-oauth2|8"]],
  ])("%s", async (_case, identities) => {
    await subscribe(dropped);
    const done = await login(identities);
    expect([done.scopes, linkOf(done), ownerOf(dropped)]).toEqual([["openid"], kept, DROPPED]);
  });

  test("where the organization pays", async () => {
    await subscribe(dropped);
    const organization = {
      id: "org_1",
      name: "acme",
      display_name: "Acme",
      metadata: { stripe_customer_id: "cus_org" },
    };
    expect(linkOf(await login(undefined, {}, { organization } as EventChanges))).toBe(kept);
  });
});

describe("a no that was said", () => {
  const said = (age: number, accounts?: unknown) => ({
    stripe_asked: { customer: kept, scopes: [], until: null, checked_at: NOW / 1000 - age, accounts },
  });

  test("of as many accounts is looked at again after half a minute: a search is behind", async () => {
    await subscribe(dropped);
    expect((await login(undefined, said(29, 2))).scopes).toEqual(["openid"]);
    expect((await login(undefined, said(30, 2))).scopes).toEqual(["openid", "get:orders"]);
  });

  test.each([undefined, 1, 3, null, "2"])(
    "of other accounts (%j), seconds before they were linked, does not count",
    async (accounts) => {
      await subscribe(dropped);
      expect((await login(undefined, said(1, accounts))).scopes).toEqual(["openid", "get:orders"]);
    },
  );

  test("by a webhook, of the one customer, does not count for the others", async () => {
    await subscribe(dropped);
    const { stripe_asked: heard } = said(1);
    expect((await login(undefined, { stripe_paid: heard })).scopes).toEqual(["openid", "get:orders"]);
  });
});

test.each<[string, string, string]>([
  ["the search fails", "GET", "/v1/customers/search"],
  ["the customer cannot be made theirs", "POST", "/v1/customers/:id"],
])(
  "where %s the login goes on with the customer that is linked, and it is tried again",
  async (_case, method, path) => {
    await subscribe(dropped);
    handler = createHandler(300);
    stripe.local.faults.add({ kind: "500-unstored", method: method as "GET", path, times: 100 });
    const done = await login();
    expect([done.denied, linkOf(done), done.scopes]).toEqual([undefined, kept, ["openid"]]);
    expect(done.logs.join("\n")).toMatch(/another account pays is not known/);
  },
);

test.each([{ message: "hello" }, { object: "search_result", data: "none" }])(
  "a 200 of another kind is not an answer to the search: %j",
  async (body) => {
    handler = createHandler(300);
    const real = globalThis.fetch;
    jest
      .spyOn(globalThis, "fetch")
      .mockImplementation(async (input, init) =>
        String(input).includes("/v1/customers") ? Response.json(body) : real(input, init),
      );
    expect(linkOf(await login())).toBe(kept);
  },
);

test("a 200 of another kind does not make the customer theirs", async () => {
  handler = createHandler(300);
  await subscribe(dropped);
  const real = globalThis.fetch;
  jest
    .spyOn(globalThis, "fetch")
    .mockImplementation(async (input, init) =>
      init?.method === "POST" ? Response.json({ message: "hello" }) : real(input, init),
    );
  expect(linkOf(await login())).toBe(kept);
});

test("what is not a failed call is thrown on", async () => {
  handler = createHandler(12_000, () => {
    throw new TypeError("not foreseen");
  });
  await expect(login()).rejects.toThrow("not foreseen");
});
