import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { findChromium } from "../browser/find-chromium.ts";
import { type Dev, openDev } from "../support/open-dev.ts";
import { makeProject } from "../support/project-copy.ts";
import { spawnScript } from "../support/spawn-script.ts";

export interface Ports {
  readonly tenant: number;
  readonly spa: number;
  readonly authorizer: number;
}

/** A page as it is to be shown, and the part of it whose words are held by a test. */
export interface Picture {
  readonly name: string;
  readonly page: Page;
  readonly text: string;
}

const root = join(import.meta.dirname, "../..");
const ACTION = "actions/add-email-claim/action.ts";
const OWN = ["examples", "tenant.yaml", "routes.yaml", "stripe.json", ".env.example"];

/** What README tells of `npm run dev`, in a real browser: a login in the example, the console, and a save in the terminal. */
export async function tellStory(ports: Ports, show: (picture: Picture) => Promise<void>): Promise<void> {
  const project = makeProject({});
  let dev: Dev | undefined;
  let browser: Browser | undefined;
  try {
    for (const part of OWN) cpSync(join(root, part), join(project.directory, part), { recursive: true });
    const environment = { SPA_URL: `http://localhost:${ports.spa}`, AUTHORIZER_PORT: String(ports.authorizer) };
    const script = spawnScript("dev", ["--port", String(ports.tenant)], environment, project.directory);
    dev = await openDev(script);
    browser = await chromium.launch({
      executablePath: findChromium(),
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
    });
    const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1100, height: 760 } });
    const page = await context.newPage();
    const shown = async (name: string, of: Page): Promise<void> =>
      show({ name, page: of, text: await of.locator("main").innerText() });

    await page.goto(dev.addresses.page);
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByLabel(/email/i).fill("editor@example.com");
    await page.getByLabel("Password").fill("Only-here-1");
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByText("Logged in as editor@example.com.").waitFor();
    await page.getByRole("button", { name: "GET /reports" }).click();
    await page.getByText("GET /reports → 403").waitFor();
    await shown("example", page);

    await page.goto(dev.addresses.tenant);
    await page.getByRole("link", { name: "editor@example.com" }).waitFor();
    await shown("console-logins", page);
    await page.getByRole("link", { name: "editor@example.com" }).click();
    await page.getByRole("heading", { name: "sync-stripe-customer" }).waitFor();
    await shown("console-login", page);

    const source = readFileSync(join(root, ACTION), "utf8");
    const claim = 'api.accessToken.setCustomClaim("https://api.example.com/plan", "gold");';
    const said = await dev.during(() => project.write(ACTION, source.replace("=> {", `=> {\n  ${claim}`)), /gold/);
    // In a page of its own: the console's allows no styles but its file.
    const terminal = await context.newPage();
    const text = dev.script.stdout().replaceAll(project.directory, "…");
    await terminal.setContent(renderTerminal(text.split("\n"), said.split("\n")));
    await shown("terminal", terminal);
  } finally {
    await browser?.close();
    dev?.script.process.kill("SIGKILL");
    await dev?.script.ended;
    project.remove();
  }
}

/** What a terminal shows of it: the addresses, the login, the save. */
function renderTerminal(all: readonly string[], save: readonly string[]): string {
  const addresses = all.findIndex((line) => /\bconsole +https/.test(line));
  const people = all.findIndex((line) => line.includes("Log in as"));
  const login = all.findIndex((line) => line.includes("post-login  editor@example.com"));
  const rest = all.slice(login + 1).findIndex((line) => /^\d\d:/.test(line));
  const lines = [
    "$ npm run dev",
    ...all.slice(addresses, people + 1),
    ...all.slice(login, login + 1 + rest),
    ...save.filter((line) => line.trim() !== ""),
  ];
  const text = lines.join("\n").replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<!doctype html><html lang="en"><title>Terminal</title><style>
:root { color-scheme: light dark; background: light-dark(#fff, #14161c); color: light-dark(#1b1e27, #eceef4); }
pre { margin: 1.25rem; font: 14px/1.5 ui-monospace, monospace; white-space: pre-wrap; }
</style><main><pre>${text}</pre></main></html>`;
}
