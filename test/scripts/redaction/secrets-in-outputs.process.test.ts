import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { isWrite, type Seen } from "../../faults/fault-proxy.ts";
import { type ProxiedTenant, readExampleEnvironment, startProxiedTenant } from "../../faults/proxied-tenant.ts";
import { formsOf } from "../../support/secret-forms.ts";
import { spawnScript } from "../../support/spawn-script.ts";

/** With the characters that JSON, URLs and HTML write otherwise. */
const PLANTED = {
  SESSION_TOKEN_SECRET: 'session "secret" of/30+bytes, that is & stays hidden',
  STRIPE_SECRET_KEY: "rk_test_thisIsSearchedFor0123456789",
};

/** What a tenant, or a proxy before it, may make of a request that it refuses. */
function quote({ body, authorization }: Seen): string {
  const basic = Buffer.from(`client:${body}`).toString("base64");
  const quoted = [body, authorization, encodeURIComponent(body), basic, Buffer.from(body).toString("base64url")];
  return quoted.join(" | ");
}

const asJson = (request: Seen) => ({
  status: 400,
  body: JSON.stringify({
    statusCode: 400,
    error: "Bad Request",
    message: `Payload validation error: ${quote(request)}`,
    error_description: quote(request),
  }),
});
const asText = (request: Seen) => ({
  status: 400,
  headers: { "content-type": "text/plain" },
  body: quote(request).replaceAll(/(.{20})/g, "$1\n  "),
});

describe("what a command prints when the tenant quotes its request", () => {
  let proxied: ProxiedTenant;
  let environment: Readonly<Record<string, string>>;
  beforeAll(async () => {
    proxied = await startProxiedTenant();
    environment = { ...readExampleEnvironment(), ...PLANTED, ...proxied.environment };
  });
  afterAll(() => proxied.close());

  const isToken = ({ path }: Seen) => path === "/oauth/token";
  const isRead = (request: Seen) => !isWrite(request) && !isToken(request);

  test.each<[command: string, args: string[], where: string, isHit: (request: Seen) => boolean, reply: typeof asJson]>([
    ["plan", [], "token", isToken, asJson],
    ["plan", [], "token", isToken, asText],
    ["plan", ["--json"], "read", isRead, asJson],
    ["plan", [], "read", isRead, asText],
    ["status", ["--json"], "read", isRead, asJson],
    ["unbind", ["filter-scopes"], "read", isRead, asText],
    ["rollback", ["--yes"], "read", isRead, asJson],
    ["why", ["somebody@example.com"], "read", isRead, asJson],
    ["why", ["somebody@example.com"], "read", isRead, asText],
    ["scopes", [], "token", isToken, asJson],
    ["example", [], "read", isRead, asJson],
    ["deploy", ["--yes"], "write", isWrite, asJson],
    ["deploy", ["--yes"], "write", isWrite, asText],
    ["deploy", ["--yes"], "action", ({ path, method }) => method === "POST" && /actions$/.test(path), asJson],
  ])("has none of its secrets: %s %j, at a %s", async (command, args, _where, isHit, reply) => {
    const tokens = new Set<string>();
    proxied.proxy.answerWith((request) => {
      tokens.add(request.authorization.replace(/^Bearer /, ""));
      return isHit(request) ? reply(request) : undefined;
    });
    const script = spawnScript(command, args, environment);
    const code = await script.ended;
    const hits = proxied.proxy.seen.filter(isHit).length;
    proxied.proxy.disarm();
    expect(hits).toBeGreaterThan(0);
    expect(code).not.toBe(0);
    const printed = `${script.stdout()}${script.stderr()}`.replaceAll(/\n\s*/g, "");
    const secrets = [...Object.values(PLANTED), proxied.tenant.clientSecret, ...tokens].filter(
      (secret) => secret !== "",
    );
    const forms = secrets.flatMap(formsOf);
    expect(forms.filter((form) => printed.includes(form))).toEqual([]);
  });
});
