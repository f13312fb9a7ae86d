import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type Browser, chromium, type Page } from "playwright-core";
import { withConsole } from "../support/console.ts";
import { bindMarkup, fillStripe, fillTenant, LINK, MARKUP, MARKUP_EMAIL } from "../support/fill-with-markup.ts";
import { planLogin } from "../support/log-in.ts";
import { type LoginTenant, PASSWORD, startLoginTenant } from "../support/login-tenant.ts";
import { startTestStripe, type TestStripe } from "../support/stripe.ts";
import { buildLogin } from "../support/tenant-with-actions.ts";
import { findChromium } from "./find-chromium.ts";

/**
 * Whoever names something shall not write a page: in every text that tenant and Stripe keep stands markup, and every page that shows
 * one is opened in a real browser, which says whether it took it for markup.
 */
let tenant: LoginTenant;
let stripe: TestStripe;
let browser: Browser;
let page: Page;
let hosted: readonly string[];

beforeAll(async () => {
  stripe = await startTestStripe();
  tenant = await startLoginTenant(withConsole({ findStripe: () => stripe.local }));
  await fillTenant(tenant);
  hosted = await fillStripe(stripe.client);
  for (const effect of [
    `api.access.deny(${JSON.stringify(MARKUP)})`,
    `throw new Error(${JSON.stringify(MARKUP)})`,
    "",
  ]) {
    bindMarkup(tenant, effect);
    await tenant.tenant.actions.runPostLogin(buildLogin({ userId: "auth0|taken", client: tenant.spa }));
  }
  browser = await chromium.launch({
    executablePath: findChromium(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
  });
  page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
});
afterAll(async () => {
  await browser?.close();
  await tenant?.close();
  await stripe?.close();
});

/** What of the texts is on the page: as text, in fields too, and as what must not be there. */
const look = () =>
  page.evaluate<{ readonly shown: boolean; readonly taken: readonly unknown[] }>(`({
    shown: [document.body.innerText, ...[...document.querySelectorAll("input,textarea")].map(({ value }) => value)]
      .some((text) => text.includes("data-taken")),
    taken: [
      ...document.querySelectorAll("[data-taken]"),
      ...document.querySelectorAll('[href^="javascript:"], [src^="javascript:"], [action^="javascript:"]'),
    ].map(({ outerHTML }) => outerHTML).concat(window.taken ?? []),
  })`);

const kindOf = (url: URL): string =>
  `${url.pathname}${[...url.searchParams.keys()].length === 0 ? "" : "?"}`.replace(/^(\/console\/\w+\/)[^?]+/, "$1…");

test("every page of the console shows markup as text", async () => {
  const origin = `https://${tenant.domain}`;
  const search = `search=${encodeURIComponent(MARKUP)}`;
  const waiting = ["/", `/?${search}`, `/console/users?${search}`].map((path) => new URL(path, origin).href);
  const seen = new Set<string>();
  const shown = new Set<string>();
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (seen.has(next)) continue;
    seen.add(next);
    await page.goto(next);
    await openDetails();
    const found = await look();
    expect([next, found.taken]).toEqual([next, []]);
    if (found.shown) shown.add(kindOf(new URL(next)));
    const links = await page.evaluate<string[]>("[...document.links].map(({ href }) => href)");
    for (const link of links) if (new URL(link).origin === origin) waiting.push(link.replace(/#.*/, ""));
  }
  expect([...shown].sort()).toEqual([
    "/",
    "/?",
    "/console/apis",
    "/console/applications",
    "/console/flows",
    "/console/flows/…",
    "/console/flows/…?",
    "/console/logins",
    "/console/logins/…",
    "/console/logins?",
    "/console/mailbox",
    "/console/organizations",
    "/console/stripe",
    "/console/users",
    "/console/users/…",
    "/console/users?",
  ]);
});

test("a replay and a token show markup as text", async () => {
  await page.goto(`https://${tenant.domain}/`);
  await page.locator("tbody a").first().click();
  await page.getByRole("button", { name: "Replay" }).click();
  await page.getByRole("heading", { name: "Replay of" }).waitFor();
  await openDetails();
  expect(await look()).toEqual({ shown: true, taken: [] });
  const [header, claims, signature] = [
    { alg: "RS256", kid: MARKUP },
    { iss: LINK, name: MARKUP, [MARKUP]: [MARKUP] },
    1,
  ];
  const token = [header, claims, signature].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
  await page.goto(`https://${tenant.domain}/console/tokens`);
  await page.getByLabel("An access token").fill(token.join("."));
  await page.getByRole("button", { name: "Explain" }).click();
  await page.getByRole("heading", { name: "Claims" }).waitFor();
  await openDetails();
  expect(await look()).toEqual({ shown: true, taken: [] });
});

test("the tenant's login pages show markup as text", async () => {
  const { url } = await planLogin(tenant, tenant.spa, { login_hint: MARKUP });
  await page.goto(url.href);
  expect(await look()).toEqual({ shown: true, taken: [] });
  await page.getByRole("link", { name: "Sign up" }).click();
  expect(await look()).toEqual({ shown: true, taken: [] });
  await page.goto(
    `https://${tenant.domain}/authorize?client_id=${encodeURIComponent(MARKUP)}&state=${encodeURIComponent(MARKUP)}`,
  );
  expect((await look()).taken).toEqual([]);
  bindMarkup(tenant);
  tenant.setClient({
    ...tenant.spa,
    name: MARKUP,
    organization_usage: "require",
    organization_require_behavior: "post_login_prompt",
  });
  await page.goto((await planLogin(tenant, tenant.spa)).url.href);
  await page.getByLabel(/email/i).first().fill(MARKUP_EMAIL);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await page.getByRole("heading", { name: "Select an Organization" }).waitFor();
  expect(await look()).toEqual({ shown: true, taken: [] });
  await page.getByRole("button").first().click();
  await page.getByText("is requesting access to your account").waitFor();
  expect(await look()).toEqual({ shown: true, taken: [] });
});

test("the Checkout and the customer portal show markup as text", async () => {
  for (const url of hosted) {
    await page.goto(url);
    expect(await look()).toEqual({ shown: true, taken: [] });
  }
});

test.each(["cancel_url", "success_url", "return_url"])("%s that is a script is refused", async (name) => {
  const { client } = stripe;
  const { id: customer } = await client.customers.create();
  const urls = { success_url: "http://127.0.0.1:1/", cancel_url: "http://127.0.0.1:1/", [name]: LINK };
  const asked =
    name === "return_url"
      ? client.billingPortal.sessions.create({ customer, return_url: LINK })
      : client.checkout.sessions.create({ mode: "setup", customer, currency: "usd", ...urls });
  await expect(asked).rejects.toMatchObject({ statusCode: 400, param: name });
});

const openDetails = () => page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
