import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { FaultKind } from "../../../local/stripe/fault-kinds.ts";
import {
  ACTION_PERMISSIONS,
  CATALOGUE_PERMISSIONS,
  GATEWAY_PERMISSIONS,
  PORTAL_PERMISSIONS,
  USER_EVENT_PERMISSIONS,
} from "../../../scripts/stripe/restricted-keys.ts";
import { type RunCatalogueOptions, runCatalogue } from "../../../scripts/stripe-catalogue/run-catalogue.ts";
import { plain } from "../../../scripts/terminal/paint.ts";
import { spawnScript } from "../../support/spawn-script.ts";
import { startTestStripe, type TestStripe } from "../../support/stripe.ts";

const directory = mkdtempSync(join(tmpdir(), "catalogue-"));
const PRICE = { amount: "0.5", currency: "usd", interval: "month" };
const RULES = {
  scopes: [
    { method: "get", baseURL: "reports", meter: "get_reports", price: PRICE },
    { method: "post", baseURL: "orders", price: { ...PRICE, amount: 900 } },
    { scope: "get:exports", productId: "exports" },
  ],
};
let stripe: TestStripe;
let secret: string;
let printed: string[];

beforeEach(async () => {
  stripe = await startTestStripe();
  ({ secret } = stripe.local.keys.create(CATALOGUE_PERMISSIONS));
  printed = [];
  writeFileSync(join(directory, "stripe.json"), JSON.stringify(RULES));
});
afterEach(() => stripe.close());
afterAll(() => rmSync(directory, { recursive: true }));

const environment = () => ({ STRIPE_CATALOGUE_KEY: secret, STRIPE_API_URL: `http://127.0.0.1:${stripe.local.port}` });
const run = (changes: Partial<RunCatalogueOptions> = {}) =>
  runCatalogue({
    directory,
    environment: environment(),
    apply: false,
    yes: false,
    json: false,
    print: (text) => printed.push(text),
    paint: plain,
    ...changes,
  });
const writes = () => stripe.local.log.entries().filter(({ method }) => method !== "GET");

test("the plan is printed and nothing is made", async () => {
  await expect(run()).resolves.toBe(10);
  expect(writes()).toEqual([]);
  expect(printed[0]?.split("\n").slice(0, 7)).toEqual([
    "6 to make, nothing to remove:",
    "  + meter get_reports, adds up",
    "  + product get:reports",
    "  + price of get:reports: 0.5 usd (smallest unit) per month, for each unit of get_reports",
    "  + product post:orders",
    "  + price of post:orders: 900 usd (smallest unit) per month",
    "  + product get:exports (exports)",
  ]);
});

test("what is missing is made, and a second run has nothing to do", async () => {
  await expect(run({ apply: true })).resolves.toBe(0);
  expect(writes()).toHaveLength(6);
  const { data: products } = await stripe.client.products.list();
  expect(products.map(({ name, metadata }) => [name, metadata.scope]).sort()).toEqual([
    ["get:exports", "get:exports"],
    ["get:reports", "get:reports"],
    ["post:orders", "post:orders"],
  ]);
  const [meter] = (await stripe.client.billing.meters.list()).data;
  const { data: prices } = await stripe.client.prices.list();
  expect(prices.map(({ unit_amount_decimal: amount, recurring }) => [String(amount), recurring?.meter])).toEqual([
    ["900", null],
    ["0.5", meter?.id],
  ]);

  stripe.local.log.clear();
  for (const apply of [true, false]) await expect(run({ apply })).resolves.toBe(0);
  expect(writes()).toEqual([]);
});

test("a changed price is made beside the old one, which is named and stays", async () => {
  await run({ apply: true });
  writeFileSync(
    join(directory, "stripe.json"),
    JSON.stringify({ scopes: [{ ...RULES.scopes[1], price: { ...PRICE, amount: 1000 } }] }),
  );
  printed = [];
  await run({ apply: true });
  expect(printed[0]).toMatch(/^1 to make/);
  expect(printed[0]).toMatch(/Note: post:orders is also sold for 900 usd/);
  const { data } = await stripe.client.prices.list({ active: true });
  expect(data).toHaveLength(3);
});

test("a run that broke off is finished by the next", async () => {
  stripe.local.faults.add({ kind: "500-unstored", method: "POST", path: "/v1/prices" });
  await expect(run({ apply: true })).rejects.toMatchObject({ code: "STRIPE_FAILED", exitCode: 1 });
  await expect(run({ apply: true })).resolves.toBe(0);
  await expect(run()).resolves.toBe(0);
  expect((await stripe.client.products.list()).data).toHaveLength(3);
});

