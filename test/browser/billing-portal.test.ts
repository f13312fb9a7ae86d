import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { ManagementClient } from "auth0";
import axe from "axe-core";
import { decodeJwt } from "jose";
import * as oidc from "openid-client";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import Stripe from "stripe";
import { openForwardAuthService } from "../../gateways/forward-auth/open-service.ts";
import { readServiceSettings } from "../../gateways/forward-auth/read-settings.ts";
import type { ForwardAuthService } from "../../gateways/forward-auth/serve.ts";
import { deployProject } from "../../scripts/deploy/deploy-project.ts";
import { prepareProject } from "../../scripts/deploy/prepare.ts";
import { createFetch } from "../../scripts/http/trusting-fetch.ts";
import { environmentOf } from "../../scripts/local/environment-of.ts";
import { type Services, startServices } from "../../scripts/local/start-services.ts";
import { PORTAL_PERMISSIONS } from "../../scripts/stripe/restricted-keys.ts";
import { localDirectory } from "../support/local-tenant.ts";
import { createMeter, sell } from "../support/stripe-catalogue.ts";
import { findChromium } from "./find-chromium.ts";

/** A person from sign-up to cancellation, where customers are made at the checkout; what they see, in a real browser. */
const directory = join(import.meta.dirname, "../..");
const work = mkdtempSync(join(tmpdir(), "billing-portal-"));
const AUDIENCE = "https://api.example.com/";
const EMAIL = "ada@example.com";

const lines: string[] = [];
const logs: string[] = [];
let services: Services;
let application: Server;
let applicationUrl: string;
let service: ForwardAuthService;
let start: () => Promise<ForwardAuthService>;
let stripe: Stripe;
let management: ManagementClient;
let meter: string;
let config: oidc.Configuration;
let tokens: oidc.TokenEndpointResponse;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let portalUrl: string;

