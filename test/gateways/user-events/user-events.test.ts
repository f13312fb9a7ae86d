import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { openStripe } from "../../../gateways/billing/stripe-client.ts";
import { type AnswerUserEvent, createAnswerUserEvent } from "../../../gateways/user-events/answer-user-event.ts";
import { createCustomers } from "../../../gateways/user-events/customers.ts";
import { createReceiveUserEvent, type OnDeletion } from "../../../gateways/user-events/receive-user-event.ts";
import { USER_EVENT_PERMISSIONS } from "../../../scripts/stripe/restricted-keys.ts";
import { NOW } from "../../support/actions/event.ts";
import { type LoginTenant, startLoginTenant } from "../../support/login-tenant.ts";
import { createManagementClient } from "../../support/management-client.ts";
import { startTestStripe, type TestStripe } from "../../support/stripe.ts";
import { sell } from "../../support/stripe-catalogue.ts";

const TOKEN = "a-token-of-at-least-32-characters";
let tenant: LoginTenant;
let stripe: TestStripe;
let answer: AnswerUserEvent;
let log: string[];
let waited: number[];
let people = 0;
let userId: string;
let customer: string;

beforeAll(async () => {
  tenant = await startLoginTenant();
});
afterAll(() => tenant.close());

const open = (onDeletion: OnDeletion = "cancel") => {
  answer = createAnswerUserEvent({
    tokens: ["another-token-of-32-characters-or-more", TOKEN],
    receive: createReceiveUserEvent({
      management: createManagementClient(tenant),
      customers: createCustomers(
        openStripe({
          secretKey: stripe.local.keys.create(USER_EVENT_PERMISSIONS).secret,
          url: `http://127.0.0.1:${stripe.local.port}`,
        }),
      ),
      onDeletion,
      clock: () => NOW,
      wait: async (milliseconds) => {
        waited.push(milliseconds);
      },
      log: (line) => log.push(line),
    }),
    log: (line) => log.push(line),
  });
};

beforeEach(async () => {
  stripe = await startTestStripe();
  [log, waited] = [[], []];
  people += 1;
  const email = `person${people}@example.com`;
  ({ user_id: userId } = await tenant.addUser(email, { email_verified: true }));
  customer = (await stripe.client.customers.create({ email, metadata: { auth0_user_id: userId } })).id;
  const { price } = await sell(stripe.client, "get:reports");
  await stripe.client.subscriptions.create({ customer, items: [{ price }] });
  await setMetadata({ stripe_customer_id: customer, stripe_customer_linked_to: userId, stripe_customer_email: email });
  open();
});
afterEach(() => stripe.close());

const setMetadata = (metadata: object) =>
  createManagementClient(tenant).users.update(userId, { app_metadata: { ...metadata } });
const readUser = () => tenant.tenant.state.users.get(userId);
const readCustomer = async () => {
  const found = await stripe.client.customers.retrieve(customer);
  if (found.deleted) throw new Error("deleted");
  return found;
};
const statuses = async () =>
  (await stripe.client.subscriptions.list({ customer, status: "all" })).data.map(({ status }) => status);

/** As Auth0 sends it: CloudEvents 1.0, and the profile as it was when the event was made. */
const makeEvent = (type: string, object: object = {}, more: object = {}) => ({
  id: "evt_1a2b3c4d",
  source: "urn:auth0:example.eu.auth0.com",
  specversion: "1.0",
  type,
  time: new Date(NOW - 60_000).toISOString(),
  data: {
    object: {
      user_id: userId,
      email: readUser()?.email,
      email_verified: true,
      created_at: "2026-11-01T08:00:00.000Z",
      updated_at: "2026-11-20T08:00:00.000Z",
      identities: [],
      app_metadata: readUser()?.app_metadata,
      ...object,
    },
    context: { tenant: { id: "example" } },
  },
  a0tenant: "example",
  a0stream: "est_1a2b3c4d",
  ...more,
});
const send = (event: unknown, authorization: string | undefined = `Bearer ${TOKEN}`) =>
  answer(typeof event === "string" ? event : JSON.stringify(event), authorization);