test("--json prints the plan and the keys in one line", async () => {
  await expect(run({ json: true })).resolves.toBe(10);
  expect(printed).toHaveLength(1);
  expect(JSON.parse(printed[0] ?? "")).toMatchObject({
    applied: false,
    changes: expect.arrayContaining([expect.objectContaining({ kind: "create meter" })]),
    keys: [
      { variable: "STRIPE_SECRET_KEY" },
      { variable: "STRIPE_GATEWAY_KEY" },
      { variable: "STRIPE_PORTAL_KEY" },
      { variable: "STRIPE_USER_EVENTS_KEY" },
    ],
    webhookEvents: expect.arrayContaining(["customer.subscription.updated"]),
    thinEvents: expect.arrayContaining(["v1.customer.subscription.updated"]),
  });
});

test("the keys to make are printed with links that fill in the form", async () => {
  await run();
  const links = [...(printed.at(-1) ?? "").matchAll(/https:\/\/dashboard\S+/g)].map(([link]) => new URL(link));
  expect(links.map((link) => link.searchParams.getAll("permissions[]"))).toEqual([
    [...ACTION_PERMISSIONS],
    [...GATEWAY_PERMISSIONS],
    [...PORTAL_PERMISSIONS],
    [...USER_EVENT_PERMISSIONS],
  ]);
  expect(links.map(({ href }) => href.replaceAll(/[^?[\]]/g, ""))).toEqual(["?", "?", "?", "?"]);
});

describe("is refused before anything is sent", () => {
  test.each<[string, Record<string, string>, string]>([
    ["no key", { STRIPE_CATALOGUE_KEY: "" }, "STRIPE_KEY_MISSING"],
    ["a blank one", { STRIPE_CATALOGUE_KEY: "  " }, "STRIPE_KEY_MISSING"],
    ["a publishable one", { STRIPE_CATALOGUE_KEY: "pk_test_1" }, "STRIPE_KEY_UNUSABLE"],
    ["a webhook's secret", { STRIPE_CATALOGUE_KEY: "whsec_1" }, "STRIPE_KEY_UNUSABLE"],
    ["the live account's secret key", { STRIPE_CATALOGUE_KEY: "sk_live_1" }, "STRIPE_KEY_UNUSABLE"],
    ["an address that is none", { STRIPE_API_URL: "stripe" }, "STRIPE_ADDRESS_UNUSABLE"],
    [
      "an authority that is not there",
      { STRIPE_API_URL: "https://localhost:1", GATEWAY_CA_FILE: "/none" },
      "STRIPE_ADDRESS_UNUSABLE",
    ],
    ["rules that are not there", { STRIPE_RULES_FILE: "none.json" }, "STRIPE_RULES_UNUSABLE"],
  ])("%s", async (_case, changes, code) => {
    await expect(run({ environment: { ...environment(), ...changes } })).rejects.toMatchObject({ code, exitCode: 2 });
    expect(stripe.local.log.entries()).toEqual([]);
  });
});

describe("a key that Stripe refuses is explained, and never quoted", () => {
  test("one that was revoked", async () => {
    stripe.local.keys.revoke(secret);
    const error: unknown = await run().catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "STRIPE_KEY_REFUSED", exitCode: 1 });
    expect(String(error)).not.toContain(secret.slice(-4));
  });

  test.each(CATALOGUE_PERMISSIONS.map((one) => [one]))("one without %s", async (missing) => {
    const permissions = CATALOGUE_PERMISSIONS.filter((one) => one !== missing);
    const { secret: lacking } = stripe.local.keys.create(permissions);
    const error: unknown = await run({
      apply: true,
      webhooks: { url: "http://127.0.0.1:9/webhooks/stripe", secretFile: join(directory, "secrets/eu") },
      environment: { ...environment(), STRIPE_CATALOGUE_KEY: lacking },
    }).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: "STRIPE_PERMISSION_MISSING",
      message: expect.stringContaining(`lacks ${missing} `),
    });
    expect(String(error)).not.toContain(lacking.slice(-4));
  });
});

test.each<[FaultKind, string]>([
  ["reset-before", "STRIPE_UNREACHABLE"],
  ["500-unstored", "STRIPE_FAILED"],
  ["429", "STRIPE_FAILED"],
])("Stripe's %s ends it with what to do", async (kind, code) => {
  stripe.local.faults.add({ kind });
  await expect(run()).rejects.toMatchObject({ code, exitCode: 1 });
});

test("a meter that cannot be used stops it, and nothing is made", async () => {
  await stripe.client.billing.meters.create({
    display_name: "x",
    event_name: "get_reports",
    default_aggregation: { formula: "count" },
  });
  stripe.local.log.clear();
  await expect(run({ apply: true })).rejects.toMatchObject({ code: "STRIPE_CATALOGUE_CONFLICT", exitCode: 1 });
  expect(writes()).toEqual([]);
});

