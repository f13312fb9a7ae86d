import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { createMovableClock } from "../../../local/clock.ts";
import { PORTAL_PERMISSIONS } from "../../../scripts/stripe/restricted-keys.ts";
import { type Answer, type PortalWorld, SCOPE, startPortalWorld, type Visit } from "../support/portal.ts";

/** Somebody logs in with a password, and may have a second account, which was linked to that: each may have had a customer. */
// Behind Node's own, so that time can pass for Stripe's search.
const clock = createMovableClock(() => Date.now() - 60 * 60_000);
let world: PortalWorld;
let configuration: string;
let visit: Visit;
let people = 0;
let email: string;
let userId: string;
let secondId: string;

beforeAll(async () => {
  world = await startPortalWorld(clock.now);
  const { billingPortal } = world.stripe.client;
  ({ id: configuration } = await billingPortal.configurations.create({
    features: { invoice_history: { enabled: true } },
  }));
});
afterAll(() => world.close());

beforeEach(async () => {
  people += 1;
  email = `person${people}@example.com`;
  secondId = `google-oauth2|${people}`;
  ({ user_id: userId } = await world.tenant.addUser(email, { email_verified: true }));
  visit = world.visit(world.open({ configuration }));
  await visit.logIn(email);
});

const getUser = () => world.tenant.tenant.state.users.get(userId)!;
const change = (fields: object) => world.tenant.tenant.state.users.set(userId, { ...getUser(), ...fields });
const linkSecond = (profileData: object = { email: `second-${email}`, email_verified: true }) => {
  const [, id = ""] = secondId.split("|");
  const second = { provider: "google-oauth2", user_id: id, connection: "google", isSocial: true, profileData };
  change({ identities: [...getUser().identities, second] });
};
const createCustomer = async (owner: string, address = `second-${email}`) =>
  (await world.stripe.client.customers.create({ email: address, metadata: { auth0_user_id: owner } })).id;
/** As sync-stripe-customer leaves it. */
const createOwn = async () => {
  const id = await createCustomer(userId, email);
  change({ app_metadata: { stripe_customer_id: id, stripe_customer_linked_to: userId, stripe_customer_email: email } });
  return id;
};
const subscribe = (customer: string) =>
  world.stripe.client.subscriptions.create({ customer, items: [{ price: world.price }] });
const ownerOf = async (id: string) => {
  const found = await world.stripe.client.customers.retrieve(id);
  return found.deleted ? "deleted" : found.metadata.auth0_user_id;
};
/** Customers that were made beside it. */
const listOthers = async (customer: string) =>
  (await world.stripe.client.customers.list({ email })).data.filter(({ id }) => id !== customer);
const linkOf = () => getUser().app_metadata?.stripe_customer_id;
const badgeOf = ({ text }: Answer) => /<span class="badge[^>]*>([^<]+)</.exec(text)?.[1];
const bannerOf = ({ text }: Answer) => /<p class="banner [a-z]+" role="\w+">([^<]+)</.exec(text)?.[1];
const sessionsOf = async (customer: string) => (await world.stripe.client.checkout.sessions.list({ customer })).data;
const ALREADY = "You are subscribed to this already.";

describe("of two accounts that were linked, where the second has the customer", () => {
  test.each([
    ["its email is that of the second", 0],
    ["its email is nobody's any more, and a search knows it", 61_000],
  ])("the page shows what it pays for, and it is the person's from then on: %s", async (_case, passed) => {
    const second = await createCustomer(secondId, passed === 0 ? `second-${email}` : `former-${email}`);
    await subscribe(second);
    clock.advance(passed);
    linkSecond();
    const page = await visit.get();
    expect([badgeOf(page), linkOf(), await ownerOf(second)]).toEqual(["Active", second, userId]);
    expect(page.text).toContain("Manage billing");
    const answer = await visit.subscribe();
    expect([answer.status, bannerOf(answer), await sessionsOf(second)]).toEqual([409, ALREADY, []]);
    expect(await listOthers(second)).toEqual([]);
  });

  test("who subscribes at once, without a look at the page, subscribes nobody a second time", async () => {
    const second = await createCustomer(secondId);
    await subscribe(second);
    const other = world.visit(world.open());
    await other.logIn(email);
    linkSecond();
    const answers = await Promise.all([visit.subscribe(), other.subscribe()]);
    expect(answers.map(({ status }) => status)).toEqual([409, 409]);
    expect([linkOf(), await listOthers(second)]).toEqual([second, []]);
  });

  test("and a third one, linked before it, has a customer that does not pay", async () => {
    const second = await createCustomer(secondId);
    const third = await createCustomer(`samlp|corp|${people}`, `third-${email}`);
    await subscribe(second);
    const identity = { provider: "samlp", user_id: `corp|${people}`, connection: "corp", isSocial: false };
    change({ identities: [...getUser().identities, { ...identity, profileData: { email: `third-${email}` } }] });
    linkSecond();
    expect([badgeOf(await visit.get()), linkOf(), (await visit.subscribe()).status]).toEqual(["Active", second, 409]);
    expect([await ownerOf(second), await ownerOf(third)]).toEqual([userId, `samlp|corp|${people}`]);
  });

  test("which does not pay, that one subscribes", async () => {
    const second = await createCustomer(secondId);
    linkSecond();
    expect((await visit.subscribe()).status).toBe(303);
    expect([linkOf(), await ownerOf(second), (await sessionsOf(second)).length]).toEqual([second, userId, 1]);
  });

  test("and a page to subscribe at is open for it, that page is given out again", async () => {
    const second = await createCustomer(secondId);
    await createOwn();
    const { url } = await world.stripe.client.checkout.sessions.create({
      mode: "subscription",
      customer: second,
      line_items: [{ price: world.price }],
      success_url: "https://api.example.com/billing",
      metadata: { price: world.price, scope: SCOPE },
    });
    linkSecond();
    expect((await visit.subscribe()).location).toBe(url);
  });
});

