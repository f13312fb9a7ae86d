import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { isWrite, type Reply, type Seen } from "../../faults/fault-proxy.ts";
import { type ProxiedTenant, readExampleEnvironment, startProxiedTenant } from "../../faults/proxied-tenant.ts";
import { spawnScript } from "../../support/spawn-script.ts";

const json = (value: unknown): Reply => ({ status: 200, body: JSON.stringify(value) });
const PAGE: Reply = {
  status: 200,
  headers: { "content-type": "text/html" },
  body: "<!doctype html><title>Sign in</title>",
};
const PORTAL: Reply = { status: 302, headers: { location: "https://portal.example/login?back=here" }, body: "" };
/** Of a firewall: longer than a screen, and with what it was sent. */
const refusing = (status: number): Reply => ({
  status,
  headers: { "content-type": "text/html; charset=UTF-8" },
  body: `<!doctype html><html><title>Attention required</title>${"<p>You were stopped.</p>".repeat(500)}</html>`,
});
const NOTHING: Reply = { status: 200, headers: { "content-type": "application/json" }, body: "" };

const is =
  (pattern: RegExp) =>
  ({ method, path }: Seen): boolean =>
    method === "GET" && pattern.test(path);
const everyRead = is(/^\/api\/v2\//);
const token = ({ path }: Seen) => path === "/oauth/token";

describe("a tenant in whose place something else answers 200", () => {
  let proxied: ProxiedTenant;
  let environment: Readonly<Record<string, string>>;
  beforeAll(async () => {
    proxied = await startProxiedTenant();
    environment = {
      ...readExampleEnvironment(),
      SESSION_TOKEN_SECRET: "session-secret-of-this-very-test",
      ...proxied.environment,
    };
  });
  afterAll(() => proxied.close());

  test.each<[command: string, args: string[], what: string, isHit: (request: Seen) => boolean, reply: Reply]>([
    ["plan", [], "a page", everyRead, PAGE],
    ["plan", ["--json"], "null", everyRead, json(null)],
    ["plan", [], "an empty object for the clients", is(/\/clients$/), json({})],
    ["plan", [], "another list for the roles", is(/\/roles$/), json({ data: [], total: 0 })],
    ["plan", [], "no list for the connections", is(/\/connections$/), json({ connections: {} })],
    ["plan", [], "no body for the APIs", is(/\/resource-servers$/), NOTHING],
    ["plan", [], "a text for the grants", is(/\/client-grants$/), json("grants")],
    ["plan", [], "an empty object for the settings", is(/\/tenants\/settings$/), json({})],
    ["plan", [], "a page for a token", token, PAGE],
    ["plan", [], "a redirect for a token", token, PORTAL],
    ["status", [], "a redirect", everyRead, PORTAL],
    ["plan", [], "an empty object for a token", token, json({})],
    ["plan", [], "an empty token", token, json({ access_token: "", token_type: "Bearer" })],
    ["status", [], "a page", everyRead, PAGE],
    ["status", ["--json"], "an empty object for the Actions", is(/\/actions\/actions$/), json({})],
    ["status", [], "null for a token", token, json(null)],
    ["unbind", ["filter-scopes"], "a page", everyRead, PAGE],
    ["unbind", ["filter-scopes"], "null", everyRead, json(null)],
    ["rollback", ["--yes"], "an empty object", everyRead, json({})],
    ["why", ["ada@example.com"], "an empty object", everyRead, json({})],
    ["why", ["ada@example.com"], "a page", everyRead, PAGE],
    ["deploy", ["--yes"], "an empty object for the Actions", is(/\/actions\/actions$/), json({})],
  ])("is unreadable, and nothing is said of it: %s %j, %s", async (command, args, _what, isHit, reply) => {
    proxied.proxy.answerWith((request) => (isHit(request) ? reply : undefined));
    const script = spawnScript(command, args, environment);
    const code = await script.ended;
    const { seen } = proxied.proxy;
    proxied.proxy.disarm();
    expect(script.stderr()).toContain("[TENANT_UNREADABLE]");
    expect(script.stderr()).not.toContain("Unexpected error");
    expect(script.stdout()).toBe("");
    expect(code).toBe(1);
    expect(seen.filter(isHit).length).toBeGreaterThan(0);
    expect(seen.filter(isWrite)).toEqual([]);
  });

  test.each<[command: string, args: string[], isHit: (request: Seen) => boolean, status: number, said: RegExp]>([
    ["plan", [], everyRead, 403, /with 403 and the content type text\/html \("Attention required"\)/],
    ["plan", [], token, 403, /with 403 and the content type text\/html \("Attention required"\)/],
    ["deploy", ["--yes"], everyRead, 404, /with 404 and the content type text\/html \("Attention required"\)/],
    ["adopt", [], everyRead, 403, /with 403 and the content type text\/html \("Attention required"\)/],
    ["plan", [], everyRead, 503, /could not be read \(503\)/],
    ["doctor", [], token, 407, /with\s+407\s+and\s+the\s+content\s+type\s+text\/html\s+\("Attention\s+required"\)/],
    ["scopes", [], token, 401, /with 401 and the content type text\/html \("Attention required"\)/],
    ["why", ["ada@example.com"], everyRead, 403, /with 403 and the content type text\/html \("Attention required"\)/],
  ])("says in a few words what a page says that refuses: %s %j, %s %i", async (command, args, isHit, status, said) => {
    proxied.proxy.answerWith((request) => (isHit(request) ? refusing(status) : undefined));
    const script = spawnScript(command, args, environment);
    const code = await script.ended;
    proxied.proxy.disarm();
    const all = `${script.stdout()}${script.stderr()}`;
    expect(all).toMatch(said);
    expect(all).not.toMatch(/<|You were stopped|Unexpected error/);
    expect(all.length).toBeLessThan(1500);
    expect(code).toBe(1);
  });
});
