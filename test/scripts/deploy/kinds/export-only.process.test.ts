import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import { type DocumentOnTenant, startDocumentOnTenant } from "../document-on-tenant.ts";

let on: DocumentOnTenant;
beforeEach(async () => {
  on = await startDocumentOnTenant();
});
afterEach(() => on.tenant.close());

/** As an export has it: without the credentials, whose ids belong to one tenant. */
const exported = (ip: string): TenantDocument => ({
  clients: [
    {
      name: "Vault",
      app_type: "non_interactive",
      token_vault_privileged_access: { ip_allowlist: [ip], grants: [] },
    } as never,
  ],
});

test("a client's access to the token vault is not sent, new or changed: Auth0 takes it with its credentials alone", async () => {
  await expect(on.deploy(exported("192.0.2.1"))).resolves.toMatchObject({ outcome: "deployed" });
  expect(on.tenant.tenant.state.clients.find(({ name }) => name === "Vault")).not.toHaveProperty(
    "token_vault_privileged_access",
  );
  expect((await on.plan(exported("192.0.2.2"))).changes).toEqual([]);
});
