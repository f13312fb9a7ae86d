import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { ManagementError } from "auth0";
import { connectToTenant } from "../../../../scripts/deploy/connect.ts";
import { environmentOf } from "../../../../scripts/local/environment-of.ts";
import { answerWhy } from "../../../../scripts/operate/why/answer-why.ts";
import type { Choice } from "../../../../scripts/operate/why/read-log.ts";
import { renderWhy } from "../../../../scripts/operate/why/render-why.ts";
import { parseSubject } from "../../../../scripts/operate/why/subject.ts";
import { plain } from "../../../../scripts/terminal/paint.ts";
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
  const access = () => ({
    ...environmentOf(tenant),
  });
  async function run(...args: readonly string[]) {
    const script = spawnScript("why", args, access());
    return { code: await script.ended, out: script.stdout(), err: script.stderr() };
  }
  /** The same without a process of its own. */
  async function ask(text: string, choice: Partial<Choice> = {}) {
    const { domain, clientId, clientSecret, caFile: file } = tenant;
    const ca = { file, pem: readFileSync(file, "utf8") };
    const connection = await connectToTenant({ domain, clientId, clientSecret, ca });
    return answerWhy(connection, parseSubject(text), { limit: 3, all: false, ...choice });
  }
  const why = async (...args: Parameters<typeof ask>) => renderWhy(await ask(...args), plain);

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
    const { code, out } = await run(ADA);
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
    const { out } = await run(BOB, "--json");
    const { entries, lastSuccess } = JSON.parse(out) as { entries: unknown[]; lastSuccess: unknown };
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      type: "f",
      reason: "boom",
      actions: [{ name: "throws", effect: "failed", error: "TypeError: boom at throws.js:1:50" }],
    });
    expect(lastSuccess).toBeNull();
  });

  test.each([
    [403, "The runs of the Actions could not be read (403): the client lacks read:actions."],
    [500, "The runs of the Actions could not be read (500)."],
  ])("says why when the runs of the Actions cannot be read (%i), and that they cannot", async (status, note) => {
    const entry = tenant.tenant.logs.entries().findLast(({ type }) => type === "f");
    const { domain, clientId, clientSecret, caFile: file } = tenant;
    const ca = { file, pem: readFileSync(file, "utf8") };
    const connection = await connectToTenant({ domain, clientId, clientSecret, ca }, { pause: 1 });
    const { executions } = connection.management.actions;
    jest.spyOn(executions, "get").mockImplementation(() => {
      throw new ManagementError({ statusCode: status });
    });
    const answer = await answerWhy(connection, parseSubject(entry!.log_id), { limit: 1, all: false });
    expect(answer.explanations[0]).toMatchObject({ logId: entry!.log_id, reason: "boom" });
    expect(renderWhy(answer, plain).replaceAll(/\s+/g, " ")).toContain(note);
  });

  test("explains one entry by its id, without the address of its user", async () => {
    const entry = tenant.tenant.logs.entries().findLast(({ type }) => type === "f");
    const out = await why(entry!.log_id);
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
    const out = await why(ADA, { limit: 1 });
    expect(out).toContain("later");
    expect(out).not.toContain("not today");
    expect(out).toContain(`The newest login that succeeded: ${success!.date}`);
    const both = await why(ADA);
    expect(both.indexOf("later")).toBeLessThan(both.indexOf("not today"));
  });

  test("shows logins that succeeded between those that failed, with what their Actions did", async () => {
    tenant.clock.advance(1000);
    tenant.bind({ name: "welcomes", code: "exports.onExecutePostLogin = async () => console.log('welcome');" });
    await attempt(ADA);
    const { code, out } = await run(ADA, "--all");
    expect(code).toBe(0);
    expect(out).toMatch(/the login succeeded \(s\)[\s\S]*welcomes +[\d.]+ ms +none +welcome[\s\S]*the login failed/);
    const failed = await why(ADA);
    expect(failed).not.toContain("welcome");
    expect(await why("carol@example.com", { all: true })).toContain("has no login of this user");
  });

  test.each<[string, readonly string[], RegExp]>([
    ["nobody", [], /Say whose login[\s\S]*USAGE/],
    ["two", [ADA, BOB], /USAGE/],
    ["too many entries", [ADA, "--limit", "51"], /from 1 to 50[\s\S]*USAGE/],
  ])("refuses %s", async (_name, args, message) => {
    const { code, err } = await run(...args);
    expect([code, err]).toEqual([2, expect.stringMatching(message)]);
  });

  test("says that there is no such entry", async () => {
    await expect(ask("9".repeat(56))).rejects.toMatchObject({ code: "LOG_ENTRY_UNKNOWN", exitCode: 1 });
  });

  test("of a user who never failed it says that there is nothing", async () => {
    await expect(why("carol@example.com")).resolves.toContain("has no failed login of this user");
  });

  test("without read:logs it says which scope is missing", async () => {
    const { clientGrants } = tenant.tenant.state;
    const own = clientGrants.find(({ client_id }) => client_id === tenant.clientId);
    clientGrants.set(own!.id, { ...own!, scope: ["read:actions"] });
    const refusal = ask(ADA);
    await expect(refusal).rejects.toMatchObject({ code: "LOG_SCOPE_MISSING", exitCode: 2 });
    await expect(refusal).rejects.toThrow("read:logs");
    clientGrants.set(own!.id, own!);
  });
});
