import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { parseBillingRules } from "../../../gateways/authorizer/billing/rules.ts";
import { createFetchKeySet } from "../../../gateways/authorizer/keys/fetch-key-set.ts";
import { createStripeSource } from "../../../gateways/billing/stripe-source.ts";
import { type Gateway, openGateway } from "../../../gateways/open-gateway.ts";
import { createMovableClock, type MovableClock } from "../../../local/clock.ts";
import { trustingFetch } from "../../support/fetch.ts";
import { API } from "../../support/login-tenant.ts";
import { METER, type PortalWorld, SCOPE, startPortalWorld, type Visit } from "../support/portal.ts";

const MINUTE = 60_000;
let world: PortalWorld;
let people = 0;
let email: string;
let userId: string;
let clock: MovableClock;
let gateway: Gateway;
let visit: Visit;

beforeAll(async () => {
  world = await startPortalWorld();
});
afterAll(() => world.close());

beforeEach(async () => {
  people += 1;
  email = `person${people}@example.com`;
  ({ user_id: userId } = await world.tenant.addUser(email, { email_verified: true }));
  clock = createMovableClock(() => Date.parse("2026-11-20T12:00:00.000Z"));
  gateway = openGateway({
    issuer: `https://${world.tenant.domain}/`,
    audience: API,
    rules: parseBillingRules({ scopes: [{ scope: SCOPE, meter: METER }] }),
    source: createStripeSource(world.stripe.client),
    metering: "elsewhere",
    steadyClock: clock.now,
    fetchKeySet: createFetchKeySet(new URL(`https://${world.tenant.domain}/.well-known/jwks.json`), {
      fetch: trustingFetch(world.tenant),
    }),
  });
  visit = world.visit(world.open({}, { gateway, steadyClock: clock.now }));
  await visit.logIn(email);
});

/** As with STRIPE_CUSTOMER=checkout: the token is from before there was a customer, and goes on without. */
const ask = () =>
  gateway.billing!.charge({
    claims: { [`${API}email`]: email, [`${API}email_verified`]: true } as never,
    scopes: [SCOPE],
    metered: undefined,
  });
const UNPAID = { kind: "refused", code: "customer_unknown" };

/** An application that asks every ten seconds, and is told each time to pay. */
async function askFor(minutes: number): Promise<void> {
  for (let second = 0; second < minutes * 60; second += 10) {
    expect(await ask()).toEqual(UNPAID);
    clock.advance(10_000);
  }
}
const clickSubscribe = async () =>
  visit.post("/billing/checkout", { form_token: await visit.formToken(), scope: SCOPE });
async function pay(): Promise<string> {
  const { stripe_customer_id: customer } = world.tenant.tenant.state.users.get(userId)!.app_metadata as {
    stripe_customer_id: string;
  };
  await world.stripe.client.subscriptions.create({ customer, items: [{ price: world.price }] });
  return customer;
}

test("who was refused for long, got a customer at the checkout and paid, is let in when they are back", async () => {
  await askFor(30);
  await clickSubscribe();
  await askFor(1);
  const customer = await pay();
  expect((await visit.get("/billing?done=checkout")).text).toContain("Your subscription is active");
  expect(await ask()).toEqual({ kind: "paid", customer, usage: { customer, meter: METER, value: 1 } });
});

test.each([2, 9, 25])(
  "who pays %d minutes after the click, and closes the page, is let in within a minute, without a webhook",
  async (minutes) => {
    await askFor(30);
    await clickSubscribe();
    await askFor(minutes);
    const customer = await pay();
    clock.advance(MINUTE / 2);
    expect(await ask()).toMatchObject({ kind: "paid", customer });
  },
);

test("who clicks and does not pay is asked about as rarely as before, after half an hour", async () => {
  await clickSubscribe();
  await askFor(60);
  world.takeRequests();
  await askFor(60);
  expect(world.takeRequests().filter((request) => request === "GET /v1/subscriptions").length).toBeLessThan(8);
});

test("another node, which has looked at the user a moment ago, knows the customer that the first one made", async () => {
  const other = world.visit(world.open({}, { gateway, steadyClock: clock.now }));
  for (const [name, value] of visit.cookies) other.cookies.set(name, value);
  await askFor(1);
  await other.get();
  await clickSubscribe();
  const customer = await pay();
  clock.advance(5_000);
  expect((await other.get("/billing?done=checkout")).text).toContain("Your subscription is active");
  expect(await ask()).toMatchObject({ kind: "paid", customer });
});