describe("where both accounts have a customer", () => {
  test.each(["first", "second"] as const)(
    "and the %s pays, it is the person's, and stays the only one",
    async (who) => {
      const customers = { first: await createOwn(), second: await createCustomer(secondId) };
      await subscribe(customers[who]);
      linkSecond();
      expect(badgeOf(await visit.get())).toBe("Active");
      const answer = await visit.subscribe();
      expect([answer.status, bannerOf(answer), linkOf()]).toEqual([409, ALREADY, customers[who]]);
      expect((await visit.post("/billing/manage", { form_token: await visit.formToken() })).status).toBe(303);
    },
  );

  test("and both pay, the first stays", async () => {
    const first = await createOwn();
    await subscribe(first);
    await subscribe(await createCustomer(secondId));
    linkSecond();
    expect([badgeOf(await visit.get()), (await visit.subscribe()).status, linkOf()]).toEqual(["Active", 409, first]);
  });

  test("and the payment of the second is late, no other subscription is begun beside it", async () => {
    const first = await createOwn();
    const second = await createCustomer(secondId);
    const { id } = await subscribe(second);
    world.stripe.local.subscriptions.setStatus(id, "past_due");
    linkSecond();
    const answer = await visit.subscribe();
    expect([answer.status, bannerOf(answer), await sessionsOf(first)]).toEqual([409, ALREADY, []]);
  });

  test("and the first was deleted at Stripe, it is the second's", async () => {
    const first = await createOwn();
    const second = await createCustomer(secondId);
    await subscribe(second);
    await world.stripe.client.customers.del(first);
    linkSecond();
    expect([badgeOf(await visit.get()), (await visit.subscribe()).status, linkOf()]).toEqual(["Active", 409, second]);
  });
});

describe("an account that was unlinked", () => {
  test("finds the customer that was made for it, and is linked with it again", async () => {
    const own = await createCustomer(userId, email);
    await subscribe(own);
    expect([badgeOf(await visit.get()), linkOf()]).toEqual(["Active", own]);
    expect((await visit.subscribe()).status).toBe(409);
  });

  test("has nothing of the other's: neither the page, nor a session of Stripe's, nor a subscription", async () => {
    const second = await createCustomer(secondId);
    await subscribe(second);
    clock.advance(61_000);
    expect([badgeOf(await visit.get()), linkOf(), await ownerOf(second)]).toEqual([
      "Not subscribed",
      undefined,
      secondId,
    ]);
    const managed = await visit.post("/billing/manage", { form_token: await visit.formToken() });
    expect([managed.status, managed.location]).toEqual([409, ""]);
    expect((await visit.subscribe()).status).toBe(303);
    expect(linkOf()).not.toBe(second);
  });
});

test("nobody takes a customer by an email that a linked account merely says is its own", async () => {
  const stranger = await createCustomer("auth0|stranger", `stranger-${email}`);
  await subscribe(stranger);
  linkSecond({ email: `stranger-${email}`, email_verified: true });
  expect([badgeOf(await visit.get()), linkOf()]).toEqual(["Not subscribed", undefined]);
  expect((await visit.subscribe()).status).toBe(303);
  expect([await ownerOf(stranger), linkOf() === stranger]).toEqual(["auth0|stranger", false]);
});

test("while the accounts cannot be read at Stripe nobody subscribes, and the page says to try again", async () => {
  await createOwn();
  await subscribe(await createCustomer(secondId));
  linkSecond();
  const { keys, url } = world.stripe.local;
  const { secret } = keys.create(PORTAL_PERMISSIONS.filter((permission) => permission !== "rak_customer_write"));
  const blind = world.visit(world.open({ stripe: { secretKey: secret, url } }));
  await blind.logIn(email);
  expect((await blind.get()).status).toBe(503);
  const headers = { authorization: `Bearer ${await world.tokenFor(email)}` };
  const answer = await blind.post("/billing/checkout", { scope: SCOPE }, headers);
  expect([answer.status, JSON.parse(answer.text)]).toEqual([
    503,
    expect.objectContaining({ error: "temporarily_unavailable" }),
  ]);
});