beforeAll(async () => {
  services = await startServices({ project: directory, directory: localDirectory, log: (line) => lines.push(line) });
  const { tenant, stripe: localStripe, stripeKey, gatewayKey = "", accountKey = "" } = services;
  const port = await findFreePort();
  portalUrl = `http://localhost:${port}/billing`;
  application = createServer((_request, response) => {
    response.setHeader("content-type", "text/html").end("<title>The application</title><h1>The application</h1>");
  });
  await new Promise<void>((resolve) => application.listen(0, "127.0.0.1", resolve));
  applicationUrl = `http://localhost:${(application.address() as AddressInfo).port}`;
  const environment: Record<string, string> = {
    ...(parseEnv(readFileSync(join(directory, ".env.example"), "utf8")) as Record<string, string>),
    ...environmentOf(tenant),
    SPA_URL: applicationUrl,
    VERIFY_EMAIL_URL: `http://localhost:${port}/verify-email`,
    PORTAL_URL: portalUrl,
    STRIPE_SECRET_KEY: stripeKey,
    STRIPE_API_URL: localStripe.url,
    STRIPE_GATEWAY_KEY: gatewayKey,
    STRIPE_PORTAL_KEY: localStripe.keys.create([...PORTAL_PERMISSIONS]).secret,
    METERING_DIRECTORY: join(work, "metering"),
    AUTHORIZER_PORT: String(port),
  };
  const prepared = await prepareProject({ directory, environment, skipStripeCheck: true });
  management = prepared.connection.management;
  const { live } = await deployProject({ prepared, confirm: async () => true, onProgress: () => {} });
  await leaveCustomersToTheCheckout(environment);

  const ca = readFileSync(tenant.caFile, "utf8");
  const http = createFetch(ca);
  stripe = new Stripe(accountKey, {
    host: "localhost",
    port: localStripe.port,
    telemetry: false,
    httpClient: Stripe.createFetchHttpClient(http),
  });
  ({ id: meter } = await createMeter(stripe, "get_reports"));
  await sell(stripe, "get:reports", { unit_amount: 2, recurring: { interval: "month", usage_type: "metered", meter } });
  const { id: configuration } = await stripe.billingPortal.configurations.create({
    features: { subscription_cancel: { enabled: true, mode: "immediately" }, invoice_history: { enabled: true } },
  });
  const portal = await management.clients.list({ per_page: 50 });
  const client = portal.data.find(({ name }) => name === "Billing Portal");
  const settings = await readServiceSettings(directory, {
    ...environment,
    PORTAL_CLIENT_ID: client?.client_id ?? "",
    PORTAL_CLIENT_SECRET: client?.client_secret ?? "",
    STRIPE_PORTAL_CONFIGURATION: configuration,
  });
  start = () => openForwardAuthService(settings, { fetch: http, log: (line) => logs.push(line) });
  service = await start();

  const spa = live.client.find(({ name }) => name === "Example SPA")!;
  config = await oidc.discovery(new URL(`https://${tenant.domain}/`), spa.id, undefined, oidc.None(), {
    [oidc.customFetch]: http as oidc.CustomFetch,
  });
  browser = await chromium.launch({
    executablePath: findChromium(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
  });
  // The local authority is not in the browser's store; Node's clients verify it in all other tests.
  context = await browser.newContext({ ignoreHTTPSErrors: true });
  page = await context.newPage();
});
afterAll(async () => {
  await browser?.close();
  await service?.stop();
  await services?.close();
  application?.close();
  rmSync(work, { recursive: true });
});

async function leaveCustomersToTheCheckout(environment: Record<string, string>): Promise<void> {
  const { data } = await management.actions.list({ actionName: "sync-stripe-customer" });
  const secrets = {
    STRIPE_SECRET_KEY: environment.STRIPE_SECRET_KEY ?? "",
    STRIPE_SYNC_SINCE: "2026-01-01",
    STRIPE_CUSTOMER: "checkout",
  };
  const id = data[0]?.id ?? "";
  await management.actions.update(id, {
    secrets: Object.entries(secrets).map(([name, value]) => ({ name, value })),
  });
  while ((await management.actions.get(id)).status !== "built") await new Promise((resolve) => setTimeout(resolve, 50));
  await management.actions.deploy(id);
}

/** Leads the browser to the tenant. @returns to be called when it is on its way back */
async function startLogin(more: Record<string, string>): Promise<() => Promise<oidc.TokenEndpointResponse>> {
  const verifier = oidc.randomPKCECodeVerifier();
  const url = oidc.buildAuthorizationUrl(config, {
    // openid-client reads the address that it came back to as a URL, with a slash.
    redirect_uri: `${applicationUrl}/`,
    audience: AUDIENCE,
    scope: "openid email offline_access get:reports",
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    ...more,
  });
  await page.goto(url.href);
  return async () => {
    await page.getByRole("heading", { name: "The application" }).waitFor();
    return oidc.authorizationCodeGrant(config, new URL(page.url()), { pkceCodeVerifier: verifier });
  };
}

/** What a request to the API is answered, as a proxy asks it. */
async function ask(): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await fetch(`${service.url}/authorize`, {
    headers: {
      "x-forwarded-method": "GET",
      "x-forwarded-uri": "/reports",
      authorization: `Bearer ${tokens.access_token}`,
    },
  });
  const text = await answer.text();
  return { status: answer.status, body: text === "" ? {} : (JSON.parse(text) as Record<string, unknown>) };
}
const refresh = async () => {
  tokens = await oidc.refreshTokenGrant(config, tokens.refresh_token ?? "");
};
const scopes = () => String(decodeJwt(tokens.access_token).scope).split(" ");

/** Stripe's answer on what was counted for the one customer there is. */
async function readMeter(): Promise<number> {
  const [customer] = (await stripe.customers.list({ email: EMAIL })).data;
  const minute = Math.floor(Date.now() / 60_000) * 60;
  const { data } = await stripe.billing.meters.listEventSummaries(meter, {
    customer: customer?.id ?? "",
    start_time: minute - 3600,
    end_time: minute + 60,
  });
  return data.reduce((sum, { aggregated_value: value }) => sum + value, 0);
}

