import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { BillingPortal } from "../../../gateways/billing-portal/open-portal.ts";
import { METER, PORTAL, type PortalWorld, RETURN_URL, SCOPE, startPortalWorld, type Visit } from "../support/portal.ts";

let world: PortalWorld;
let portal: BillingPortal;
let visit: Visit;
let people = 0;
let email: string;
let userId: string;

beforeAll(async () => {
  world = await startPortalWorld();
});
afterAll(() => world.close());

beforeEach(async () => {
  people += 1;
  email = `person${people}@example.com`;
  ({ user_id: userId } = await world.tenant.addUser(email, { email_verified: true }));
  portal = world.open();
  visit = world.visit(portal);
  world.logs.length = 0;
});

/** As sync-stripe-customer leaves it. */
async function link(): Promise<string> {
  const { id } = await world.stripe.client.customers.create({ email, metadata: { auth0_user_id: userId } });
  const { users } = world.tenant.tenant.state;
  users.set(userId, {
    ...users.get(userId)!,
    app_metadata: { stripe_customer_id: id, stripe_customer_linked_to: userId },
  });
  return id;
}
const subscribe = (customer: string) =>
  world.stripe.client.subscriptions.create({ customer, items: [{ price: world.price }] });

describe("a person", () => {
  test("logs in at the tenant and sees what there is, and no customer is made", async () => {
    const first = await visit.get();
    expect([first.status, new URL(first.location).origin]).toEqual([303, `https://${world.tenant.domain}`]);
    expect(Object.fromEntries(new URL(first.location).searchParams)).toMatchObject({
      response_type: "code",
      code_challenge_method: "S256",
      redirect_uri: `${PORTAL}/callback`,
      client_id: world.client.client_id,
    });
    const back = await visit.logIn(email);
    expect([back.status, back.location]).toEqual([303, "/billing"]);
    world.takeRequests();
    const page = await visit.get();
    expect(page.status).toBe(200);
    expect(page.text).toContain(`Signed in as ${email}`);
    expect(page.text).toContain("Not subscribed");
    expect(page.text).toContain("$0.02 for each request, billed every month");
    expect(page.text).toContain(`<a href="${RETURN_URL}">Back to the application</a>`);
    const questions = ["GET /v1/customers/search", "GET /v1/customers", "GET /v1/products", "GET /v1/prices"];
    expect(world.takeRequests()).toEqual(questions);
    await visit.get();
    expect(world.takeRequests()).toEqual([]);
  });

  test("sees what is paid for and used, and the next look costs neither Stripe nor Auth0 a call", async () => {
    const customer = await link();
    await subscribe(customer);
    const minute = Math.floor(Date.now() / 60_000) * 60;
    for (const value of ["2", "3"]) {
      await world.stripe.client.billing.meterEvents.create({
        event_name: METER,
        timestamp: minute,
        payload: { stripe_customer_id: customer, value },
      });
    }
    await visit.logIn(email);
    const page = await visit.get();
    expect(page.text).toContain("Active");
    expect(page.text).toMatch(/5 requests since \w+ \d+, \d{4}/);
    world.takeRequests();
    world.tenant.setClient({ ...world.client, client_secret: "rotated" });
    const again = await visit.get();
    world.tenant.setClient(world.client);
    expect([again.status, again.text, world.takeRequests(), world.logs]).toEqual([200, page.text, [], []]);
  });

  test("the gateway knows at once what the page has read", async () => {
    const customer = await link();
    const claims = { [`${"https://api.example.com/"}stripe_customer_id`]: customer };
    const charge = () => world.gateway.billing!.charge({ claims, scopes: [SCOPE], metered: false });
    await expect(charge()).resolves.toMatchObject({ kind: "refused" });
    await subscribe(customer);
    await visit.logIn(email);
    await visit.get();
    world.takeRequests();
    expect([await charge(), world.takeRequests()]).toEqual([expect.objectContaining({ kind: "paid", customer }), []]);
  });
});

describe("the way back to the application", () => {
  test("is the one that the application asks for, through the login and for the session", async () => {
    await visit.logIn(email, "/billing?return_to=https://other.example.com/");
    expect((await visit.get()).text).toContain('<a href="https://other.example.com/">Back');
  });

  test.each([
    "https://attacker.example/",
    "https://app.example.com/account/../x",
    "https://app.example.com/account?x=1",
    "https://app.example.com.attacker.example/account",
    "//attacker.example",
    "javascript:alert(1)",
    "",
  ])("is not %j, which the settings do not have", async (url) => {
    const query = new URLSearchParams({ return_to: url });
    const answer = await visit.get(`/billing?${query}`);
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining("PORTAL_RETURN_URLS")]);
    await visit.logIn(email);
    visit.cookies.set("__Host-billing-return", Buffer.from(url).toString("base64url"));
    expect((await visit.get()).text).toContain(`<a href="${RETURN_URL}">Back`);
  });
});

