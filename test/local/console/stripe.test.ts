import { afterAll, beforeAll, expect, test } from "@jest/globals";
import Stripe from "stripe";
import { createLocalStripe, type LocalStripe } from "../../../local/stripe/local-stripe.ts";
import { withConsole } from "../../support/console.ts";
import { type Answer, call } from "../../support/local-tenant.ts";
import { type LoginTenant, startLoginTenant } from "../../support/login-tenant.ts";

const SCRIPT = `<script>alert("x")</script>`;
const HOUR = 3_600;
const START = Date.parse("2026-11-20T12:00:00.000Z");

let account: LocalStripe;
let stripe: Stripe;
let tenant: LoginTenant;
let token: string;
let subscription: Stripe.Subscription;
beforeAll(async () => {
  account = createLocalStripe({ clock: () => START });
  const key = account.keys.all().find(({ permissions }) => permissions === undefined)!.secret;
  const httpClient = Stripe.createFetchHttpClient((url, init) => account.fetch(new Request(url, init)));
  stripe = new Stripe(key, { httpClient, telemetry: false, maxNetworkRetries: 0 });
  tenant = await startLoginTenant(withConsole({ findStripe: () => account }));
  token = ((await get("/console/stripe")) as { token: string }).token;
  const { id: customer } = await stripe.customers.create({ email: "ada@example.org", name: SCRIPT });
  const { id: product } = await stripe.products.create({ name: "Reports" });
  const { id: price } = await stripe.prices.create({
    currency: "eur",
    unit_amount: 900,
    recurring: { interval: "month" },
    product,
    nickname: SCRIPT,
  });
  subscription = await stripe.subscriptions.create({ customer, items: [{ price }], trial_period_days: 14 });
});
afterAll(async () => {
  await tenant.close();
  await account.close();
});

const get = async (path: string, accept = "application/json") =>
  (await call(tenant, path, { headers: { accept } })).body;
const post = (path: string, fields: Record<string, string> = {}): Promise<Answer> =>
  call(tenant, path, { method: "POST", headers: { accept: "application/json" }, body: { token, ...fields } });

test("the account is shown with its time, customers, subscriptions and requests; a script in it is text", async () => {
  expect(await get("/console/stripe")).toMatchObject({
    now: "2026-11-20T12:00:00.000Z",
    fault: null,
    total: 1,
    customers: [
      {
        email: "ada@example.org",
        subscriptions: [
          { id: subscription.id, status: "trialing", prices: [SCRIPT], until: "2026-12-04T12:00:00.000Z" },
        ],
      },
    ],
    requests: [{ method: "POST", path: "/v1/subscriptions", answer: "200" }, {}, {}, {}],
  });
  expect(await get("/console/stripe", "text/html")).not.toContain("<script>alert");
});

test.each([
  ["down", { statusCode: 500 }],
  ["lost", { type: "StripeConnectionError" }],
])("Stripe is %s for whoever asks it, until it is switched off again", async (fault, refusal) => {
  expect((await post("/console/stripe/faults", { fault })).body).toMatchObject({ fault });
  await expect(stripe.customers.list()).rejects.toMatchObject(refusal);
  await expect(stripe.customers.list()).rejects.toMatchObject(refusal);
  expect((await post("/console/stripe/faults", { fault: "none" })).body).toMatchObject({ fault: null });
  expect((await stripe.customers.list()).data).toHaveLength(1);
});

test("one fault takes the place of another, and what somebody asked for otherwise is not called one of them", async () => {
  await post("/console/stripe/faults", { fault: "slow" });
  expect((await post("/console/stripe/faults", { fault: "down" })).body).toMatchObject({ fault: "down" });
  await post("/console/stripe/faults", { fault: "none" });
  account.faults.add({ kind: "delay", path: "/v1/nothing" });
  expect(await get("/console/stripe")).toMatchObject({ fault: null });
  account.faults.clear();
});

test.each([
  ["lost", { lost: true, delay: 0, copies: 1 }],
  ["late", { lost: false, delay: 10_000, copies: 1 }],
  ["twice", { lost: false, delay: 0, copies: 2 }],
])("webhooks are %s, until that is switched off again", async (fault, settings) => {
  expect((await post("/console/stripe/webhooks", { fault })).body).toMatchObject({ webhooks: fault });
  expect(account.webhooks.settings()).toMatchObject(settings);
  expect((await post("/console/stripe/webhooks", { fault: "none" })).body).toMatchObject({ webhooks: null });
  expect(account.webhooks.settings()).toMatchObject({ lost: false, delay: 0, copies: 1 });
});

test("a trial is ended, its subscription is active at once, and canceled it is over", async () => {
  const of = async () => (await stripe.subscriptions.retrieve(subscription.id)).status;
  expect((await post(`/console/stripe/subscriptions/${subscription.id}/end-trial`)).status).toBe(200);
  expect(await of()).not.toBe("trialing");
  expect((await post(`/console/stripe/subscriptions/${subscription.id}/cancel`)).status).toBe(200);
  expect(await of()).toBe("canceled");
});

test("what Stripe refuses is told in its words", async () => {
  expect(await post("/console/stripe/subscriptions/sub_nobody/cancel")).toMatchObject({
    status: 422,
    body: { error: { code: "STRIPE_REFUSED", message: expect.stringContaining("No such subscription") } },
  });
});

test("the clock moves forward, and subscriptions see it", async () => {
  expect((await post("/console/stripe/clock", { seconds: String(HOUR) })).body).toMatchObject({
    now: "2026-11-20T13:00:00.000Z",
  });
});

test.each([
  ["a fault that is none of them", "faults", { fault: "earthquake" }, "FAULT_UNKNOWN"],
  ["a webhooks' fault that is none of them", "webhooks", { fault: "down" }, "FAULT_UNKNOWN"],
  ["a step backwards", "clock", { seconds: "-60" }, "CLOCK_STEP_REFUSED"],
  ["a step of nothing", "clock", {}, "CLOCK_STEP_REFUSED"],
  ["a step of ages", "clock", { seconds: "99999999999" }, "CLOCK_STEP_REFUSED"],
])("%s is refused", async (_what, form, fields, code) => {
  expect(await post(`/console/stripe/${form}`, fields as Record<string, string>)).toMatchObject({
    status: 400,
    body: { error: { code } },
  });
});
