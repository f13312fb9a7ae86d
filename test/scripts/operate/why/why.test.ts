import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { passLoginPage, planLogin } from "../../../support/log-in.ts";
import { type LoginTenant, startLoginTenant } from "../../../support/login-tenant.ts";
import { spawnScript } from "../../../support/spawn-script.ts";

const ADA = "ada@example.com";
const BOB = "bob@example.com";

describe("npm run why", () => {
  let tenant: LoginTenant;
  beforeAll(async () => {
    tenant = await startLoginTenant();
    await tenant.addUser(ADA);
    await tenant.addUser(BOB);
  });
  afterAll(() => tenant.close());

  const attempt = async (email: string) => passLoginPage(tenant.browser(), await planLogin(tenant, tenant.spa), email);
  async function why(...args: readonly string[]) {
    const script = spawnScript("why", args, {
      AUTH0_DOMAIN: tenant.domain,
      AUTH0_CLIENT_ID: tenant.clientId,
      AUTH0_CLIENT_SECRET: tenant.clientSecret,
      AUTH0_CA_FILE: tenant.caFile,
    });
    return { code: await script.ended, out: script.stdout(), err: script.stderr() };
  }

  test("names the Action that denied, those before it, what they printed and how long they took", async () => {
    tenant.bind(
      { name: "greets", code: "exports.onExecutePostLogin = async (event) => console.log('hello', event.user.email);" },
      {
        name: "denies",
        code: `exports.onExecutePostLogin = async (event, api) => {
          console.log("belongs to ${BOB}, key rk_test_abcdef");
          api.access.deny("not today");
        };`,
      },
      { name: "never-runs", code: "exports.onExecutePostLogin = async () => {};" },
    );
    await attempt(ADA);
    const { code, out } = await why(ADA);
    expect(code).toBe(0);
    expect(out).toMatch(
      /the login failed \(f\)\n +reason +not today\n +client +Test SPA\n +connection +Username-Password/,
    );
    expect(out).toMatch(/greets +[\d.]+ ms +none +hello ada@example\.com/);
    expect(out).toMatch(/denies +[\d.]+ ms +denied +belongs to \[email\], key \[key\]/);
    expect(out).not.toContain("never-runs");
    expect(out).not.toContain(BOB);
  });

  test("shows a failed Action once, with its error, though the log has two entries of it", async () => {
    tenant.bind({ name: "throws", code: "exports.onExecutePostLogin = async () => { throw new TypeError('boom'); };" });
    await attempt(BOB);
    const { out } = await why(BOB, "--json");
    const { entries, lastSuccess } = JSON.parse(out) as { entries: unknown[]; lastSuccess: unknown };
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      type: "f",
      reason: "boom",
      actions: [{ name: "throws", effect: "failed", error: "TypeError: boom" }],
    });
    expect(lastSuccess).toBeNull();
  });

  test("explains one entry by its id, without the address of its user", async () => {
    const entry = tenant.tenant.logs.entries().findLast(({ type }) => type === "f");
    const { code, out } = await why(entry!.log_id);
    expect(code).toBe(0);
    expect(out).toContain(entry!.log_id);
    expect(out).toContain(entry!.user_id);
    expect(out).not.toContain(BOB);
  });

  test("shows the newest first, as many as it was asked for, and when a login last succeeded", async () => {
    tenant.bind("");
    const before = tenant.tenant.logs.entries().length;
    await attempt(ADA);
    const success = tenant.tenant.logs
      .entries()
      .slice(before)
      .find(({ type }) => type === "s");
    tenant.bind("api.access.deny('later');");
    tenant.clock.advance(1000);
    await attempt(ADA);
    const { out } = await why(ADA, "--limit", "1");
    expect(out).toContain("later");
    expect(out).not.toContain("not today");
    expect(out).toContain(`The newest login that succeeded: ${success!.date}`);
    const both = (await why(ADA)).out;
    expect(both.indexOf("later")).toBeLessThan(both.indexOf("not today"));
  });

  test.each<[string, readonly string[], number, RegExp]>([
    ["nobody", [], 2, /Say whose login[\s\S]*USAGE/],
    ["something that is no name", ["ada"], 2, /neither an email address[\s\S]*USAGE/],
    ["two", [ADA, BOB], 2, /USAGE/],
    ["too many entries", [ADA, "--limit", "51"], 2, /from 1 to 50[\s\S]*USAGE/],
    ["an entry that is not there", ["9".repeat(56)], 1, /LOG_ENTRY_UNKNOWN/],
  ])("refuses %s", async (_name, args, code, message) => {
    const result = await why(...args);
    expect(result.err).toMatch(message);
    expect(result.code).toBe(code);
  });

  test("of a user who never failed it says that there is nothing", async () => {
    const { code, out } = await why("carol@example.com");
    expect([code, out]).toEqual([0, expect.stringContaining("has no failed login of this user")]);
  });

  test("without read:logs it says which scope is missing", async () => {
    const { clientGrants } = tenant.tenant.state;
    const own = clientGrants.find(({ client_id }) => client_id === tenant.clientId);
    clientGrants.set(own!.id, { ...own!, scope: ["read:actions"] });
    const { code, err } = await why(ADA);
    clientGrants.set(own!.id, own!);
    expect([code, err]).toEqual([2, expect.stringMatching(/read:logs[\s\S]*LOG_SCOPE_MISSING/)]);
  });
});
