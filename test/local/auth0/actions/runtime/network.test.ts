import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { WatchedRun } from "../../../../../local/auth0/actions/runtime/protocol.ts";
import { ensureHostsAuthority } from "../../../../../local/http/certificate-authority.ts";
import { type ListeningStripe, startLocalStripe } from "../../../../../local/stripe/start.ts";
import { localDirectory } from "../../../../support/local-tenant.ts";
import {
  completed,
  handler,
  outputs,
  startTenantWithActions,
  type TenantWithActions,
} from "../../../../support/tenant-with-actions.ts";

const SECRET = "sk_test_0123456789abcdef";
let stripe: ListeningStripe;
let actions: TenantWithActions;
const seen: WatchedRun[] = [];
beforeAll(async () => {
  const authority = await ensureHostsAuthority(join(localDirectory, "tls"));
  const tls = await authority.issue("stripe", ["api.stripe.com"]);
  stripe = await startLocalStripe({ tls, keys: [{ secret: SECRET }] });
  const { ca } = authority;
  actions = await startTenantWithActions({
    onRun: (_run, result) => seen.push(...result.runs),
    hosts: { "api.stripe.com": { host: "127.0.0.1", port: stripe.port, ca } },
  });
});
afterAll(async () => {
  await actions.close();
  await stripe.close();
});

test("the real SDK in an Action reaches the local Stripe under Stripe's own name", async () => {
  actions.bind({
    ...handler(`
      const Stripe = require("stripe");
      const stripe = new Stripe(event.secrets.STRIPE_SECRET_KEY, { telemetry: false });
      const customer = await stripe.customers.create({ email: event.user.email });
      api.user.setAppMetadata("stripe_customer_id", customer.id);
      console.log(customer.object);`),
    dependencies: [{ name: "stripe", version: "23.1.0" }],
    secrets: { STRIPE_SECRET_KEY: SECRET },
  });
  expect(outputs(completed(await actions.login()))).toEqual(["customer\n"]);
  const customers = stripe.customers.values();
  expect(customers).toHaveLength(1);
  expect(actions.readUser()?.app_metadata).toEqual({ stripe_customer_id: customers[0]!.id });
});

test.each(["fetch(url)", `new Promise((resolve, reject) => require("https").get(url, resolve).on("error", reject))`])(
  "%s reaches the mapped host, and only that",
  async (call) => {
    actions.bind(`const url = "https://api.stripe.com/v1/customers"; const answer = await ${call};
      console.log(answer.status ?? answer.statusCode)`);
    expect(outputs(completed(await actions.login()))).toEqual(["401\n"]);
    actions.bind(`const url = "https://files.stripe.com/"; await ${call}`);
    expect(await actions.login()).toMatchObject({ kind: "failed" });
  },
);

test.each([
  ["fetch", 'await fetch("https://api.stripe.com/v1/customers?limit=3", { method: "POST" })'],
  [
    "node:https",
    `await new Promise((resolve, reject) => require("https").request("https://api.stripe.com/v1/customers?limit=3",
      { method: "POST" }, resolve).on("error", reject).end())`,
  ],
])("whoever watches sees a request by %s, under its own Action, with its answer", async (_client, call) => {
  actions.bind("", call);
  seen.length = 0;
  await actions.login();
  expect(seen.map(({ requests }) => requests)).toEqual([
    [],
    [
      {
        method: "POST",
        url: "https://api.stripe.com/v1/customers?limit=3",
        status: 401,
        startedAfterMs: expect.any(Number),
        durationMs: expect.any(Number),
      },
    ],
  ]);
});

test("whoever watches sees a request without an answer, and why there is none", async () => {
  actions.bind(`await fetch("https://files.stripe.com/").catch(() => {}); void fetch("https://api.stripe.com/late")`);
  seen.length = 0;
  await actions.login();
  expect(seen[0]?.requests).toMatchObject([
    { url: "https://files.stripe.com/", error: expect.stringContaining("files.stripe.com") },
    { url: "https://api.stripe.com/late" },
  ]);
  expect(seen[0]?.requests[1]?.durationMs).toBeUndefined();
});

test.each([
  ["with its port", "event.secrets.DOMAIN"],
  ["without, at the port of the public internet", "event.request.hostname"],
])("its own tenant is reached %s", async (_, domain) => {
  const body = `const answer = await fetch("https://" + (${domain}) + "/.well-known/openid-configuration");
    console.log((await answer.json()).issuer === "https://" + event.secrets.DOMAIN + "/");`;
  actions.bind({ ...handler(body), secrets: { DOMAIN: actions.tenant.domain } });
  expect(outputs(completed(await actions.login()))).toEqual(["true\n"]);
});

test.each([
  "{ hostname, path }",
  "{ host: hostname, path }",
  "{ hostname, port: 443, path }",
  '"https://" + hostname + path',
])("its own tenant is reached by Node's https with its name, port included: %s", async (target) => {
  const body = `const hostname = event.secrets.DOMAIN;
      const path = "/.well-known/openid-configuration";
      console.log(await new Promise((resolve, reject) => {
        require("https").get(${target}, (answer) => resolve(answer.statusCode)).on("error", reject);
      }));`;
  actions.bind({ ...handler(body), secrets: { DOMAIN: actions.tenant.domain } });
  expect(outputs(completed(await actions.login()))).toEqual(["200\n"]);
});

test.each(['fetch("https://crm.example/users")', 'require("https").get("https://crm.example/")'])(
  "%s, which leads nowhere, is failed with the cause, the line and what to do",
  async (call) => {
    const wait = call.startsWith("fetch") ? call : `new Promise((_, reject) => ${call}.on("error", reject))`;
    actions.bind({ name: "crm", ...handler(`\n  await ${wait};`) });
    const outcome = await actions.login();
    const cause = "No connection to crm.example:443: only hosts mapped to this machine can be reached here.";
    expect(JSON.stringify(outcome)).toContain(cause);
    expect(actions.log.at(-1)).toContain("--host crm.example=http://localhost:PORT");
    if (!call.startsWith("fetch")) return;
    expect(actions.log.at(-1)).toMatch(/^actions: crm failed \(action_error\) at crm\.js:2:\d+: /);
    expect(actions.tenant.logs.entries().at(-1)).toMatchObject({
      details: {
        action_error: {
          message: "fetch failed",
          cause: `${cause} (HOST_NOT_MAPPED)`,
          place: expect.stringMatching(/^crm\.js:2:\d+$/),
        },
      },
    });
  },
);
