import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { ManagementClient } from "auth0";
import { decodeJwt } from "jose";
import Stripe from "stripe";
import { EVENT_TYPES } from "../../gateways/webhooks/webhook-event.ts";
import { createBrowser } from "../../local/http/browser.ts";
import { createFetch } from "../../scripts/http/trusting-fetch.ts";
import { sendRaw } from "../gateways/support/raw-request.ts";
import { localDirectory } from "../support/local-tenant.ts";
import { passLoginPage, planLogin } from "../support/log-in.ts";
import { type LoginTenant, PASSWORD } from "../support/login-tenant.ts";
import { createManagementClient } from "../support/management-client.ts";
import { type Script, spawnScript } from "../support/spawn-script.ts";

/**
 * `npm run local`, `npm run deploy`, `npm run stripe:catalogue` and `npm run authorizer`, each a process of its own; an admin
 * logs in, subscribes at Stripe, cancels and comes back.
 */
const root = join(import.meta.dirname, "../..");
const AUDIENCE = "https://api.example.com/";
const SPA_URL = "http://localhost:3000";
const EMAIL = "admin@example.com";

interface Local {
  readonly domain: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly caFile: string;
  readonly verifyEmailUrl: string;
  readonly stripe: {
    readonly url: string;
    readonly secretKey: string;
    readonly gatewayKey: string;
    readonly accountKey: string;
  };
}

const directory = mkdtempSync(join(tmpdir(), "story-"));
const running: Script[] = [];
let local: Local;
let http: typeof fetch;
let management: ManagementClient;
let stripe: Stripe;
let price: string;
let authorizer: { readonly url: string; readonly script: Script };
let spa: string;
let userId: string;
let tokens: { access_token: string; refresh_token: string };

const start = (name: string, args: readonly string[], environment: Record<string, string>): Script => {
  const script = spawnScript(name, args, { HOME: directory, ...environment });
  running.push(script);
  return script;
};
const run = async (name: string, args: readonly string[], environment: Record<string, string>): Promise<string> => {
  const script = start(name, args, environment);
  const end = await script.ended;
  if (end !== 0) throw new Error(`${name} ended with ${end}:\n${script.stdout()}${script.stderr()}`);
  return script.stdout();
};

beforeAll(async () => {
  for (const part of ["keys", "tls"]) cpSync(join(localDirectory, part), join(directory, part), { recursive: true });
  const tenant = start("local", ["--port", "0", "--directory", directory, "--json"], {});
  local = JSON.parse((await tenant.said(/^\{.*\}$/m)).match(/^\{.*\}$/m)?.[0] ?? "") as Local;
  const environment: Record<string, string> = {
    ...(parseEnv(readFileSync(join(root, ".env.example"), "utf8")) as Record<string, string>),
    API_IDENTIFIER: AUDIENCE,
    SPA_URL,
    AUTH0_DOMAIN: local.domain,
    AUTH0_CLIENT_ID: local.clientId,
    AUTH0_CLIENT_SECRET: local.clientSecret,
    AUTH0_CA_FILE: local.caFile,
    VERIFY_EMAIL_URL: local.verifyEmailUrl,
    STRIPE_API_URL: local.stripe.url,
    STRIPE_SECRET_KEY: local.stripe.secretKey,
    STRIPE_GATEWAY_KEY: local.stripe.gatewayKey,
    STRIPE_CATALOGUE_KEY: local.stripe.accountKey,
    METERING_DIRECTORY: join(directory, "metering"),
    AUTHORIZER_PORT: "0",
  };
  await Promise.all([
    run("deploy", ["--yes", "--skip-stripe-check"], environment),
    run("stripe:catalogue", ["--apply"], environment),
  ]);

  http = createFetch(readFileSync(local.caFile, "utf8"));
  management = createManagementClient(local as never);
  const { hostname, port } = new URL(local.stripe.url);
  stripe = new Stripe(local.stripe.accountKey, {
    host: hostname,
    port,
    telemetry: false,
    httpClient: Stripe.createFetchHttpClient(http),
  });
  price = (await stripe.prices.list({ active: true })).data[0]?.id ?? "";
  const endpoint = await stripe.webhookEndpoints.create({
    url: "http://127.0.0.1:9/",
    enabled_events: [...EVENT_TYPES],
  });
  const clients = (await management.clients.list({ per_page: 50 })).data;
  const named = (name: string) => clients.find((client) => client.name === name);
  spa = named("Example SPA")?.client_id ?? "";
  const script = start("authorizer", ["--json"], {
    ...environment,
    STRIPE_WEBHOOK_SECRET: endpoint.secret ?? "",
    WEBHOOK_CLIENT_ID: named("Billing Webhooks")?.client_id ?? "",
    WEBHOOK_CLIENT_SECRET: named("Billing Webhooks")?.client_secret ?? "",
  });
  const { url } = JSON.parse((await script.said(/^\{.*\}$/m)).match(/^\{.*\}$/m)?.[0] ?? "") as { url: string };
  authorizer = { url, script };
  await stripe.webhookEndpoints.update(endpoint.id, { url: `${url}/webhooks/stripe` });

  const user = await management.users.create({
    connection: "Username-Password-Authentication",
    email: EMAIL,
    password: PASSWORD,
    email_verified: true,
  });
  userId = user.user_id ?? "";
  const roles = (await management.roles.list({ name_filter: "admin" })).data;
  await management.users.roles.assign(userId, { roles: roles.map(({ id }) => id ?? "") });
}, 60_000);

