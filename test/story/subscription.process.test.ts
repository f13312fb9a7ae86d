import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { decodeJwt } from "jose";
import { createBrowser } from "../../local/http/browser.ts";
import { sendRaw } from "../gateways/support/raw-request.ts";
import { passLoginPage, planLogin } from "../support/log-in.ts";
import { type LoginTenant, PASSWORD } from "../support/login-tenant.ts";
import type { Script } from "../support/spawn-script.ts";
import { STORY_AUDIENCE, STORY_SPA_URL, type Story, startStory } from "../support/story.ts";

/**
 * `npm run local`, `npm run deploy`, `npm run stripe:catalogue` and `npm run authorizer`, each a process of its own; an admin
 * logs in, subscribes at Stripe, cancels and comes back.
 */
const EMAIL = "admin@example.com";

let story: Story;
let price: string;
let authorizer: { readonly url: string; readonly script: Script };
let spa: string;
let userId: string;
let tokens: { access_token: string; refresh_token: string };

beforeAll(async () => {
  story = await startStory();
  const { management, stripe } = story;
  price = (await stripe.prices.list({ active: true })).data[0]?.id ?? "";
  const clients = (await management.clients.list({ per_page: 50 })).data;
  const named = (name: string) => clients.find((client) => client.name === name);
  spa = named("Example SPA")?.client_id ?? "";
  authorizer = await story.startAuthorizer({
    WEBHOOK_CLIENT_ID: named("Billing Webhooks")?.client_id ?? "",
    WEBHOOK_CLIENT_SECRET: named("Billing Webhooks")?.client_secret ?? "",
  });

  const user = await management.users.create({
    connection: "Username-Password-Authentication",
    email: EMAIL,
    password: PASSWORD,
    email_verified: true,
  });
  userId = user.user_id ?? "";
  const roles = (await management.roles.list({ name_filter: "admin" })).data;
  await management.users.roles.assign(userId, { roles: roles.map(({ id }) => id ?? "") });
});

afterAll(() => story?.close());

async function exchange(body: Record<string, string>): Promise<void> {
  const response = await story.http(`https://${story.local.domain}/oauth/token`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ client_id: spa, ...body }),
  });
  if (!response.ok) throw new Error(`no token: ${response.status} ${await response.text()}`);
  tokens = (await response.json()) as typeof tokens;
}

async function logIn(): Promise<void> {
  const browser = createBrowser({ domain: story.local.domain, ca: readFileSync(story.local.caFile, "utf8") });
  const client = { client_id: spa, token_endpoint_auth_method: "none" };
  const attempt = await planLogin(story.local as unknown as LoginTenant, client as never, {
    redirect_uri: STORY_SPA_URL,
    audience: STORY_AUDIENCE,
    scope: "openid offline_access get:users get:reports",
  });
  const callback = await passLoginPage(browser, attempt, EMAIL);
  await exchange({
    grant_type: "authorization_code",
    code: callback.url.searchParams.get("code") ?? "",
    code_verifier: attempt.verifier,
    redirect_uri: STORY_SPA_URL,
  });
}
const refresh = () => exchange({ grant_type: "refresh_token", refresh_token: tokens.refresh_token });
const scopes = () => String(decodeJwt(tokens.access_token).scope).split(" ");
const ask = async (token = tokens.access_token) =>
  (
    await sendRaw(authorizer.url, "GET /authorize", [
      "X-Forwarded-Method: GET",
      "X-Forwarded-Uri: /reports",
      `Authorization: Bearer ${token}`,
    ])
  ).status;
const readAsked = async () => (await story.management.users.get(userId)).app_metadata?.stripe_asked;
/** What Stripe was asked since the last look, by whomever. */
let seen = 0;
const takeStripeReads = async (): Promise<string[]> => {
  const response = await story.http(`${story.local.stripe.url}/_local/requests`);
  const { requests } = (await response.json()) as { requests: { method: string; route: string }[] };
  const fresh = requests.slice(seen).map(({ method, route }) => `${method} ${route}`);
  seen = requests.length;
  return fresh;
};
/** The receiver says what it has written. */
const heard = async (count: number): Promise<void> => {
  await authorizer.script.said(new RegExp(`(?:webhooks: cus_\\w+ pays for [^\\n]*\\n[^]*?){${count}}`));
};

describe("an admin, who may have get:reports once it is paid for", () => {
  let customer: string;
  let subscription: string;
  let paidToken: string;

  test("logs in and has all but that; the gateway asks to pay for it", async () => {
    await logIn();
    expect(scopes()).toContain("get:users");
    expect(scopes()).not.toContain("get:reports");
    expect(await ask()).toBe(402);
    customer = String(decodeJwt(tokens.access_token)[`${STORY_AUDIENCE}stripe_customer_id`]);
    expect(await readAsked()).toMatchObject({ customer, scopes: [] });
  });

  test("subscribes: seconds later a refreshed token has it, the gateway lets it pass, and neither asked Stripe", async () => {
    subscription = (await story.stripe.subscriptions.create({ customer, items: [{ price }] })).id;
    await heard(1);
    await takeStripeReads();
    await refresh();
    expect(scopes()).toContain("get:reports");
    expect(await takeStripeReads()).toEqual([]);
    expect(await ask()).toBe(200);
    paidToken = tokens.access_token;
  });

  test("cancels: the token that is still good for hours is answered 402, and the next has no such scope", async () => {
    await story.stripe.subscriptions.cancel(subscription);
    await heard(2);
    expect(await ask(paidToken)).toBe(402);
    await refresh();
    expect(scopes()).not.toContain("get:reports");
    expect(await ask()).toBe(402);
  });

  test("comes back: the same token is good again within seconds", async () => {
    await story.stripe.subscriptions.create({ customer, items: [{ price }] });
    await heard(3);
    await takeStripeReads();
    expect(await ask(paidToken)).toBe(200);
    expect(await takeStripeReads()).toEqual([]);
  });

  test("and what was used is at Stripe once a request, when the authorizer has ended", async () => {
    authorizer.script.process.kill("SIGTERM");
    await expect(authorizer.script.ended).resolves.toBe(0);
    const [meter] = (await story.stripe.billing.meters.list()).data;
    const minute = Math.floor(Date.now() / 60_000) * 60;
    const { data } = await story.stripe.billing.meters.listEventSummaries(meter?.id ?? "", {
      customer,
      start_time: minute - 3600,
      end_time: minute + 120,
    });
    expect(data.map(({ aggregated_value: value }) => value)).toEqual([2]);
  });

  test("nothing in the authorizer's log is a secret, a token or an address", () => {
    const log = authorizer.script.stdout() + authorizer.script.stderr();
    expect(log).not.toMatch(/whsec_|[rs]k_test_|eyJ|admin@/);
  });
});
