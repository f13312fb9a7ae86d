import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { LocalTenant } from "../../../local/auth0/server.ts";
import { environmentOf } from "../../../scripts/local/environment-of.ts";
import { type FaultProxy, isWrite, type Reply, type Seen, startFaultProxy } from "../../faults/fault-proxy.ts";
import { startTestTenant } from "../../support/local-tenant.ts";
import { spawnScript } from "../../support/spawn-script.ts";

const json = (value: unknown): Reply => ({ status: 200, body: JSON.stringify(value) });
const PAGE: Reply = {
  status: 200,
  headers: { "content-type": "text/html" },
  body: "<!doctype html><title>Sign in</title>",
};
const PORTAL: Reply = { status: 302, headers: { location: "https://portal.example/login?back=here" }, body: "" };
const NOTHING: Reply = { status: 200, headers: { "content-type": "application/json" }, body: "" };

const is =
  (pattern: RegExp) =>
  ({ method, path }: Seen): boolean =>
    method === "GET" && pattern.test(path);
const everyRead = is(/^\/api\/v2\//);
const token = ({ path }: Seen) => path === "/oauth/token";

describe("a tenant in whose place something else answers 200", () => {
  let tenant: LocalTenant;
  let proxy: FaultProxy;
  let environment: Readonly<Record<string, string>>;
  beforeAll(async () => {
    proxy = await startFaultProxy();
    tenant = await startTestTenant({ domain: proxy.domain });
    proxy.forwardTo(tenant.port);
    environment = {
      ...(parseEnv(readFileSync(join(import.meta.dirname, "../../../.env.example"), "utf8")) as Record<string, string>),
      SESSION_TOKEN_SECRET: "session-secret-of-this-very-test",
      ...environmentOf(tenant),
      AUTH0_DOMAIN: proxy.domain,
    };
  });
  afterAll(async () => {
    await tenant.close();
    await proxy.close();
  });

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
    proxy.answerWith((request) => (isHit(request) ? reply : undefined));
    const script = spawnScript(command, args, environment);
    const code = await script.ended;
    const { seen } = proxy;
    proxy.disarm();
    expect(script.stderr()).toContain("[TENANT_UNREADABLE]");
    expect(script.stderr()).not.toContain("Unexpected error");
    expect(script.stdout()).toBe("");
    expect(code).toBe(1);
    expect(seen.filter(isHit).length).toBeGreaterThan(0);
    expect(seen.filter(isWrite)).toEqual([]);
  });
});
