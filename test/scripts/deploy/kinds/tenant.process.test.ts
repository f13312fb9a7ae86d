import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import { type DocumentOnTenant, failAfter, startDocumentOnTenant } from "../document-on-tenant.ts";

const FLAG = "revoke_refresh_token_grant";
const withFlags = (flags: Readonly<Record<string, boolean>>): TenantDocument => ({ tenant: { flags } as object });

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
