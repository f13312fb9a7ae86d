import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parseBillingRules } from "../../../gateways/authorizer/billing/rules.ts";
import { parseRoutes } from "../../../gateways/authorizer/routes/route.ts";
import { type ForwardAuthService, serveForwardAuth } from "../../../gateways/forward-auth/serve.ts";
import type { MeterEvent } from "../../../gateways/metering/meter-event.ts";
import { type Gateway, type GatewayOptions, openGateway } from "../../../gateways/open-gateway.ts";
import { until } from "../../support/until.ts";
import { listAttacks } from "../support/attacks.ts";
import { createTestSource, subscribed, type TestBillingSource } from "../support/billing-source.ts";
import { AUDIENCE, createSigningKey, goodClaims, ISSUER, NOW, signToken } from "../support/issuer.ts";
import { type RawAnswer, sendRaw } from "../support/raw-request.ts";

const key = createSigningKey("key-1");
const directory = mkdtempSync(join(tmpdir(), "forward-auth-"));
const sent: MeterEvent[] = [];
let source: TestBillingSource;
let service: ForwardAuthService;
let hasKeys = true;

const rules = parseBillingRules({ scopes: [{ method: "get", baseURL: "reports", meter: "get_reports" }] });
const routes = parseRoutes({
  routes: [
    { method: "GET", path: "/health", public: true },
    { method: "GET", path: "/users" },
    { method: "GET", path: "/users/{id}" },
    { method: "DELETE", path: "/users/{id}" },
    { method: "GET", path: "/reports" },
  ],
});
const open = (more: Partial<GatewayOptions> = {}): Gateway =>
  openGateway({
    issuer: ISSUER,
    audience: AUDIENCE,
    routes,
    rules,
    source,
    clock: () => NOW * 1000,
    fetchKeySet: async () => (hasKeys ? { keys: [key.jwk] } : {}),
    metering: {
      directory: join(directory, "main"),
      flushEvery: 0,
      send: async (event) => {
        sent.push(event);
        return { kind: "accepted" };
      },
    },
    ...more,
  });

beforeAll(async () => {
  source = createTestSource();
  source.subscriptions.set("cus_paying", [subscribed("active", "prod_reports")]);
  service = await serveForwardAuth({ gateway: open(), port: 0 });
});
afterAll(async () => {
  await service.stop();
  rmSync(directory, { recursive: true });
});

const tokenFor = (claims: Record<string, unknown> = {}) => `Bearer ${signToken(key, { ...goodClaims, ...claims })}`;
const customer = (id: string) => ({ [`${AUDIENCE}stripe_customer_id`]: id, scope: "get:reports" });

/** The three ways in which proxies ask. */
const styles = {
  "/authorize": (method: string, target: string, headers: readonly string[] = []) =>
    sendRaw(service.url, "GET /authorize", [`X-Forwarded-Method: ${method}`, `X-Forwarded-Uri: ${target}`, ...headers]),
  "/auth-request": (method: string, target: string, headers: readonly string[] = []) =>
    sendRaw(service.url, "GET /auth-request", [
      `X-Forwarded-Method: ${method}`,
      `X-Forwarded-Uri: ${target}`,
      ...headers,
    ]),
  "/ext-authz": (method: string, target: string, headers: readonly string[] = []) =>
    sendRaw(service.url, `${method} /ext-authz${target}`, headers),
} as const;
type Style = keyof typeof styles;
const styleNames = Object.keys(styles) as Style[];