describe("with an address for webhooks", () => {
  const url = "http://127.0.0.1:9/webhooks/stripe";
  const secretFile = join(directory, "secrets/eu");
  const withWebhooks = (changes: Partial<RunCatalogueOptions> = {}) =>
    run({ webhooks: { url, secretFile }, ...changes });
  beforeEach(async () => {
    rmSync(secretFile, { force: true });
    await run({ apply: true });
    printed = [];
    stripe.local.log.clear();
  });

  test("an endpoint and a thin destination are planned, made once, and their secrets kept and never printed", async () => {
    await expect(withWebhooks()).resolves.toBe(10);
    expect(writes()).toEqual([]);
    expect(printed[0]?.split("\n").slice(0, 3)).toEqual([
      "2 to make, nothing to remove:",
      `  + webhook endpoint ${url}, whole events: 10 types`,
      `  + event destination ${url}, thin events: 11 types`,
    ]);
    await expect(withWebhooks({ apply: true })).resolves.toBe(0);
    const [endpoint] = (await stripe.client.webhookEndpoints.list()).data;
    const [destination] = (await stripe.client.v2.core.eventDestinations.list()).data;
    expect([endpoint?.url, endpoint?.enabled_events.includes("customer.subscription.deleted")]).toEqual([url, true]);
    expect([destination?.event_payload, destination?.enabled_events]).toEqual([
      "thin",
      expect.arrayContaining(["v1.billing.meter.no_meter_found", "v1.customer.subscription.deleted"]),
    ]);
    const secrets = readFileSync(secretFile, "utf8").trim().split("\n");
    expect(secrets).toEqual([expect.stringMatching(/^whsec_/), expect.stringMatching(/^whsec_/)]);
    expect(statSync(secretFile).mode & 0o077).toBe(0);
    for (const secret of secrets) expect(printed.join()).not.toContain(secret);

    stripe.local.log.clear();
    await expect(withWebhooks({ apply: true })).resolves.toBe(0);
    expect(writes()).toEqual([]);
  });

  test("events that are missing are added to those that are there", async () => {
    const { id } = await stripe.client.webhookEndpoints.create({
      url,
      enabled_events: ["invoice.paid", "product.created"],
    });
    await stripe.client.webhookEndpoints.create({ url: "http://127.0.0.1:8/else", enabled_events: ["*"] });
    await withWebhooks({ apply: true });
    const { enabled_events: events } = await stripe.client.webhookEndpoints.retrieve(id);
    expect(events).toEqual(expect.arrayContaining(["invoice.paid", "product.created", "customer.deleted"]));
    expect((await stripe.client.webhookEndpoints.list()).data).toHaveLength(2);
  });

  test.each([
    ["one that is disabled", { disabled: true }, /is disabled: enable it/],
    ["one that takes every event", { enabled_events: ["*" as const] }, /nothing to remove/],
  ])("%s is not made again", async (_, changes, said) => {
    const { id } = await stripe.client.webhookEndpoints.create({ url, enabled_events: ["*"] });
    await stripe.client.webhookEndpoints.update(id, changes);
    await withWebhooks({ apply: true });
    expect(printed[0]).toMatch(said);
    const { data } = await stripe.client.webhookEndpoints.list();
    expect(data.map((endpoint) => [endpoint.id, endpoint.enabled_events])).toEqual([[id, ["*"]]]);
  });

  test.each([
    "api.example.com",
    "http://api.example.com",
    "ftp://api.example.com",
    "https://u@api.example.com",
    "https://a.example/?b",
  ])("%s is not one", async (address) => {
    const script = spawnScript("stripe:catalogue", ["--webhooks", address], environment());
    await expect(script.ended).resolves.toBe(2);
    expect(script.stderr()).toContain("[USAGE]");
  });
});

test("as a command it works on this project's own stripe.json, by exit codes", async () => {
  const first = spawnScript("stripe:catalogue", [], environment());
  await expect(first.ended).resolves.toBe(10);
  expect(first.stdout()).toMatch(/price of get:reports/);
  await expect(spawnScript("stripe:catalogue", ["--apply"], environment()).ended).resolves.toBe(0);
  await expect(spawnScript("stripe:catalogue", [], environment()).ended).resolves.toBe(0);
  const wrong = spawnScript("stripe:catalogue", ["--force"], environment());
  await expect(wrong.ended).resolves.toBe(2);
  const keyless = spawnScript("stripe:catalogue", ["--json"], { STRIPE_API_URL: "http://127.0.0.1:9" });
  await expect(keyless.ended).resolves.toBe(2);
  expect(keyless.stderr()).toContain("[STRIPE_KEY_MISSING]");
});
