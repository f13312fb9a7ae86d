import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { runAuthorizer } from "../../../scripts/authorizer/run-authorizer.ts";
import { type Script, spawnScript } from "../../support/spawn-script.ts";
import {
  AUDIENCE,
  createSigningKey,
  goodClaims,
  ISSUER,
  type JwksServer,
  signToken,
  startJwksServer,
} from "../support/issuer.ts";
import { sendRaw } from "../support/raw-request.ts";
import { type StandIn, startStandIn } from "../support/stripe-stand-in.ts";

const key = createSigningKey("key-1");
const directory = mkdtempSync(join(tmpdir(), "authorizer-"));
const CUSTOMER = "cus_1";
const now = Math.floor(Date.now() / 1000);
const token = signToken(key, {
  ...goodClaims,
  iat: now - 10,
  exp: now + 600,
  scope: "get:reports",
  [`${AUDIENCE}stripe_customer_id`]: CUSTOMER,
});
let jwks: JwksServer;
let stripe: StandIn;
let running: Script[] = [];

beforeAll(async () => {
  jwks = await startJwksServer([key]);
  stripe = await startStandIn();
  stripe.lists["/v1/products"] = [{ id: "prod_reports", name: "get:reports" }];
  stripe.lists["/v1/subscriptions"] = [
    {
      id: "sub_1",
      customer: CUSTOMER,
      status: "active",
      items: { has_more: false, data: [{ price: { product: "prod_reports" } }] },
    },
  ];
});
afterEach(async () => {
  for (const script of running) script.process.kill("SIGKILL");
  await Promise.all(running.map(({ ended }) => ended));
  running = [];
});
afterAll(async () => {
  await Promise.all([jwks.close(), stripe.close()]);
  rmSync(directory, { recursive: true });
});