describe.each(styleNames)("asked by %s", (name) => {
  const ask = (
    method: string,
    target: string,
    authorization?: string,
    headers: readonly string[] = [],
  ): Promise<RawAnswer> =>
    styles[name](method, target, [
      ...(authorization === undefined ? [] : [`Authorization: ${authorization}`]),
      ...headers,
    ]);

  test("a good token passes, with who asks", async () => {
    const answer = await ask("GET", "/users/12?x=1", tokenFor({ org_id: "org_1" }));
    expect(answer).toMatchObject({
      status: 200,
      headers: {
        "x-user-sub": "auth0|user-1",
        "x-org-id": "org_1",
        "x-scopes": "openid profile get:users",
        "x-stripe-customer": "",
        "cache-control": "no-store",
      },
    });
  });

  // Node refuses headers with line breaks before they come to us; 16 kB of headers it answers with 431.
  const sendable = listAttacks(key).filter(
    ({ authorization = "" }) => !/[\r\n]/.test(authorization) && authorization.length < 15_000,
  );
  test.each(sendable)("$name is refused with $status", async ({ authorization, status, code }) => {
    const answer = await ask("GET", "/users/12", authorization);
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({ "x-auth-code": code, "x-auth-status": String(status), "x-user-sub": "" });
    expect(JSON.parse(answer.body)).toHaveProperty("error");
    if (status === 401) expect(answer.headers["www-authenticate"]).toMatch(/^Bearer realm=/);
  });

  test("what a client sends as identity is not what the backend gets", async () => {
    const spoofed = [
      "X-User-Sub: admin",
      "X-Org-Id: org_other",
      "X-Scopes: delete:users",
      "X-Stripe-Customer: cus_other",
    ];
    expect((await ask("GET", "/users", tokenFor(), spoofed)).headers).toMatchObject({
      "x-user-sub": "auth0|user-1",
      "x-org-id": "",
      "x-scopes": "openid profile get:users",
      "x-stripe-customer": "",
    });
    expect((await ask("GET", "/health", undefined, spoofed)).headers).toMatchObject({
      "x-user-sub": "",
      "x-scopes": "",
    });
  });

  test("two Authorization headers are refused, in whichever order", async () => {
    const bad = "Authorization: Bearer x";
    expect((await ask("GET", "/users", tokenFor(), [bad])).headers["x-auth-code"]).toBe("malformed_authorization");
    expect((await ask("GET", "/users", "Bearer x", [`authorization: ${tokenFor()}`])).headers["x-auth-code"]).toBe(
      "malformed_authorization",
    );
  });

  test("the method is the client's", async () => {
    expect((await ask("DELETE", "/users/12", tokenFor())).status).toBe(403);
    expect((await ask("DELETE", "/users/12", tokenFor({ scope: "delete:users" }))).status).toBe(200);
    expect((await ask("DELETE", "/users/12", tokenFor(), ["X-HTTP-Method-Override: GET"])).status).toBe(403);
  });

  test.each(["/users/../reports", "//users", "/users%2f12", "/users/%2e%2e/x", "/nowhere", "/metrics", "/healthz"])(
    "%s is refused",
    async (target) => {
      expect((await ask("GET", target, tokenFor({ scope: "get:users get:metrics get:healthz" }))).status).toBe(403);
    },
  );

  test("a preflight and a public route pass without a token, and without an identity", async () => {
    const preflight = ["Origin: https://spa.example", "Access-Control-Request-Method: GET"];
    expect(await ask("OPTIONS", "/users", undefined, preflight)).toMatchObject({
      status: 200,
      headers: { "x-user-sub": "" },
    });
    expect(await ask("GET", "/health", undefined)).toMatchObject({ status: 200, headers: { "x-user-sub": "" } });
    expect((await ask("OPTIONS", "/users", undefined)).status).toBe(401);
  });

  test("a paid scope passes while it is paid for", async () => {
    expect(await ask("GET", "/reports", tokenFor(customer("cus_paying")))).toMatchObject({
      status: 200,
      headers: { "x-stripe-customer": "cus_paying" },
    });
    const refused = await ask("GET", "/reports", tokenFor(customer("cus_other")));
    expect(refused.headers).toMatchObject({ "x-auth-status": "402", "x-auth-error": "subscription_required" });
    expect(refused.status).toBe(name === "/auth-request" ? 403 : 402);
    const nobody = await ask("GET", "/reports", tokenFor({ scope: "get:reports" }));
    expect(nobody.headers["x-auth-error"]).toBe("customer_required");
  });

  test("billing that does not answer is 503, and NGINX is told by a header", async () => {
    source.isDown = true;
    const answer = await ask("GET", "/reports", tokenFor(customer(`cus_unknown${styleNames.indexOf(name)}`)));
    source.isDown = false;
    expect(answer.headers).toMatchObject({ "x-auth-status": "503", "retry-after": "10" });
    expect(answer.status).toBe(name === "/auth-request" ? 403 : 503);
  });
});