const requests = () => stripe.local.log.entries().filter(({ path }) => path !== "/v1/products").length;

describe("user.updated", () => {
  const rename = (email = "renamed@example.com", verified = true) =>
    createManagementClient(tenant).users.update(userId, { email, email_verified: verified });

  test.each(["user.updated", "user.created"])("%s carries a changed email to Stripe, once", async (type) => {
    await rename(`${type}@example.com`);
    const event = makeEvent(type);
    for (const _time of [1, 2]) await expect(send(event)).resolves.toMatchObject({ status: 200 });
    expect((await readCustomer()).email).toBe(`${type}@example.com`);
    expect(readUser()?.app_metadata).toMatchObject({ stripe_customer_email: `${type}@example.com` });
    expect(log).toEqual([expect.stringContaining(`${customer} has its user's email again`)]);
  });

  test("takes the email that the user has now, in whatever order the events come", async () => {
    const old = makeEvent("user.updated", { email: "first@example.com" });
    await rename("last@example.com");
    const last = makeEvent("user.updated");
    await send(last);
    await send(old);
    expect((await readCustomer()).email).toBe("last@example.com");
  });

  test("costs no request where the email is the same, as at every login", async () => {
    stripe.local.log.clear();
    await expect(send(makeEvent("user.updated", { logins_count: 9 }))).resolves.toMatchObject({ status: 200 });
    expect(requests()).toBe(0);
  });

  test.each<[string, () => Promise<unknown>]>([
    ["an email that nobody has verified", () => rename("eve@example.com", false)],
    [
      "a customer that is marked as another user's",
      async () => {
        await rename("other@example.com");
        await setMetadata({ stripe_customer_linked_to: "auth0|eve" });
      },
    ],
  ])("leaves the customer alone for %s", async (_case, change) => {
    const { email } = await readCustomer();
    await change();
    await expect(send(makeEvent("user.updated", { email: "whatever@example.com" }))).resolves.toMatchObject({
      status: 200,
    });
    expect((await readCustomer()).email).toBe(email);
  });

  test("is answered 500 while Stripe fails, and done when it is sent again", async () => {
    await rename("again@example.com");
    stripe.local.faults.add({ kind: "reset-before", method: "POST" });
    await expect(send(makeEvent("user.updated"))).resolves.toEqual({ status: 500, body: { error: "not_done" } });
    await expect(send(makeEvent("user.updated"))).resolves.toMatchObject({ status: 200 });
    expect((await readCustomer()).email).toBe("again@example.com");
  });

  test("of a user who is gone by now is taken", async () => {
    const event = makeEvent("user.updated", { email: "late@example.com" });
    await createManagementClient(tenant).users.delete(userId);
    await expect(send(event)).resolves.toMatchObject({ status: 200 });
  });
});

