import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import Stripe from "stripe";
import { NOW } from "../../support/actions/event.ts";
import { startTestStripe, type TestStripe } from "../../support/stripe.ts";
import { sell } from "../../support/stripe-catalogue.ts";

interface Received {
  readonly payload: string;
  readonly signature: string;
}

let stripe: TestStripe;
let client: Stripe;
let server: Server;
let received: Received[];
/** Answers to come; 200 when there is none. */
let answers: (number | "reset")[];
let secret: string;
let endpoint: string;

beforeEach(async () => {
  stripe = await startTestStripe({ webhooks: { retryAfter: [5, 5] } });
  client = stripe.client;
  received = [];
  answers = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({
        payload: Buffer.concat(chunks).toString(),
        signature: String(request.headers["stripe-signature"]),
      });
      const answer = answers.shift() ?? 200;
      if (answer === "reset") request.socket.destroy();
      else response.writeHead(answer, { location: "/elsewhere" }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/stripe`;
  const made = await client.webhookEndpoints.create({
    url,
    enabled_events: [
      "customer.created",
      "customer.updated",
      "customer.subscription.created",
      "customer.subscription.deleted",
      "customer.deleted",
    ],
  });
  secret = made.secret ?? "";
  endpoint = made.id;
});

afterEach(async () => {
  await stripe.close();
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
});

const verify = ({ payload, signature }: Received, with_ = secret, at = NOW) =>
  client.webhooks.constructEvent(payload, signature, with_, 300, undefined, at);
const types = () => received.map((one) => verify(one).type);

test("an event is signed so that the SDK takes it", async () => {
  const { id } = await client.customers.create({ name: "Ada" });
  await stripe.local.webhooks.settled();
  expect(received).toHaveLength(1);
  expect(verify(received[0]!)).toMatchObject({
    object: "event",
    id: expect.stringMatching(/^evt_/),
    type: "customer.created",
    api_version: client.getApiField("version"),
    data: { object: { id, name: "Ada" } },
  });
});

test.each<[string, (one: Received) => unknown]>([
  ["another secret", (one) => verify(one, "whsec_other")],
  ["a changed payload", (one) => verify({ ...one, payload: one.payload.replace("Ada", "Eve") })],
  ["a signature of six minutes ago", (one) => verify(one, secret, NOW + 360_000)],
])("%s is refused by the SDK", async (_case, check) => {
  await client.customers.create({ name: "Ada" });
  await stripe.local.webhooks.settled();
  expect(() => check(received[0]!)).toThrow(Stripe.errors.StripeSignatureVerificationError);
});

test("an update says what it changed from", async () => {
  const { id } = await client.customers.create({ name: "Ada" });
  await client.customers.update(id, { name: "Grace" });
  await stripe.local.webhooks.settled();
  expect(verify(received[1]!).data.previous_attributes).toEqual({ name: "Ada" });
});

test("a deleted customer's subscriptions are told of as well", async () => {
  const { price } = await sell(client, "a");
  const { id } = await client.customers.create();
  await client.subscriptions.create({ customer: id, items: [{ price }] });
  await client.customers.del(id);
  await stripe.local.webhooks.settled();
  expect(types().sort()).toEqual([
    "customer.created",
    "customer.deleted",
    "customer.subscription.created",
    "customer.subscription.deleted",
  ]);
});

describe("what is not taken comes again, signed anew", () => {
  test.each<[string, number | "reset"]>([
    ["500", 500],
    ["a redirect", 302],
    ["400", 400],
    ["a broken connection", "reset"],
  ])("after %s", async (_case, answer) => {
    answers = [answer, answer];
    await client.customers.create();
    await stripe.local.webhooks.settled();
    expect(stripe.local.webhooks.entries().map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, answer === "reset" ? undefined : answer],
      [2, answer === "reset" ? undefined : answer],
      [3, 200],
    ]);
    expect(new Set(received.map((one) => verify(one).id)).size).toBe(1);
  });

  test("until the tries are used up", async () => {
    answers = [500, 500, 500, 500];
    await client.customers.create();
    await stripe.local.webhooks.settled();
    expect(received).toHaveLength(3);
  });
});

test("events may come twice, and in another order", async () => {
  stripe.local.webhooks.configure({ copies: 2, reversed: true });
  const { id } = await client.customers.create();
  await client.customers.update(id, { name: "x" });
  await stripe.local.webhooks.settled();
  expect(types().sort()).toEqual(["customer.created", "customer.created", "customer.updated", "customer.updated"]);
});

test("only what is asked for comes, and nothing to a disabled endpoint", async () => {
  await client.products.create({ name: "x" });
  await client.webhookEndpoints.update(endpoint, { disabled: true });
  await client.customers.create();
  await stripe.local.webhooks.settled();
  expect(received).toEqual([]);
});

test("the secret is shown once, and nothing is sent beyond this machine", async () => {
  expect(secret).toMatch(/^whsec_/);
  const { data } = await client.webhookEndpoints.list();
  expect(data).toMatchObject([{ id: endpoint, status: "enabled" }]);
  expect(JSON.stringify(data)).not.toContain(secret);
  await expect(
    client.webhookEndpoints.create({ url: "https://example.com/", enabled_events: ["*"] }),
  ).rejects.toMatchObject({ code: "url_invalid", param: "url" });
  await client.webhookEndpoints.del(endpoint);
  await expect(client.webhookEndpoints.retrieve(endpoint)).rejects.toMatchObject({ statusCode: 404 });
});

test("lost, an event is tried as often as ever and arrives never; late, it arrives after its time", async () => {
  const { webhooks } = stripe.local;
  webhooks.configure({ lost: true });
  await client.customers.create({ name: "Ada" });
  await webhooks.settled();
  expect(received).toEqual([]);
  expect(webhooks.entries().map(({ attempt, status }) => [attempt, status])).toEqual(
    [1, 2, 3].map((n) => [n, undefined]),
  );
  webhooks.configure({ lost: false, delay: 30 });
  const started = performance.now();
  await client.customers.create({ name: "Grace" });
  await webhooks.settled();
  expect(types()).toEqual(["customer.created"]);
  expect(performance.now() - started).toBeGreaterThanOrEqual(29);
});
