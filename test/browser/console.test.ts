import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { deployProject } from "../../scripts/deploy/deploy-project.ts";
import { prepareProject } from "../../scripts/deploy/prepare.ts";
import { environmentOf } from "../../scripts/local/environment-of.ts";
import { type Local, openLocal } from "../../scripts/local/open-local.ts";
import { readCheckoutValues } from "../../scripts/tenant/checkout-values.ts";
import { findChromium } from "./find-chromium.ts";

/** A developer at the console, in a real browser, by keyboard alone: a login is seen, opened, replayed with changed code, and kept. */
const root = join(import.meta.dirname, "../..");
const project = mkdtempSync(join(tmpdir(), "console-"));
const EMAIL = "ada@example.com";
const PASSWORD = "Correct horse battery staple 9!";
const ACTION = join(project, "actions/add-email-claim/action.ts");

let local: Local;
let browser: Browser;
let page: Page;
let origin: string;

beforeAll(async () => {
  const COPIED = ["actions", "test/support", "types", "local", "scripts", "gateways", "tenant.yaml", "routes.yaml"];
  const FILES = ["stripe.json", ".env.example", "package.json", "package-lock.json", "jest.config.js", "tsconfig.json"];
  for (const path of [...COPIED, ...FILES]) cpSync(join(root, path), join(project, path), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
  local = await openLocal({ project, directory: join(project, ".local"), port: 0, fresh: true, log: () => {} });
  const { domain, stripe } = local.access;
  origin = `https://${domain}`;
  const environment = {
    ...(await readCheckoutValues(project)),
    ...environmentOf(local.access),
    STRIPE_SECRET_KEY: stripe.secretKey,
    STRIPE_API_URL: stripe.url,
    VERIFY_EMAIL_URL: local.access.verifyEmailUrl,
    SPA_URL: "http://localhost:3000",
  };
  const prepared = await prepareProject({ directory: project, environment, skipStripeCheck: true });
  await deployProject({ prepared, confirm: async () => true, onProgress: () => {} });
  const { users } = prepared.connection.management;
  const connection = "Username-Password-Authentication";
  await users.create({ connection, email: EMAIL, password: PASSWORD, email_verified: true });
  browser = await chromium.launch({
    executablePath: findChromium(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
  });
  page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
});
afterAll(async () => {
  await browser?.close();
  await local?.close();
  rmSync(project, { recursive: true, force: true });
});

/** In a window of its own, up to where the application would take over. */
async function logIn(email = EMAIL): Promise<void> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const window = await context.newPage();
  const client = [...local.tenant.tenant.state.clients.values()].find(({ name }) => name === "Example SPA");
  const query = new URLSearchParams({
    client_id: client?.client_id ?? "",
    redirect_uri: "http://localhost:3000",
    response_type: "code",
    scope: "openid get:users",
    audience: "https://api.example.com/",
    code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    code_challenge_method: "S256",
  });
  await window.route("http://localhost:3000/**", (route) => route.fulfill({ body: "The application" }));
  await window.goto(`${origin}/authorize?${query}`);
  await window.getByLabel(/email/i).fill(email);
  await window.getByLabel("Password").fill(PASSWORD);
  await window.getByRole("button", { name: "Continue" }).click();
  await window.waitForURL("http://localhost:3000/**");
  await context.close();
}

/** Tab by tab until something is reached whose words are these, and Enter; as somebody without a mouse does it. */
async function press(words: string | RegExp): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press("Tab");
    const label = await page.evaluate<string>("document.activeElement?.innerText ?? ''");
    if (typeof words === "string" ? label.trim() === words : words.test(label)) return page.keyboard.press("Enter");
  }
  throw new Error(`No ${words} is reached by Tab on ${page.url()}`);
}

/** To another page, by its link at the top. */
async function open(title: string): Promise<void> {
  await press(title);
  // Tabs on the page that is being left would end with it.
  await page.waitForFunction(`document.title.startsWith(${JSON.stringify(title)})`);
}

/** What axe finds that keeps somebody out or makes it hard, light and dark, wide and narrow. */
async function expectAccessible(name: string): Promise<void> {
  for (const colorScheme of ["dark", "light"] as const) {
    for (const width of [1200, 400]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      await page.evaluate(axe.source);
      const barriers = await page.evaluate<unknown[]>(
        "axe.run().then(({ violations }) => violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))",
      );
      expect([name, colorScheme, width, barriers]).toEqual([name, colorScheme, width, []]);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      if (process.env.SCREENSHOTS)
        await page.screenshot({ path: join(process.env.SCREENSHOTS, `console-${name}-${colorScheme}-${width}.png`) });
    }
  }
  await page.setViewportSize({ width: 1200, height: 800 });
}

test("a login appears on the open page as it happens, without a reload, and is announced", async () => {
  await page.goto(`${origin}/`);
  await page.getByText("Nobody has logged in yet.").waitFor();
  await expectAccessible("empty");
  await logIn();
  await page.getByRole("link", { name: EMAIL }).waitFor();
  expect(await page.getByRole("status").innerText()).toBe("1 new login.");
  await page.getByText("1 since the tenant was started. 1 new login.").waitFor();
  await expectAccessible("logins");
});

