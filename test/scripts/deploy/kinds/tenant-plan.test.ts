import { expect, test } from "@jest/globals";
import { planTenant } from "../../../../scripts/deploy/plan/plan-tenant.ts";
import { deployedTenant, desire, settings } from "../plan/tenants.ts";

const FLAG = "revoke_refresh_token_grant";

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
