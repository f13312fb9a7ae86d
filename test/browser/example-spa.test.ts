import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { chooseFreePort } from "../../scripts/dev/choose-free-port.ts";
import { type Dev, openDev } from "../support/open-dev.ts";
import { makeProject, type ProjectCopy } from "../support/project-copy.ts";
import { spawnScript } from "../support/spawn-script.ts";
import { until } from "../support/until.ts";
import { findChromium } from "./find-chromium.ts";

/** What a newcomer does with `npm run dev`, from a sign-up to a paid answer, by clicks alone. */
const root = join(import.meta.dirname, "../..");
const OWN = ["examples", "tenant.yaml", "routes.yaml", "stripe.json", ".env.example"];
const EMAIL = "ada@example.com";
const PASSWORD = "Correct horse battery staple 9!";
const AUDIENCE = "https://api.example.com/";

let project: ProjectCopy;
let dev: Dev;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const errors: string[] = [];

beforeAll(async () => {
  project = makeProject({});
  for (const part of OWN) cpSync(join(root, part), join(project.directory, part), { recursive: true });
  const environment = {
    SPA_URL: `http://localhost:${await chooseFreePort()}`,
    AUTHORIZER_PORT: String(await chooseFreePort()),
  };
  dev = await openDev(spawnScript("dev", ["--port", "0"], environment, project.directory));
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
  // The local authority is not in the browser's store; Node's clients verify it in all other tests.
  context = await browser.newContext({ ignoreHTTPSErrors: true });
  page = await context.newPage();
  page.on("pageerror", (error) => errors.push(error.message));
}, 60_000);
afterAll(async () => {
  await browser?.close();
  dev?.script.process.kill("SIGKILL");
  await dev?.script.ended;
  project.remove();
});

test("a person signs up, verifies the email, and is told what the token says", async () => {
  await page.goto(dev.addresses.page);
  await page.getByRole("button", { name: "Sign up" }).click();
  await photograph("1-sign-up");
  await page.getByLabel(/email/i).fill(EMAIL);
  await page.getByLabel("Password").fill("too weak");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("alert").getByText("characters in length").waitFor();
  await photograph("1-too-weak");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Continue" }).click();

  await page.getByRole("heading", { name: /verify your email/i }).waitFor();
  await photograph("2-verify-email");
  const mailbox = await context.newPage();
  await mailbox.goto(new URL("/console/mailbox", dev.addresses.tenant).href);
  await photograph("2-mailbox", mailbox);
  await mailbox
    .getByRole("link", { name: /ticket/ })
    .first()
    .click();
  await mailbox.close();
  await page.getByRole("button", { name: "Continue" }).click();

  await page.getByText(`Logged in as ${EMAIL}.`).waitFor();
  await photograph("3-logged-in");
  const claims = JSON.parse((await page.locator("#claims").textContent()) ?? "") as Record<string, unknown>;
  expect(claims[`${AUDIENCE}email`]).toBe(EMAIL);
  expect(claims[`${AUDIENCE}stripe_customer_id`]).toMatch(/^cus_/);
  expect(claims.scope).toBe("openid profile email offline_access");
});

test("is refused without a token and without a role, which the console gives by clicks", async () => {
  expect(await callApi("without a token")).toMatch(/^GET \/users → 401/);
  expect(await meaning()).toContain("log in");
  expect(await callApi("GET /users")).toMatch(/^GET \/users → 403/);
  expect(await meaning()).toContain("no role of this person grants it");
  await giveRole("editor");
  await page.getByRole("button", { name: "Renew" }).click();
  await page.getByText(/^Renewed at /).waitFor();
  expect(await page.getByRole("row", { name: /^scope/ }).innerText()).toContain("post:users");
  expect(await callApi("GET /users")).toMatch(/^GET \/users → 200/);
  expect(await meaning()).toBe("The token was good for it, and the API has answered.");
  expect(await callApi("POST /users")).toMatch(/^POST \/users → 200/);
});