describe("a session", () => {
  test("is a signed cookie of this host that no script reads, and is over after half an hour", async () => {
    const back = await visit.logIn(email);
    const [session, login] = back.headers.getSetCookie();
    expect(session).toMatch(/^__Host-billing-session=[\w.-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=1800; Secure$/);
    expect(login).toMatch(/^__Host-billing-login=; .*Max-Age=0/);
  });

  test.each<[string, (cookie: string) => string]>([
    ["changed", (cookie) => `${cookie.slice(0, -3)}AAA`],
    ["of another portal's key", () => "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhdXRoMHxhZGEifQ.AAAA"],
    ["not signed", (cookie) => `${Buffer.from('{"alg":"none"}').toString("base64url")}.${cookie.split(".")[1]}.`],
    ["empty", () => ""],
  ])("that is %s means a login", async (_how, change) => {
    await visit.logIn(email);
    const name = "__Host-billing-session";
    visit.cookies.set(name, change(visit.cookies.get(name) ?? ""));
    expect((await visit.get()).status).toBe(303);
  });

  test("is not made from the cookie of a login that is under way", async () => {
    await visit.get();
    visit.cookies.set("__Host-billing-session", visit.cookies.get("__Host-billing-login") ?? "");
    expect((await visit.get()).status).toBe(303);
  });

  test("is not started by another browser's code, or a second time", async () => {
    const { location } = await visit.get();
    const form = await visit.browser.open(location);
    const { PASSWORD } = await import("../../support/login-tenant.ts");
    const back = await visit.browser.submit(form, { username: email, password: PASSWORD }, "password");
    const path = back.url.pathname + back.url.search;
    const other = world.visit(portal);
    expect((await other.get(path)).status).toBe(403);
    await other.get();
    expect((await other.get(path)).status).toBe(403);
    expect((await visit.get(path)).status).toBe(303);
    expect((await visit.get(path)).status).toBe(403);
  });

  test("of a user who was blocked or deleted since shows nothing", async () => {
    await visit.logIn(email);
    const { users } = world.tenant.tenant.state;
    users.set(userId, { ...users.get(userId)!, blocked: true });
    expect((await world.visit(portal).get()).status).toBe(303);
    expect(await visit.get()).toMatchObject({ status: 403, text: expect.stringContaining("Contact support") });
    users.delete(userId);
    expect((await visit.get()).status).toBe(403);
  });
});

describe("a client with an access token", () => {
  test("is answered in JSON", async () => {
    const customer = await link();
    const subscription = await subscribe(customer);
    const authorization = `Bearer ${await world.tokenFor(email)}`;
    const answer = await visit.get("/billing", { authorization });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      200,
      {
        email,
        scopes: [
          {
            scope: SCOPE,
            product: SCOPE,
            price: { amount: "2", currency: "usd", interval: "month" },
            standing: "active",
            until: subscription.items.data[0]!.current_period_end,
            subscription: subscription.id,
            usage: { requests: 0, since: subscription.items.data[0]!.current_period_start },
          },
        ],
      },
    ]);
  });

  test.each(["Bearer x", "Basic eDp5", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0."])(
    "%s is refused as at the gateway, whatever cookie comes along",
    async (authorization) => {
      await visit.logIn(email);
      const answer = await visit.get("/billing", { authorization });
      expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([401, expect.stringContaining("Bearer")]);
    },
  );
});

test("pages have no script, no frame, no cache, one stylesheet, and less than 30 kB with it", async () => {
  await subscribe(await link());
  await visit.logIn(email);
  const page = await visit.get();
  const styles = await visit.get("/billing/styles.css");
  expect(Object.fromEntries(page.headers)).toMatchObject({
    "content-security-policy": expect.stringMatching(
      /^default-src 'none'; style-src 'self';.* frame-ancestors 'none'$/,
    ),
    "x-frame-options": "DENY",
    "cache-control": "no-store",
    "referrer-policy": "same-origin",
  });
  expect(page.text).not.toMatch(/<script|<style|style=|<img|src=/);
  expect(page.text.match(/<link /g)).toHaveLength(1);
  expect(styles.headers.get("content-type")).toBe("text/css; charset=utf-8");
  expect(page.text.length + styles.text.length).toBeLessThan(30_000);
});

test("a Stripe that does not answer is said, and nothing of a customer is logged but ids", async () => {
  await link();
  await visit.logIn(email);
  world.stripe.local.faults.add({ kind: "500", method: "GET" });
  const answer = await visit.get();
  world.stripe.local.faults.clear();
  expect([answer.status, answer.text]).toEqual([503, expect.stringContaining("Try again in a minute")]);
  expect(world.logs).toEqual([
    expect.stringMatching(/^billing portal: the account cannot be read at Stripe: StripeAPIError 500/),
  ]);
});