afterAll(async () => {
  for (const script of running.reverse()) script.process.kill("SIGTERM");
  await Promise.all(running.map(({ ended }) => ended));
  rmSync(directory, { recursive: true });
});

async function exchange(body: Record<string, string>): Promise<void> {
  const response = await http(`https://${local.domain}/oauth/token`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ client_id: spa, ...body }),
  });
  if (!response.ok) throw new Error(`no token: ${response.status} ${await response.text()}`);
  tokens = (await response.json()) as typeof tokens;
}

async function logIn(): Promise<void> {
  const browser = createBrowser({ domain: local.domain, ca: readFileSync(local.caFile, "utf8") });
  const client = { client_id: spa, token_endpoint_auth_method: "none" };
  const attempt = await planLogin(local as unknown as LoginTenant, client as never, {
    redirect_uri: SPA_URL,
    audience: AUDIENCE,
    scope: "openid offline_access get:users get:reports",
  });
  const callback = await passLoginPage(browser, attempt, EMAIL);
  await exchange({
    grant_type: "authorization_code",
    code: callback.url.searchParams.get("code") ?? "",
    code_verifier: attempt.verifier,
    redirect_uri: SPA_URL,
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
const readAsked = async () => (await management.users.get(userId)).app_metadata?.stripe_asked;
/** What Stripe was asked since the last look, by whomever. */
let seen = 0;
const takeStripeReads = async (): Promise<string[]> => {
  const response = await http(`${local.stripe.url}/_local/requests`);
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
    customer = String(decodeJwt(tokens.access_token)[`${AUDIENCE}stripe_customer_id`]);
    expect(await readAsked()).toMatchObject({ customer, scopes: [] });
  });

  test("subscribes: seconds later a refreshed token has it, the gateway lets it pass, and neither asked Stripe", async () => {
    subscription = (await stripe.subscriptions.create({ customer, items: [{ price }] })).id;
    await heard(1);
    await takeStripeReads();
    await refresh();
    expect(scopes()).toContain("get:reports");
    expect(await takeStripeReads()).toEqual([]);
    expect(await ask()).toBe(200);
    paidToken = tokens.access_token;
  });

  test("cancels: the token that is still good for hours is answered 402, and the next has no such scope", async () => {
    await stripe.subscriptions.cancel(subscription);
    await heard(2);
    expect(await ask(paidToken)).toBe(402);
    await refresh();
    expect(scopes()).not.toContain("get:reports");
    expect(await ask()).toBe(402);
  });

  test("comes back: the same token is good again within seconds", async () => {
    await stripe.subscriptions.create({ customer, items: [{ price }] });
    await heard(3);
    await takeStripeReads();
    expect(await ask(paidToken)).toBe(200);
    expect(await takeStripeReads()).toEqual([]);
  });

  test("and what was used is at Stripe once a request, when the authorizer has ended", async () => {
    authorizer.script.process.kill("SIGTERM");
    await expect(authorizer.script.ended).resolves.toBe(0);
    const [meter] = (await stripe.billing.meters.list()).data;
    const minute = Math.floor(Date.now() / 60_000) * 60;
    const { data } = await stripe.billing.meters.listEventSummaries(meter?.id ?? "", {
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