test("is logged in again by the session, after the page with its tokens is gone", async () => {
  // Between http and https the tenant's cookie is a third party's, which this browser does not send from a frame; so tokens
  // end with the page, and the session answers the next login without a form.
  await page.reload();
  await logIn();
  expect(await callApi("GET /users")).toMatch(/^GET \/users → 200/);
});

test("meets what costs money, is told where to pay, and is let in once back from the Checkout", async () => {
  expect(await callApi("GET /reports")).toMatch(/^GET \/reports → 403/);
  await giveRole("admin");
  await page.getByRole("button", { name: "Renew" }).click();
  await page.getByRole("row", { name: /^permissions.*get:reports/ }).waitFor();
  expect(await callApi("GET /reports")).toMatch(/^GET \/reports → 402/);
  expect(await meaning()).toContain("It costs money");
  await photograph("4-payment-required");
  await page.getByRole("link", { name: "Subscribe" }).click();
  await page.getByText(`Signed in as ${EMAIL}`).waitFor();
  await page.getByRole("button", { name: "Subscribe: get:reports" }).click();
  await page.getByLabel("Name").fill("Ada");
  await page.getByLabel("Card number").fill("4242 4242 4242 4242");
  await page.getByLabel(/Expiration/).fill("12 / 34");
  await page.getByLabel("CVC").fill("123");
  await page.getByRole("button", { name: "Subscribe" }).click();
  await page.getByText("Thank you. Your subscription is active.").waitFor();
  await photograph("5-subscribed");
  await page.getByRole("link", { name: "Back to the application" }).click();
  await logIn();
  expect(await callApi("GET /reports")).toMatch(/^GET \/reports → 200/);
  expect(await meaning()).toBe("The token was good for it, and the API has answered.");
  await photograph("6-paid");
});

test("shows a change of its files at once, and stays logged in where only its style changed", async () => {
  const style = readFileSync(join(project.directory, "examples/spa/style.css"), "utf8");
  project.write("examples/spa/style.css", `${style}\nh1 { letter-spacing: 7px; }\n`);
  await until(() => page.evaluate<boolean>("getComputedStyle(document.querySelector('h1')).letterSpacing === '7px'"));
  await page.getByText(`Logged in as ${EMAIL}.`).waitFor();
  const html = readFileSync(join(project.directory, "examples/spa/index.html"), "utf8");
  project.write("examples/spa/index.html", html.replace("<h1>Example SPA</h1>", "<h1>Our own page</h1>"));
  await page.getByRole("heading", { name: "Our own page" }).waitFor();
  await logIn();
});

test("logs out, and stays so", async () => {
  await page.getByRole("button", { name: "Log out" }).click();
  await page.getByText("Not logged in.").waitFor();
  await page.reload();
  await page.getByText("Not logged in.").waitFor();
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByLabel("Password").waitFor();
  expect(errors).toEqual([]);
});

async function logIn(): Promise<void> {
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByText(`Logged in as ${EMAIL}.`).waitFor();
}

async function callApi(name: string): Promise<string> {
  await page.locator("#answer").evaluate((element: { textContent: string }) => {
    element.textContent = "";
  });
  await page.getByRole("button", { name }).click();
  const answer = page.locator("#answer").filter({ hasText: /→ \d{3}/ });
  await answer.waitFor();
  return (await answer.textContent()) ?? "";
}

const meaning = async (): Promise<string> => (await page.locator("#meaning").innerText()).trim();

/** By the link that the page has beside a 403. */
async function giveRole(name: string): Promise<void> {
  const [users] = await Promise.all([
    context.waitForEvent("page"),
    page.getByRole("link", { name: "Give a role" }).click(),
  ]);
  await users.getByRole("link", { name: EMAIL }).click();
  await users.getByRole("button", { name, exact: true }).click();
  await users.getByRole("button", { name, exact: true, pressed: true }).waitFor();
  await users.close();
}

/** With SCREENSHOTS=<folder>: what a person sees, to look at. */
async function photograph(name: string, of = page): Promise<void> {
  if (process.env.SCREENSHOTS) await of.screenshot({ path: join(process.env.SCREENSHOTS, `spa-${name}.png`) });
}
