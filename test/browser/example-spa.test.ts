import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { ManagementClient } from "auth0";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { createFetchKeySet } from "../../gateways/authorizer/keys/fetch-key-set.ts";
import { openStripe } from "../../gateways/billing/stripe-client.ts";
import { createStripeSource } from "../../gateways/billing/stripe-source.ts";
import { openGateway } from "../../gateways/open-gateway.ts";
import { readBillingRules } from "../../scripts/build/billing.ts";
import { deployProject } from "../../scripts/deploy/deploy-project.ts";
import { prepareProject } from "../../scripts/deploy/prepare.ts";
import { type Example, serveExample } from "../../scripts/example/serve-example.ts";
import { createFetch } from "../../scripts/http/trusting-fetch.ts";
import { environmentOf } from "../../scripts/local/environment-of.ts";
import { type Services, startServices, verifyEmailUrl } from "../../scripts/local/start-services.ts";
import { localDirectory } from "../support/local-tenant.ts";
import { findChromium } from "./find-chromium.ts";

const directory = join(import.meta.dirname, "../..");
const PASSWORD = "Correct horse battery staple 9!";
const AUDIENCE = "https://api.example.com/";
const PAYMENT = "http://localhost:4455/billing";

let services: Services;
let example: Example;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let management: ManagementClient;

beforeAll(async () => {
  services = await startServices({ project: directory, directory: localDirectory, log: () => {} });
  const { tenant, stripeKey } = services;
  const port = await findFreePort();
  const environment = {
    ...(parseEnv(readFileSync(join(directory, ".env.example"), "utf8")) as Record<string, string>),
    ...environmentOf(tenant),
    SPA_URL: `http://localhost:${port}`,
    VERIFY_EMAIL_URL: verifyEmailUrl(tenant.domain),
    STRIPE_SECRET_KEY: stripeKey,
  };
  const prepared = await prepareProject({ directory, environment });
  management = prepared.connection.management;
  const { live } = await deployProject({ prepared, confirm: async () => true, onProgress: () => {} });
  const spa = live.client.find(({ name }) => name === "Example SPA")!;
  const issuer = `https://${tenant.domain}/`;
  const ca = readFileSync(tenant.caFile, "utf8");
  const trustingFetch = createFetch(ca);
  const rules = await readBillingRules(join(directory, "stripe.json"));
  const key = services.gatewayKey ?? "";
  const client = openStripe({ secretKey: key, url: services.stripe.url, fetch: trustingFetch });
  const gateway = openGateway({
    issuer,
    audience: AUDIENCE,
    fetchKeySet: createFetchKeySet(new URL(`${issuer}.well-known/jwks.json`), { fetch: trustingFetch }),
    rules: { ...rules!, paymentUrl: PAYMENT },
    source: createStripeSource(client),
    metering: "elsewhere",
  });
  example = await serveExample({
    directory: join(directory, "examples/spa"),
    port,
    config: {
      domain: tenant.domain,
      clientId: spa.id,
      audience: AUDIENCE,
      scope: "openid profile email get:users post:users get:reports",
      requests: [
        { method: "GET", path: "/users" },
        { method: "POST", path: "/users" },
        { method: "GET", path: "/reports" },
      ],
      users: `https://${tenant.domain}/console/users`,
    },
    gateway,
  });
  browser = await chromium.launch({
    executablePath: findChromium(),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
});
afterAll(async () => {
  await browser?.close();
  await example?.close();
  await services?.close();
});

test("a person signs up, verifies the email, calls the API within what is granted, and logs in again by the session", async () => {
  // The local authority is not in the browser's store; Node's clients verify it in all other tests.
  context = await browser.newContext({ ignoreHTTPSErrors: true });
  page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));

  await page.goto(example.origin);
  await page.getByRole("button", { name: "Sign up" }).click();
  await photograph("1-sign-up");
  await page.getByLabel(/email/i).fill("ada@example.com");
  await page.getByLabel("Password").fill("too weak");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("alert").getByText("characters in length").waitFor();
  await photograph("1-too-weak");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Continue" }).click();

  await page.getByRole("heading", { name: /verify your email/i }).waitFor();
  await photograph("2-verify-email");
  await page.getByRole("button", { name: "Verify and continue" }).click();

  await page.getByText("Logged in as ada@example.com.").waitFor();
  await photograph("3-logged-in");
  const claims = JSON.parse((await page.locator("#claims").textContent()) ?? "") as Record<string, unknown>;
  expect(claims[`${AUDIENCE}email`]).toBe("ada@example.com");
  expect(claims[`${AUDIENCE}stripe_customer_id`]).toMatch(/^cus_/);
  expect(claims.scope).toBe("openid profile email offline_access");

  expect(await callApi("GET /users")).toMatch(/^GET \/users → 403/);
  expect(await page.locator("#meaning").innerText()).toContain("no role of this person grants it");
  expect(await page.getByRole("link", { name: "Give a role" }).getAttribute("href")).toMatch(/\/console\/users$/);
  expect(await callApi("without a token")).toMatch(/^GET \/users → 401/);
  await assignRole("editor", String(claims.sub));
  await page.getByRole("button", { name: "Renew" }).click();
  await page.getByText(/^Renewed at /).waitFor();
  expect(await page.getByRole("row", { name: /^scope/ }).innerText()).toContain("post:users");
  expect(await callApi("GET /users")).toMatch(/^GET \/users → 200/);
  // Between http and https the tenant's cookie is a third party's, which this browser does not send from a frame; so tokens
  // end with the page, and the session answers the next login without a form.
  await page.reload();
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByText("Logged in as ada@example.com.").waitFor();
  expect(await callApi("GET /users")).toMatch(/^GET \/users → 200/);
  expect(await callApi("POST /users")).toMatch(/^POST \/users → 200/);
  expect(await callApi("GET /reports")).toMatch(/^GET \/reports → 403/);
  await assignRole("admin", String(claims.sub));
  await page.getByRole("button", { name: "Renew" }).click();
  await page.getByRole("row", { name: /^permissions.*get:reports/ }).waitFor();
  expect(await callApi("GET /reports")).toMatch(/^GET \/reports → 402/);
  expect(await page.getByRole("link", { name: "Subscribe" }).getAttribute("href")).toBe(PAYMENT);
  await photograph("4-api");

  await page.getByRole("button", { name: "Log out" }).click();
  await page.getByText("Not logged in.").waitFor();
  await page.reload();
  await page.getByText("Not logged in.").waitFor();
  expect(errors).toEqual([]);
  await context.close();
});

async function callApi(name: string): Promise<string> {
  await page.locator("#answer").evaluate((element: { textContent: string }) => {
    element.textContent = "";
  });
  await page.getByRole("button", { name }).click();
  const answer = page.locator("#answer").filter({ hasText: /→ \d{3}/ });
  await answer.waitFor();
  return (await answer.textContent()) ?? "";
}

async function assignRole(name: string, userId: string): Promise<void> {
  for await (const role of await management.roles.list({ name_filter: name })) {
    await management.users.roles.assign(userId, { roles: [role.id ?? ""] });
  }
}

/** With SCREENSHOTS=<folder>: what a person sees, to look at. */
async function photograph(name: string): Promise<void> {
  if (process.env.SCREENSHOTS) await page.screenshot({ path: join(process.env.SCREENSHOTS, `${name}.png`) });
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