/** What axe finds that keeps somebody out or makes it hard. */
async function findBarriers(): Promise<unknown[]> {
  await page.evaluate(axe.source);
  return page.evaluate<unknown[]>(
    "axe.run().then(({ violations }) => violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))",
  );
}
/** Light and dark. */
async function expectAccessible(): Promise<void> {
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    expect([colorScheme, await findBarriers()]).toEqual([colorScheme, []]);
  }
}

test("a person signs up and verifies the address on the shipped page", async () => {
  const finish = await startLogin({ screen_hint: "signup" });
  await page.getByLabel(/email/i).fill(EMAIL);
  await page.getByLabel("Password").fill("Correct horse battery staple 9!");
  await page.getByRole("button", { name: "Continue" }).click();

  await page.getByRole("heading", { name: "Verify your email" }).waitFor();
  expect(new URL(page.url()).pathname).toBe("/verify-email");
  await photograph("1-verify-email");
  await expectAccessible();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("The address is not verified yet.").waitFor();
  await page.getByRole("button", { name: "Send the message again" }).click();
  await page.getByText("The message is on its way.").waitFor();
  await expectAccessible();
  const user = (await management.users.list({ q: `email:"${EMAIL}"` })).data[0];
  const roles = (await management.roles.list({ name_filter: "admin" })).data;
  await management.users.roles.assign(user?.user_id ?? "", { roles: roles.map(({ id }) => id ?? "") });

  const mail = await context.newPage();
  await mail.goto(
    /verify the email address at (\S+)/.exec(lines.findLast((line) => /verify the email/.test(line)) ?? "")?.[1] ?? "",
  );
  await mail.close();
  await page.getByRole("button", { name: "Continue" }).click();
  tokens = await finish();
});

test("meets 402 with a link, and neither Stripe nor the login knows of a customer", async () => {
  expect(scopes()).not.toContain("get:reports");
  expect(await ask()).toMatchObject({ status: 402, body: { payment_url: portalUrl } });
  expect((await stripe.customers.list()).data).toEqual([]);
});

test("follows the link, subscribes at Stripe, and comes back to a page that knows it", async () => {
  await page.goto(`${portalUrl}?return_to=${encodeURIComponent(applicationUrl)}`);
  await page.getByText(`Signed in as ${EMAIL}`).waitFor();
  await page.getByText("Not subscribed").waitFor();
  await photograph("2-not-subscribed");
  await expectAccessible();
  await page.getByRole("button", { name: "Subscribe: get:reports" }).click();
  await page.getByLabel("Name").fill("Ada");
  await page.getByLabel("Card number").fill("4242 4242 4242 4242");
  await page.getByLabel(/Expiration/).fill("12 / 34");
  await page.getByLabel("CVC").fill("123");
  await photograph("3-checkout");
  await page.getByRole("button", { name: "Subscribe" }).click();
  await page.getByText("Thank you. Your subscription is active.").waitFor();
  await photograph("4-active");
  await expectAccessible();
});

test("is let in without logging in again, and sees on the page what was counted", async () => {
  await refresh();
  expect(scopes()).toContain("get:reports");
  for (let asked = 0; asked < 3; asked++) expect((await ask()).status).toBe(200);
  // What was counted is sent every 15 s, and at the end.
  await service.stop();
  service = await start();
  expect(await readMeter()).toBe(3);
  await page.goto(portalUrl);
  await page.getByText(/^3 requests since /).waitFor();
  await photograph("5-usage");
});