test("NGINX, which takes no body from the authorizer, gets it in a header, as text that a header may have", async () => {
  const paymentUrl = 'https://example.com/für?"alle"=1';
  const paid = parseBillingRules({ scopes: [{ method: "get", baseURL: "reports" }], paymentUrl });
  const own = await serveForwardAuth({ gateway: open({ rules: paid, metering: undefined }), port: 0 });
  const ask = (address: string, target: string, scope: string) =>
    sendRaw(own.url, `GET ${address}`, [
      "X-Forwarded-Method: GET",
      `X-Forwarded-Uri: ${target}`,
      `Authorization: ${tokenFor({ ...customer("cus_other"), scope })}`,
    ]);
  try {
    for (const [target, scope] of [
      ["/reports", "get:reports"],
      ["/users", "get:reports"],
      ["/nowhere", "get:users"],
    ] as const) {
      const { "x-auth-body": body = "" } = (await ask("/auth-request", target, scope)).headers;
      expect(body).toMatch(/^[\x20-\x7e]+$/);
      const others = await ask("/authorize", target, scope);
      expect(JSON.parse(body)).toEqual(JSON.parse(Buffer.from(others.body, "latin1").toString()));
      expect(others.headers).not.toHaveProperty("x-auth-body");
      if (target === "/reports") expect(JSON.parse(body)).toMatchObject({ payment_url: paymentUrl });
    }
  } finally {
    await own.stop();
  }
});

test.each(["M-SEARCH", "VERSION-CONTROL", "PROPFIND"])(
  "the method %s is one, for which there is no route",
  async (name) => {
    const lines = [`Authorization: ${tokenFor()}`, `X-Forwarded-Method: ${name}`, "X-Forwarded-Uri: /users"];
    expect((await sendRaw(service.url, "GET /authorize", lines)).status).toBe(403);
  },
);

describe("a proxy that is set up wrongly lets nobody through", () => {
  const token = `Authorization: ${tokenFor()}`;
  const method = "X-Forwarded-Method: GET";
  const uri = "X-Forwarded-Uri: /users";
  test.each([
    ["no method", [token, uri]],
    ["no address", [token, method]],
    ["neither", [token]],
    ["an empty address", [token, method, "X-Forwarded-Uri:"]],
    ["an empty method", [token, uri, "X-Forwarded-Method:"]],
    ["the client's address beside its own", [token, method, "X-Forwarded-Uri: /health", uri]],
    ["the client's method beside its own", [token, uri, method, "X-Forwarded-Method: GET"]],
    ["the client's address before its own, in one line", [token, method, "X-Forwarded-Uri: /health, /users"]],
  ])("%s", async (_name, headers) => {
    const answer = await sendRaw(service.url, "GET /authorize", headers);
    expect([400, 401, 403]).toContain(answer.status);
    expect(answer.headers["x-user-sub"]).toBe("");
  });

  test.each([
    "GET /ext-authz/../authorize",
    "GET /ext-authz/..%2fauthorize",
    "GET /ext-authz/x/../../authorize",
    "GET /ext-authz/../healthz",
    "GET /ext-authz/%2e%2e/healthz",
    "GET /ext-authz//authorize",
  ])("%s does not lead out of the prefix", async (requestLine) => {
    const answer = await sendRaw(service.url, requestLine, [token, method, "X-Forwarded-Uri: /health"]);
    expect(answer).toMatchObject({ status: 403, headers: { "x-auth-code": "path_ambiguous" } });
  });

  test.each([
    "GET /users",
    "GET /",
    "GET /authorize/",
    "GET /authorizer",
    "POST /AUTHORIZE",
    "GET /ext-authz",
    "GET /..//authorize/x",
  ])("%s is not a question", async (requestLine) => {
    expect((await sendRaw(service.url, requestLine, [token, method, uri])).status).toBeGreaterThanOrEqual(400);
  });
});

