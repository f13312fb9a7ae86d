import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { parseBillingRules } from "../../../gateways/authorizer/billing/rules.ts";
import { planBilling, readBillingRules, renderBilling } from "../../../scripts/build/billing.ts";

const api = "##API##";
const action = {
  name: "require-subscription",
  code: "",
  supported_triggers: [],
  secrets: [{ name: "API_IDENTIFIER", value: api }],
};
const grant = (name: string, resource = api) => ({ permission_name: name, resource_server_identifier: resource });
const document = {
  resourceServers: [
    { name: "API", identifier: api, scopes: [{ value: "get:reports" }, { value: "get:a" }, { value: "get:b" }] },
  ],
  roles: [
    { name: "admin", permissions: [grant("get:reports"), grant("get:a")] },
    { name: "viewer", permissions: [grant("get:b")] },
    { name: "elsewhere", permissions: [grant("get:reports", "other")] },
  ],
};
const rules = parseBillingRules({
  scopes: [{ method: "get", baseURL: "reports" }, { scope: "get:a", productId: "prod_a" }, { scope: "get:other" }],
  pastDue: "allow",
});

describe("what an Action has compiled in", () => {
  test("is the paid scopes of its API, their products, and the roles that grant one", () => {
    expect(planBilling(document, action, rules)).toEqual({
      paidScopes: [
        { scope: "get:a", product: { id: "prod_a" } },
        { scope: "get:reports", product: { name: "get:reports" } },
      ],
      payingRoles: ["admin"],
      pastDue: "allow",
    });
  });

  test("is nothing without stripe.json, or without an API", () => {
    expect(planBilling(document, action, undefined)).toBeUndefined();
    expect(planBilling(document, { ...action, secrets: [] }, rules)).toBeUndefined();
  });

  test("is code that says the same", () => {
    const billing = {
      paidScopes: [{ scope: "get:a", product: { name: 'a"b' } }],
      payingRoles: ["x"],
      pastDue: "refuse",
    } as const;
    const exported: Record<string, unknown> = {};
    const code = renderBilling(billing).replaceAll("export const ", "exported.");
    new Function("exported", code)(exported);
    expect(exported).toEqual(billing);
  });
});

describe("stripe.json", () => {
  const directory = mkdtempSync(join(tmpdir(), "billing-rules-"));
  afterAll(() => rmSync(directory, { recursive: true }));

  test("may be missing: then nothing costs money", async () => {
    await expect(readBillingRules(join(directory, "none.json"))).resolves.toBeUndefined();
  });

  test.each([
    ["no JSON", "{", /is not valid JSON/],
    ["no rules", '{"scopes":[{"method":"get"}]}', /scopes\[0\]/],
  ])("that is %s is refused with its place", async (name, text, message) => {
    const path = join(directory, `${name}.json`);
    writeFileSync(path, text);
    await expect(readBillingRules(path)).rejects.toMatchObject({
      code: "STRIPE_RULES_UNUSABLE",
      exitCode: 2,
      message: expect.stringMatching(message),
    });
  });

  test("that is a directory is nobody's expected failure", async () => {
    await expect(readBillingRules(directory)).rejects.toMatchObject({ code: "EISDIR" });
  });
});