test("cancels at Stripe, is refused at the next request, and the meter has what was answered", async () => {
  await page.getByRole("button", { name: "Cancel subscription: get:reports" }).click();
  await page.getByRole("button", { name: "Cancel get:reports" }).click();
  await page.getByRole("link", { name: "Back to the application" }).click();
  await page.getByText("Not subscribed").waitFor();
  await page.getByText(/^3 requests since /).waitFor();
  await photograph("6-cancelled");
  expect((await ask()).status).toBe(402);
  await refresh();
  expect((await ask()).status).toBe(402);
  await page.getByRole("link", { name: "Back to the application" }).click();
  await page.getByRole("heading", { name: "The application" }).waitFor();
  await service.stop();
  service = await start();
  expect(await readMeter()).toBe(3);
  const secrets = /sk_test_|rk_test_|eyJ|\/c\/pay|\/p\/session|ada@/;
  expect(logs.filter((line) => secrets.test(line))).toEqual([]);
});

describe("a member of an organization", () => {
  const NAME = "<script>document.title = 'taken over'</script> & <b>Sons</b>";
  let organization: string;

  beforeAll(async () => {
    const [{ data: clients }, { data: connections }, { data: users }, { data: roles }, { id: billing = "" }] =
      await Promise.all([
        management.clients.list({ per_page: 50 }),
        management.connections.list({ name: "Username-Password-Authentication" }),
        management.users.list({ q: `email:"${EMAIL}"` }),
        management.roles.list({ name_filter: "admin" }),
        management.roles.create({ name: "billing" }),
      ]);
    const enabled_connections = connections.map(({ id }) => ({ connection_id: id ?? "" }));
    ({ id: organization = "" } = await management.organizations.create({
      name: "acme",
      display_name: NAME,
      enabled_connections,
    }));
    const members = users.map(({ user_id }) => user_id ?? "");
    await management.organizations.members.create(organization, { members });
    await management.organizations.members.roles.assign(organization, members[0] ?? "", {
      roles: [billing, ...roles.map(({ id }) => id ?? "")],
    });
    const portal = clients.find(({ name }) => name === "Billing Portal")?.client_id ?? "";
    const spa = clients.find(({ name }) => name === "Example SPA")?.client_id ?? "";
    for (const id of [portal, spa]) await management.clients.update(id, { organization_usage: "allow" });
    const [grant] = (await management.clientGrants.list({ client_id: portal })).data;
    const more = ["read:organizations", "update:organizations", "read:organization_member_roles"];
    await management.clientGrants.update(grant?.id ?? "", { scope: [...(grant?.scope ?? []), ...more] });
  });

  test("is led by the 402 of a token for it to its page, which has its name as text", async () => {
    tokens = await (await startLogin({ organization }))();
    const { status, body } = await ask();
    expect([status, body.payment_url]).toEqual([402, `${portalUrl}?organization=${organization}`]);
    await page.goto(String(body.payment_url));
    await page.getByText(`Signed in as ${EMAIL}, for ${NAME}`, { exact: true }).waitFor();
    expect(await page.title()).toBe("Billing");
    await page.getByRole("button", { name: "Subscribe: get:reports" }).waitFor();
    await photograph("7-organization");
    await expectAccessible();
  });

  test("who may not pay sees it without buttons", async () => {
    const { data } = await management.organizations.members.list(organization);
    const [member] = data.map(({ user_id }) => user_id ?? "");
    const roles = (await management.organizations.members.roles.list(organization, member ?? "")).data;
    await management.organizations.members.roles.delete(organization, member ?? "", {
      roles: roles.map(({ id }) => id ?? ""),
    });
    await service.stop();
    service = await start();
    await page.goto(`${portalUrl}?organization=${organization}`);
    await page.getByText("Members who may pay for your organization can change this.").waitFor();
    expect(await page.getByRole("button").count()).toBe(0);
    await photograph("8-organization-without-role");
    await expectAccessible();
  });
});

/** With SCREENSHOTS=<folder>: what a person sees, to look at. */
async function photograph(name: string): Promise<void> {
  if (process.env.SCREENSHOTS)
    await page.screenshot({ path: join(process.env.SCREENSHOTS, `portal-${name}.png`), fullPage: true });
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
