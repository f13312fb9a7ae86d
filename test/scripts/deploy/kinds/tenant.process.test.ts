import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { planTenant } from "../../../../scripts/deploy/plan/plan-tenant.ts";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import { type DocumentOnTenant, failAfter, startDocumentOnTenant } from "../document-on-tenant.ts";
import { deployedTenant, desire, settings } from "../plan/tenants.ts";

const FLAG = "revoke_refresh_token_grant";
const withFlags = (flags: Readonly<Record<string, boolean>>): TenantDocument => ({ tenant: { flags } as object });

test("a plan sends of the flags only those that differ, and of a list all of it", () => {
  const fields = { flags: { enable_sso: true, universal_login: true }, allowed_logout_urls: ["https://a.example"] };
  const document = {
    tenant: {
      flags: { enable_sso: true, [FLAG]: true },
      allowed_logout_urls: ["https://a.example", "https://b.example"],
    },
  };
  expect(planTenant(desire({ document }), deployedTenant({ tenant: settings(fields) })).changes).toMatchObject([
    { patch: { flags: { [FLAG]: true }, allowed_logout_urls: document.tenant.allowed_logout_urls } },
  ]);
  const [change] = planTenant(desire({ document }), deployedTenant({ tenant: settings(fields) })).changes;
  expect(change).toHaveProperty("patch.flags", { [FLAG]: true });
});

describe("flags of a tenant that has some which it does not take back", () => {
  let on: DocumentOnTenant;
  const flags = async () => ({ ...(await on.connection.management.tenants.settings.get()).flags });
  beforeEach(async () => {
    on = await startDocumentOnTenant();
  });
  afterEach(() => on.tenant.close());

  test("are changed one by one", async () => {
    const before = await flags();
    await expect(on.deploy(withFlags({ [FLAG]: true }))).resolves.toMatchObject({ outcome: "deployed" });
    expect(await flags()).toEqual({ ...before, [FLAG]: true });
    await expect(on.deploy(withFlags({ [FLAG]: true }))).resolves.toMatchObject({ outcome: "nothing to do" });
  });

  test("are put back one by one", async () => {
    const before = await flags();
    const failing = on.deploy(withFlags({ [FLAG]: true }), { onProgress: failAfter("updated tenant settings") });
    await expect(failing).rejects.toMatchObject({ code: "DEPLOY_ROLLED_BACK" });
    expect(await flags()).toEqual(before);
  });
});
