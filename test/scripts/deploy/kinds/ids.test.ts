import { describe, expect, test } from "@jest/globals";
import { planTenant } from "../../../../scripts/deploy/plan/plan-tenant.ts";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import { AUDIENCE, database, deployedTenant, desire } from "../plan/tenants.ts";

/** One entry of each kind that has an id, as an export of a tenant has it. */
const entries = (id: string): readonly (readonly [keyof TenantDocument, TenantDocument, string])[] => {
  const of = (section: keyof TenantDocument, entry: object): TenantDocument => ({ [section]: [entry] });
  return [
    ["clients", of("clients", { name: "SPA", client_id: id }), "client-1"],
    ["resourceServers", of("resourceServers", { name: "API", identifier: AUDIENCE, id }), "api-1"],
    ["clientGrants", of("clientGrants", { client_id: "SPA", audience: AUDIENCE, id }), "grant-1"],
    ["roles", of("roles", { name: "editor", id }), "role-1"],
    ["databases", of("databases", { ...database({}), id }), "con-1"],
    ["actions", of("actions", { name: "first", code: "./first.js", supported_triggers: [], id }), "id-of-first"],
  ];
};

describe("an id in tenant.yaml", () => {
  test.each(entries("id-of-another-tenant"))("of another tenant is refused in %s", (section, document) => {
    expect(() => planTenant(desire({ document }), deployedTenant())).toThrow(
      expect.objectContaining({
        code: "ID_UNKNOWN",
        exitCode: 2,
        message: expect.stringMatching(new RegExp(`${section}[\\s\\S]*id-of-another-tenant`)),
      }),
    );
  });

  test("is refused when the tenant has it under another name", () => {
    const clients = [{ name: "SPA" }, { name: "Worker", client_id: "client-1" }];
    expect(() => planTenant(desire({ document: { clients } }), deployedTenant())).toThrow(
      expect.objectContaining({ code: "ID_UNKNOWN" }),
    );
  });

  test.each(entries("").map(([section, , id]) => [section, id] as const))(
    "of this tenant is taken in %s",
    (section, id) => {
      const document = entries(id).find(([name]) => name === section)?.[1] ?? {};
      expect(planTenant(desire({ document }), deployedTenant()).changes).toEqual([]);
    },
  );
});