test("opened by keyboard, it shows its Actions with what each changed and requested", async () => {
  await press(EMAIL);
  await page.getByRole("heading", { name: "add-email-claim" }).waitFor();
  expect(await page.getByText("GET https://api.stripe.com/v1/customers").count()).toBeGreaterThan(0);
  await expectAccessible("login");
});

test("replayed with code that was changed meanwhile, it stands beside what it was", async () => {
  const code = readFileSync(ACTION, "utf8");
  const begin = "api, () => {\n";
  expect(code).toContain(begin);
  writeFileSync(
    ACTION,
    code.replace(begin, `${begin}api.idToken.setCustomClaim("https://api.example.com/greeting", "hello");\n`),
  );
  await press("Replay");
  await page.getByRole("heading", { name: `Replay of ${EMAIL}` }).waitFor();
  const row = page.getByRole("region", { name: "What differs" }).getByRole("row", { name: /greeting/ });
  expect(await row.innerText()).toMatch(/ID token claim https:\/\/api\.example\.com\/greeting\s+none\s+"hello"/);
  await expectAccessible("replay");
});

test("kept as a test, it passes with the changed code and fails with the former", async () => {
  await page.getByLabel("Action").selectOption({ label: "add-email-claim" });
  await press("Save the test");
  const written = page.getByRole("status").locator("code").first();
  const path = await written.innerText();
  expect(path).toMatch(/^test\/actions\/add-email-claim\/replayed-.*\.test\.ts$/);
  const runTest = () =>
    spawnSync(process.execPath, ["node_modules/.bin/jest", "--globalSetup=", path], { cwd: project, encoding: "utf8" });
  const passes = runTest();
  expect([passes.status, passes.stderr]).toEqual([0, expect.stringContaining("1 passed")]);
  cpSync(join(root, "actions/add-email-claim/action.ts"), ACTION);
  expect(runTest().stderr).toContain("1 failed");
});

test("flows and an Action's code are reached by keyboard", async () => {
  await open("Flows");
  await page.getByRole("heading", { name: "post-login" }).waitFor();
  await expectAccessible("flows");
  await press("filter-scopes");
  await page.getByRole("region", { name: "Code" }).waitFor();
  await expectAccessible("action");
});

test("a user is made and verified, Stripe is switched off, and the login that meets it is denied", async () => {
  const email = "grace@example.com";
  await open("Users");
  await page.getByLabel("Email", { exact: true }).fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await expectAccessible("users");
  await press("Create");
  await page.getByRole("heading", { name: email }).waitFor();
  await press("email verified");
  await page.getByRole("button", { name: "email verified", pressed: true }).waitFor();
  await expectAccessible("user");
  await open("Stripe");
  await press("down");
  await page.getByText("Stripe answers 500 at once").waitFor();
  await expectAccessible("stripe");
  await logIn(email);
  await open("Logins");
  await page
    .getByRole("row", { name: new RegExp(email) })
    .getByText(/^denied: /)
    .waitFor();
  await press(email);
  const request = page.getByRole("row", { name: /GET https:\/\/api\.stripe\.com\/v1\/customers/ }).first();
  expect(await request.innerText()).toContain("500");
  await expectAccessible("denied");
  await open("Stripe");
  await press("down");
  await page.getByText("Stripe answers. Switch on").waitFor();
  await open("Mailbox");
  await expectAccessible("mailbox");
});

test("applications, APIs and organizations are reached by keyboard", async () => {
  const { organizations } = local.tenant.tenant.state;
  organizations.set("org_1", { id: "org_1", name: "acme", display_name: "Acme", metadata: { plan: "gold" } });
  for (const title of ["Organizations", "Applications", "APIs"]) {
    await open(title);
    await expectAccessible(title.toLowerCase());
  }
});

test("a machine's token is explained, route by route of routes.yaml", async () => {
  const { state, domain } = local.tenant.tenant;
  const audience = "https://api.example.com/";
  const grant = state.clientGrants.values().find((one) => one.audience === audience && one.subject_type === "client");
  const worker = state.clients.get(grant?.client_id ?? "");
  const answer = await page.request.post(`https://${domain}/oauth/token`, {
    form: {
      grant_type: "client_credentials",
      client_id: worker?.client_id ?? "",
      client_secret: worker?.client_secret ?? "",
      audience,
    },
  });
  await open("Tokens");
  await expectAccessible("tokens");
  await page.getByLabel("An access token").fill((await answer.json()).access_token);
  await press("Explain");
  const statusOf = async (request: string) =>
    (await page.getByRole("row", { name: request, exact: false }).first().getByRole("cell").first().innerText()).trim();
  expect(await statusOf("GET /health")).toBe("200");
  expect(await statusOf("DELETE /users/{id}")).toBe("403");
  await expectAccessible("token");
});

test("the tenant is switched off, an application meets that, and its clock is moved", async () => {
  await open("Tenant");
  await expectAccessible("tenant");
  await press("down");
  await page.getByText("The tenant answers 503 at once").waitFor();
  expect((await page.request.get(`${origin}/.well-known/jwks.json`)).status()).toBe(503);
  await press("down");
  await page.getByText("The tenant answers. Switch on").waitFor();
  const before = local.tenant.tenant.clock();
  await press("+ a day");
  await page.getByRole("heading", { name: "Tenant" }).waitFor();
  expect(local.tenant.tenant.clock() - before).toBeGreaterThanOrEqual(86_400_000);
});
