import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import { type DocumentOnTenant, failAfter, startDocumentOnTenant } from "../document-on-tenant.ts";
import { AUDIENCE } from "../plan/tenants.ts";

const GRANT = { client_id: "SPA", audience: AUDIENCE, scope: ["get:users"] };
type Grant = NonNullable<TenantDocument["clientGrants"]>[number] & Readonly<Record<string, unknown>>;

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