const environment = (metering: string) => ({
  AUTH0_ISSUER: ISSUER,
  AUTH0_JWKS_URL: jwks.url,
  API_IDENTIFIER: AUDIENCE,
  STRIPE_GATEWAY_KEY: "rk_test_authorizer",
  STRIPE_API_URL: stripe.url,
  AUTHORIZER_PORT: "0",
  METERING_DIRECTORY: join(directory, metering),
});
const start = async (env: Record<string, string>) => {
  const script = spawnScript("authorizer", ["--json"], env);
  running.push(script);
  await script.said(/"url":"/);
  return { script, url: (JSON.parse(script.stdout()) as { url: string }).url };
};
const ask = (url: string) => sendRaw(url, "GET /ext-authz/reports", [`Authorization: Bearer ${token}`]);

test.each(["SIGTERM", "SIGINT"] as const)(
  "on %s to node it sends what it counted, gives port and journal back and ends with 0",
  async (signal) => {
    stripe.sums.clear();
    const { script, url } = await start(environment("stop"));
    for (let i = 0; i < 7; i++) expect((await ask(url)).status).toBe(200);
    script.process.kill(signal);
    expect(await script.ended).toBe(0);
    expect(stripe.sums.get("cus_1 get_reports")).toBe(7);
    expect(readdirSync(join(directory, "stop"))).toEqual(["settled"]);
    await expect(fetch(url)).rejects.toThrow();
    expect(script.stderr()).toBe("");
  },
);

test("killed, its usage is sent by the next one; neither says a token, a key or a customer", async () => {
  stripe.sums.clear();
  const first = await start(environment("crash"));
  for (let i = 0; i < 5; i++) expect((await ask(first.url)).status).toBe(200);
  first.script.process.kill("SIGKILL");
  expect(await first.script.ended).toBe("SIGKILL");
  const second = await start(environment("crash"));
  stripe.fault = 500;
  expect((await ask(second.url)).status).toBe(503);
  stripe.fault = "none";
  second.script.process.kill("SIGTERM");
  expect(await second.script.ended).toBe(0);
  expect(stripe.sums.get("cus_1 get_reports")).toBe(5);
  const said = [first, second].map(({ script }) => script.stdout() + script.stderr()).join();
  expect(said).not.toMatch(/eyJ|rk_test|cus_1|@/);
});

test("killed at any moment under load: what was answered is billed, and at most what was under way beside it", async () => {
  stripe.sums.clear();
  const clients = 6;
  const answered: number[] = [];
  for (const limit of [1, 40, 157]) {
    const { script, url } = await start(environment("load"));
    let count = 0;
    const client = async (): Promise<void> => {
      for (;;) {
        const answer = await ask(url).catch(() => undefined);
        if (answer?.status !== 200) return;
        count += 1;
        if (count === limit) script.process.kill("SIGKILL");
      }
    };
    await Promise.all(Array.from({ length: clients }, client));
    expect(await script.ended).toBe("SIGKILL");
    answered.push(count);
  }
  const last = await start(environment("load"));
  last.script.process.kill("SIGTERM");
  expect(await last.script.ended).toBe(0);
  const allowed = answered.reduce((sum, count) => sum + count, 0);
  expect(allowed).toBeGreaterThanOrEqual(198);
  const billed = stripe.sums.get("cus_1 get_reports") ?? 0;
  expect(billed).toBeGreaterThanOrEqual(allowed);
  expect(billed).toBeLessThanOrEqual(allowed + answered.length * clients);
  expect(readdirSync(join(directory, "load"))).toEqual(["settled"]);
});

describe("it does not start", () => {
  test.each([
    ["an issuer", { AUTH0_ISSUER: "" }, /AUTH0_DOMAIN/],
    ["an audience", { API_IDENTIFIER: "" }, /API_IDENTIFIER/],
    ["a key for what costs money", { STRIPE_GATEWAY_KEY: "" }, /STRIPE_GATEWAY_KEY/],
    ["a key that can ask Stripe", { STRIPE_GATEWAY_KEY: "pk_test_0123456789" }, /STRIPE_GATEWAY_KEY: .*publishable/],
    ["a durability that it knows", { METERING_DURABILITY: "perhaps" }, /METERING_DURABILITY/],
    ["a port", { AUTHORIZER_PORT: "http" }, /AUTHORIZER_PORT/],
    ["a port that there is", { AUTHORIZER_PORT: "65536" }, /AUTHORIZER_PORT/],
    ["an authority that can be read", { GATEWAY_CA_FILE: "/nowhere.crt" }, /GATEWAY_CA_FILE/],
    ["its routes", { ROUTES_FILE: "nowhere.yaml" }, /nowhere\.yaml/],
    ["routes that can be used", { ROUTES_FILE: "stripe.json" }, /routes: expected a list/],
    ["prices that can be used", { STRIPE_RULES_FILE: "tsconfig.json" }, /scopes: expected a list/],
  ])("without %s", async (_name, changes, message) => {
    const root = join(import.meta.dirname, "../../..");
    const run = runAuthorizer(
      root,
      { ...environment("none"), ...changes },
      () => {},
      () => {},
    );
    await expect(run).rejects.toMatchObject({
      code: "AUTHORIZER_CONFIGURATION",
      exitCode: 2,
      message: expect.stringMatching(message),
    });
  });

  test("with an audience without its slash, and leaves no directory behind", async () => {
    const script = spawnScript("authorizer", [], { ...environment("none"), API_IDENTIFIER: "https://api.example.com" });
    running.push(script);
    expect(await script.ended).toBe(2);
    expect(script.stderr()).toMatch(/end in a slash[\s\S]*\[AUTHORIZER_CONFIGURATION\]/);
    expect(existsSync(join(directory, "none"))).toBe(false);
  });

  test("beside another one that counts in the same directory", async () => {
    await start(environment("shared"));
    const script = spawnScript("authorizer", [], environment("shared"));
    running.push(script);
    expect(await script.ended).toBe(1);
    expect(script.stderr()).toMatch(/\[METERING_LOCKED\]/);
  });
});
