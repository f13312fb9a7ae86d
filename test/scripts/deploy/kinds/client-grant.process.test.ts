import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { planTenant } from "../../../../scripts/deploy/plan/plan-tenant.ts";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import { type DocumentOnTenant, failAfter, startDocumentOnTenant } from "../document-on-tenant.ts";
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

describe("a client grant in a tenant", () => {
  let on: DocumentOnTenant;
  beforeAll(async () => {
    on = await startDocumentOnTenant();
  });
  afterAll(() => on.tenant.close());

  const base: TenantDocument = {
    resourceServers: [{ name: "API", identifier: AUDIENCE, scopes: [{ value: "get:users" }] }],
    clients: [{ name: "SPA", app_type: "non_interactive", grant_types: ["client_credentials"] }],
  };
  const grants: readonly Grant[] = [
    { ...GRANT, organization_usage: "require", allow_any_organization: true },
    { ...GRANT, scope: [], subject_type: "user" },
  ];
  const rich: TenantDocument = { ...base, clientGrants: grants };
  /** Without what is null: that says the same as nothing. */
  const readGrants = async () => {
    const found: object[] = [];
    for await (const row of await on.connection.management.clientGrants.list({ audience: AUDIENCE })) {
      found.push(Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)));
    }
    return found;
  };

  test("is made with all its fields, once for each subject_type, and stays as it is", async () => {
    await on.deploy(rich);
    const written = await readGrants();
    expect(written).toHaveLength(2);
    expect(written).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          subject_type: "client",
          scope: ["get:users"],
          organization_usage: "require",
          allow_any_organization: true,
        }),
        expect.objectContaining({ subject_type: "user", scope: [] }),
      ]),
    );
    await expect(on.deploy(rich)).resolves.toMatchObject({ outcome: "nothing to do" });
  });

  test("has back what it had when the deploy fails after it was written", async () => {
    const before = await readGrants();
    const clientGrants = grants.map((entry) => ({ ...entry, organization_usage: "deny" }));
    const onProgress = failAfter(`updated client-grant SPA → ${AUDIENCE} (user)`);
    await expect(on.deploy({ ...rich, clientGrants }, { onProgress })).rejects.toMatchObject({
      code: "DEPLOY_ROLLED_BACK",
    });
    expect(await readGrants()).toEqual(before);
  });
});
