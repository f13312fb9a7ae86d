import { describe, expect, test } from "@jest/globals";
import { planTenant } from "../../../../scripts/deploy/plan/plan-tenant.ts";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import { AUDIENCE, deployedTenant, desire } from "../plan/tenants.ts";

const GRANT = { client_id: "SPA", audience: AUDIENCE, scope: ["get:users"] };
type Grant = NonNullable<TenantDocument["clientGrants"]>[number] & Readonly<Record<string, unknown>>;

describe("the plan of a client grant", () => {
  const plan = (...clientGrants: readonly Grant[]) =>
    planTenant(desire({ document: { clientGrants } }), deployedTenant()).changes;

  test.each<[string, unknown]>([
    ["organization_usage", "require"],
    ["allow_any_organization", true],
    ["allow_all_scopes", true],
    ["authorization_details_types", ["payment"]],
  ])("has %s in it when the tenant has another", (field, value) => {
    expect(plan({ ...GRANT, [field]: value })).toMatchObject([
      { operation: "update", type: "client-grant", id: "grant-1", patch: { [field]: value } },
    ]);
  });

  test("knows two grants of one client for one API by their subject_type", () => {
    expect(plan(GRANT, { ...GRANT, subject_type: "user" })).toMatchObject([
      { operation: "create", type: "client-grant", name: `SPA → ${AUDIENCE} (user)` },
    ]);
    expect(plan({ ...GRANT, subject_type: "client" })).toEqual([]);
  });

  test("leaves scopes alone that tenant.yaml does not name", () => {
    const { scope: _, ...others } = GRANT;
    const document = { clientGrants: [others] };
    expect(planTenant(desire({ document }), deployedTenant()).changes).toEqual([]);
  });
});