describe("what an operator looks at", () => {
  const get = async (path: string) => sendRaw(service.url, `GET ${path}`);

  test("healthz and readyz", async () => {
    expect((await get("/healthz")).status).toBe(200);
    expect((await get("/readyz")).status).toBe(200);
  });

  test("readyz says no while there are no keys, and so does every decision", async () => {
    const blind = await serveForwardAuth({ gateway: open({ metering: "elsewhere" }), port: 0 });
    hasKeys = false;
    try {
      expect((await sendRaw(blind.url, "GET /readyz")).status).toBe(503);
      const answer = await sendRaw(blind.url, "GET /ext-authz/users", [`Authorization: ${tokenFor()}`]);
      expect(answer).toMatchObject({ status: 503, headers: { "x-auth-code": "keys_unavailable" } });
    } finally {
      hasKeys = true;
      await blind.stop();
    }
  });

  test("metrics count decisions by status and reason, without a name in them", async () => {
    await styles["/authorize"]("GET", "/users", [`Authorization: ${tokenFor()}`]);
    await styles["/authorize"]("GET", "/users");
    const { body, headers } = await get("/metrics");
    expect(headers["content-type"]).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(body).toMatch(/^authorizer_decisions_total\{status="200",code="allowed"\} [1-9]\d*$/m);
    expect(body).toMatch(/^authorizer_decisions_total\{status="401",code="no_token"\} [1-9]\d*$/m);
    expect(body).toMatch(/^authorizer_decision_seconds_bucket\{le="\+Inf"\} [1-9]\d*$/m);
    expect(body).toMatch(/^authorizer_keys 1$/m);
    expect(body).toMatch(/^authorizer_stripe_reads_total [1-9]\d*$/m);
    expect(body).toMatch(/^authorizer_metered_requests_total [1-9]\d*$/m);
    for (const line of body.split("\n").filter((one) => one !== "" && !one.startsWith("#")))
      expect(line).toMatch(/^[a-z_]+(?:\{(?:[a-z]+="[^"]*",?)+\})? [-+.\de]+$/);
    expect(body).not.toMatch(/cus_|user-1|eyJ/);
  });
});

describe("usage", () => {
  test("each allowed request counts once, refused ones and free ones do not", async () => {
    const own = join(directory, "usage");
    const gateway = open({
      metering: {
        directory: own,
        flushEvery: 0,
        send: async (event) => {
          sent.push(event);
          return { kind: "accepted" };
        },
      },
    });
    const counting = await serveForwardAuth({ gateway, port: 0 });
    sent.length = 0;
    const ask = (target: string, claims: Record<string, unknown>) =>
      sendRaw(counting.url, `GET /ext-authz${target}`, [`Authorization: ${tokenFor(claims)}`]);
    const statuses = await Promise.all([
      ...Array.from({ length: 25 }, () => ask("/reports", customer("cus_paying"))),
      ask("/reports", customer("cus_other")),
      ask("/reports", { ...customer("cus_paying"), scope: "get:users" }),
      ask("/users", { ...customer("cus_paying"), scope: "get:users" }),
    ]);
    expect(statuses.map(({ status }) => status).slice(25)).toEqual([402, 403, 200]);
    await counting.stop();
    expect(sent.map(({ customer: id, meter, value }) => [id, meter, value])).toEqual([
      ["cus_paying", "get_reports", 25],
    ]);
    expect(readdirSync(own)).toEqual(["settled"]);
  });

  test("a request that cannot be counted is refused", async () => {
    const own = join(directory, "gone");
    const gateway = open({ metering: { directory: own, flushEvery: 0, send: async () => ({ kind: "accepted" }) } });
    const broken = await serveForwardAuth({ gateway, port: 0 });
    rmSync(own, { recursive: true });
    const answer = await sendRaw(broken.url, "GET /ext-authz/reports", [
      `Authorization: ${tokenFor(customer("cus_paying"))}`,
    ]);
    expect(answer).toMatchObject({ status: 503, headers: { "x-auth-code": "metering_unavailable" } });
    await broken.stop();
  });
});

describe("a gateway that would let usage go unpaid or uncounted does not open", () => {
  test.each([
    ["prices without anybody to ask", { source: undefined }, /no key to ask Stripe/],
    ["a meter without a place to count", { metering: undefined }, /where to count/],
    [
      "a metered route whose scope has no meter",
      { routes: parseRoutes({ routes: [{ method: "GET", path: "/users", metered: true }] }) },
      /GET \/users: is metered/,
    ],
  ])("%s", (_name, options, message) => {
    expect(() => open(options)).toThrow(message);
  });
});

test("a token beside large cookies is read", async () => {
  const cookies = [`Cookie: a=${"x".repeat(7000)}`, `Cookie: b=${"x".repeat(7000)}`];
  const answer = await sendRaw(service.url, "GET /ext-authz/users", [
    `Authorization: ${tokenFor({ pad: "x".repeat(4000) })}`,
    ...cookies,
  ]);
  expect(answer.status).toBe(200);
});

test("stopping answers what is under way, says so, and then refuses connections", async () => {
  let release = () => {};
  const slow = createTestSource();
  slow.subscriptions.set("cus_paying", [subscribed("active", "prod_reports")]);
  slow.gate = new Promise((resolve) => {
    release = resolve;
  });
  const stopping = await serveForwardAuth({ gateway: open({ source: slow, metering: "elsewhere" }), port: 0 });
  const pending = sendRaw(stopping.url, "GET /ext-authz/reports", [
    `Authorization: ${tokenFor(customer("cus_paying"))}`,
  ]);
  await until(() => slow.calls.length > 0);
  const stopped = stopping.stop();
  release();
  expect((await pending).status).toBe(200);
  await stopped;
  await expect(sendRaw(stopping.url, "GET /healthz")).rejects.toThrow(/ECONNREFUSED/);
});