describe("user.deleted", () => {
  const remove = async () => {
    const event = makeEvent("user.deleted");
    await createManagementClient(tenant).users.delete(userId);
    return event;
  };

  test("ends the subscriptions and marks the customer, as often as it comes", async () => {
    const event = await remove();
    for (const _time of [1, 2]) await expect(send(event)).resolves.toMatchObject({ status: 200 });
    expect(await statuses()).toEqual(["canceled"]);
    expect((await readCustomer()).metadata).toEqual({
      auth0_user_id: userId,
      auth0_user_deleted: new Date(NOW - 60_000).toISOString(),
    });
  });

  test("with detach leaves the subscriptions to a person", async () => {
    open("detach");
    await send(await remove());
    expect(await statuses()).toEqual(["active"]);
    expect((await readCustomer()).metadata).toHaveProperty("auth0_user_deleted");
  });

  test("finds the customer where the event does not say which it was", async () => {
    const event = makeEvent("user.deleted", { app_metadata: undefined });
    await createManagementClient(tenant).users.delete(userId);
    stripe.clock.advance(2 * 60_000);
    await send(event);
    expect(await statuses()).toEqual(["canceled"]);
  });

  test.each<[string, () => Promise<unknown>]>([
    ["the user is there, as one who registered again under the same id", async () => undefined],
    [
      "the account was linked to another, which lives on",
      async () => {
        const former = userId;
        const { user_id: primary } = await tenant.addUser(`primary${people}@example.com`);
        await createManagementClient(tenant).users.identities.link(primary, {
          provider: "auth0",
          user_id: former.slice("auth0|".length),
        });
      },
    ],
  ])("changes nothing where %s", async (_case, act) => {
    const event = makeEvent("user.deleted");
    await act();
    await expect(send(event)).resolves.toMatchObject({ status: 200 });
    expect([await statuses(), (await readCustomer()).metadata]).toEqual([["active"], { auth0_user_id: userId }]);
  });

  test("changes nothing at a customer that is another user's by now", async () => {
    await stripe.client.customers.update(customer, { metadata: { auth0_user_id: "auth0|primary" } });
    await send(await remove());
    expect(await statuses()).toEqual(["active"]);
  });

  test.each([
    ["just now", NOW, 5_000],
    ["two seconds ago", NOW - 2_000, 3_000],
    ["a minute ago", NOW - 60_000, 0],
    ["in an hour, by a clock that is wrong", NOW + 3_600_000, 5_000],
  ])("of %s waits until a search can know of a link", async (_case, at, expected) => {
    await send({ ...(await remove()), time: new Date(at).toISOString() });
    expect(waited).toEqual([expected]);
  });

  test("is answered 500 while Stripe fails half way, and finished when it is sent again", async () => {
    const event = await remove();
    stripe.local.faults.add({ kind: "reset-before", method: "POST" });
    await expect(send(event)).resolves.toMatchObject({ status: 500 });
    await expect(send(event)).resolves.toMatchObject({ status: 200 });
    expect([await statuses(), (await readCustomer()).metadata.auth0_user_deleted]).toEqual([
      ["canceled"],
      expect.any(String),
    ]);
  });
});

describe("what is not an event of this stream", () => {
  test.each<[string, string | undefined]>([
    ["without a token", ""],
    ["with another one", "Bearer another-token-of-32-characters-or-less"],
    ["with the beginning of one", `Bearer ${TOKEN.slice(0, -1)}`],
    ["with Basic", `Basic ${TOKEN}`],
  ])("is refused %s", async (_case, authorization) => {
    await expect(send(makeEvent("user.deleted"), authorization)).resolves.toEqual({
      status: 401,
      body: { error: "unauthorized" },
    });
    expect(waited).toEqual([]);
  });

  test.each<[string, () => unknown]>([
    ["no JSON", () => "{"],
    ["null", () => "null"],
    ["an older form", () => ({ ...makeEvent("user.deleted"), specversion: undefined, spec_version: "1.0" })],
    ["no user", () => makeEvent("user.deleted", { user_id: 7 })],
    ["no time", () => makeEvent("user.deleted", {}, { time: "soon" })],
  ])("is answered 400, so that it is not sent again: %s", async (_case, event) => {
    await expect(send(event())).resolves.toEqual({ status: 400, body: { error: "not_an_event" } });
  });

  test.each<[string, () => unknown]>([
    ["an event of another kind", () => makeEvent("organization.member.added")],
    ["a test event, which is about nobody", () => makeEvent("user.deleted", {}, { a0purpose: "test" })],
  ])("is taken, and nothing follows: %s", async (_case, event) => {
    stripe.local.log.clear();
    await expect(send(event())).resolves.toMatchObject({ status: 200 });
    expect([requests(), waited]).toEqual([0, []]);
  });

  test("neither tokens nor addresses are logged", async () => {
    await send(makeEvent("user.deleted"), "Bearer wrong-wrong-wrong");
    await send("{");
    expect(log.join()).not.toMatch(/@|wrong-wrong/);
  });
});
