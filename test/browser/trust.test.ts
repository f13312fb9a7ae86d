import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { chromium } from "playwright-core";
import type { LocalTenant } from "../../local/auth0/server.ts";
import { startTestTenant } from "../support/local-tenant.ts";
import { spawnScript } from "../support/spawn-script.ts";
import { findChromium } from "./find-chromium.ts";

let home: string;
let tenant: LocalTenant;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "trust-"));
  tenant = await startTestTenant();
});
afterAll(async () => {
  await tenant.close();
  rmSync(home, { recursive: true, force: true });
});

/** What Chromium, with the certificates of this person, sees at the tenant: a status, or why it trusts nobody. */
async function visit(): Promise<unknown> {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ["--no-sandbox", "--disable-gpu"],
    env: { ...process.env, HOME: home } as Record<string, string>,
  });
  try {
    const page = await browser.newPage();
    const answer = await page.goto(`https://${tenant.domain}/.well-known/openid-configuration`);
    return answer?.status();
  } catch (error) {
    return /net::\w+/.exec(String(error))?.[0];
  } finally {
    await browser.close();
  }
}

const trust = async (...options: readonly string[]): Promise<string | undefined> => {
  const script = spawnScript("trust", [...options, "--json"], { HOME: home });
  expect([await script.ended, script.stderr()]).toEqual([0, ""]);
  const { places } = JSON.parse(script.stdout()) as { places: { program: string; state: string }[] };
  return places.find(({ program }) => program === "Chromium")?.state;
};

test("npm run trust --add has Chromium trust the local tenant, and --remove undoes it", async () => {
  expect([await trust(), await visit()]).toEqual(["not trusted", "net::ERR_CERT_AUTHORITY_INVALID"]);
  expect([await trust("--add"), await visit()]).toEqual(["trusted", 200]);
  // Again is as good as once.
  expect(await trust("--add")).toBe("trusted");
  expect([await trust("--remove"), await visit()]).toEqual(["not trusted", "net::ERR_CERT_AUTHORITY_INVALID"]);
  expect(await trust("--remove")).toBe("not trusted");
});
