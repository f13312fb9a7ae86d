import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { bundleLambda } from "../../../gateways/aws/bundle-lambda.ts";
import {
  createSigningKey,
  goodClaims,
  ISSUER,
  type JwksServer,
  signToken,
  startJwksServer,
} from "../support/issuer.ts";
import { http2Event, tokenEvent } from "../support/lambda-events.ts";
import { type StandIn, startStandIn } from "../support/stripe-stand-in.ts";

const root = join(import.meta.dirname, "../../..");
const directory = mkdtempSync(join(tmpdir(), "lambda-"));
const bundle = join(directory, "index.js");
const key = createSigningKey("key-1");
let jwks: JwksServer;
let stripe: StandIn;
let code: string;

beforeAll(async () => {
  jwks = await startJwksServer([key]);
  stripe = await startStandIn();
  code = await bundleLambda({
    routesFile: parse(readFileSync(join(root, "routes.yaml"), "utf8")),
    rulesFile: JSON.parse(readFileSync(join(root, "stripe.json"), "utf8")),
  });
  writeFileSync(bundle, code);
});
afterAll(async () => {
  await Promise.all([jwks.close(), stripe.close()]);
  rmSync(directory, { recursive: true });
});

const now = Math.floor(Date.now() / 1000);
const fresh = { ...goodClaims, iat: now - 10, exp: now + 600 };
const environment = () => ({
  AUTH0_ISSUER: ISSUER,
  AUTH0_JWKS_URL: jwks.url,
  API_IDENTIFIER: "https://api.example.com/",
  STRIPE_GATEWAY_KEY: "rk_test_lambda",
  STRIPE_API_URL: stripe.url,
  METERING: "elsewhere",
});

/** As AWS does it: a process of its own, the handler by its name. */
function run(event: unknown, env: Record<string, string>): Promise<{ stdout: string; stderr: string }> {
  const script = `require(${JSON.stringify(bundle)}).handler(${JSON.stringify(event)})
    .then((answer) => console.log(JSON.stringify(answer)), (error) => console.log(JSON.stringify({ error: error.message })))`;
  return promisify(execFile)(process.execPath, ["-e", script], { env, cwd: directory });
}

const invoke = async (event: unknown, env: Record<string, string> = environment()): Promise<unknown> =>
  JSON.parse((await run(event, env)).stdout);

test("the bundle decides as it stands in the repository's own files", async () => {
  const authorization = `Bearer ${signToken(key, fresh)}`;
  expect(await invoke(http2Event({ authorization }))).toMatchObject({
    isAuthorized: true,
    context: { sub: "auth0|user-1" },
  });
  expect(await invoke(http2Event({ authorization, method: "DELETE" }))).toMatchObject({ isAuthorized: false });
  expect(await invoke(tokenEvent({ authorization: "Bearer x" }))).toEqual({ error: "Unauthorized" });
});

test("the bundle asks Stripe with the real SDK", async () => {
  stripe.lists["/v1/products"] = [{ id: "prod_reports", name: "get:reports" }];
  stripe.lists["/v1/subscriptions"] = [
    {
      id: "sub_1",
      customer: "cus_1",
      status: "active",
      items: { has_more: false, data: [{ price: { product: "prod_reports" } }] },
    },
  ];
  const ask = (customer: string) =>
    invoke(
      http2Event({
        path: "/reports",
        authorization: `Bearer ${signToken(key, { ...fresh, scope: "get:reports", "https://api.example.com/stripe_customer_id": customer })}`,
      }),
    );
  expect(await ask("cus_1")).toMatchObject({ isAuthorized: true, context: { stripe_customer: "cus_1" } });
  expect(await ask("cus_2")).toMatchObject({
    isAuthorized: false,
    context: { error: "subscription_required", status: "402" },
  });
});

test("the bundle says in the function's log why Stripe gives no answer", async () => {
  stripe.fault = 401;
  try {
    const authorization = `Bearer ${signToken(key, { ...fresh, scope: "get:reports", "https://api.example.com/stripe_customer_id": "cus_1" })}`;
    const { stdout, stderr } = await run(http2Event({ path: "/reports", authorization }), environment());
    expect(JSON.parse(stdout)).toEqual({ error: "Not decided: billing_unavailable" });
    expect(stderr).toMatch(/billing: Stripe does not say what customers pay for \(Stripe\w+ 401\)/);
    expect(stderr).not.toContain("rk_test");
  } finally {
    stripe.fault = "none";
  }
});

test.each([
  ["an issuer", "AUTH0_ISSUER", /AUTH0_ISSUER/],
  ["an audience", "API_IDENTIFIER", /API_IDENTIFIER/],
  ["a key for what costs money", "STRIPE_GATEWAY_KEY", /no key to ask Stripe/],
  ["a word on who counts", "METERING", /where to count/],
])("it does not start without %s", async (_name, missing, message) => {
  await expect(invoke(http2Event({}), { ...environment(), [missing]: "" })).rejects.toThrow(message);
});

test("it has no secret and no dependency in it", () => {
  expect(code).not.toMatch(/rk_test|sk_test/);
  const required = [...code.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name);
  expect(
    required.filter(
      (name) =>
        !name?.startsWith("node:") &&
        !/^(?:crypto|events|http|https|stream|child_process|util|fs|os|path|url|buffer|async_hooks|process|zlib|net|tls)$/.test(
          name ?? "",
        ),
    ),
  ).toEqual([]);
});

test.each([
  ["routes", { routesFile: { routes: [{ path: "x" }] }, rulesFile: { scopes: [] } }, /routes\[0\]/],
  ["prices", { routesFile: { routes: [] }, rulesFile: { scopes: [{}] } }, /scopes\[0\]/],
])("%s that cannot be used are refused before anything is bundled", async (_name, options, message) => {
  await expect(bundleLambda(options)).rejects.toThrow(message);
});

test.each([
  ["behind a mapping key that is said", { BASE_PATH: "/v1" }, "/v1", "/users/12", true],
  ["behind one of two segments", { BASE_PATH: "/shop/v1" }, "/shop/v1", "/users/12", true],
  ["behind one that is not said", {}, "/v1", "/users/12", false],
  ["behind another one", { BASE_PATH: "/v1" }, "/v2", "/users/12", false],
  ["behind one with more in it", { BASE_PATH: "/v1" }, "/v11", "/users/12", false],
  ["without it, at API Gateway's own domain", { BASE_PATH: "/v1" }, "", "/users/12", true],
  ["with it, at API Gateway's own domain, which has none", { BASE_PATH: "/v1" }, "", "/v1/users/12", false],
] as const)("a route of an HTTP API is found %s: %j", async (_name, settings, basePath, path, isAuthorized) => {
  const authorization = `Bearer ${signToken(key, { ...fresh, scope: "get:users" })}`;
  const event = http2Event({ path, authorization, basePath });
  expect(await invoke(event, { ...environment(), ...settings })).toMatchObject({ isAuthorized });
});

test.each([
  ["the first", ISSUER],
  ["the second, behind a comma and a blank", "https://login.example.com/"],
])("of several issuers it takes tokens of %s", async (_which, iss) => {
  const authorization = `Bearer ${signToken(key, { ...fresh, iss })}`;
  const several = { ...environment(), AUTH0_ISSUER: `${ISSUER}, https://login.example.com/` };
  expect(await invoke(http2Event({ authorization }), several)).toMatchObject({ isAuthorized: true });
});

test("a mapping key that is not one ends the start", async () => {
  await expect(invoke(http2Event({}), { ...environment(), BASE_PATH: "v1/" })).rejects.toThrow(/BASE_PATH.*\/v1/);
});
