import { expect, test } from "@jest/globals";
import { parseTenant } from "../../../scripts/tenant/read-tenant.ts";
import { resolveTenant } from "../../../scripts/tenant/resolve-tenant.ts";

const tenant = parseTenant("roles: []", "tenant.yaml");

test.each([
  ["AUTH0_EXCLUDED", '["roles"]'],
  ["AUTH0_INCLUDED_ONLY", '["clients"]'],
  ["AUTH0_EXCLUDED_CLIENTS", '["Till"]'],
  ["EXCLUDED_PROPS", '{"clients":["callbacks"]}'],
  ["AUTH0_EXCLUDE_THIRD_PARTY_CLIENTS", "true"],
])("a setting that leaves parts of the file out is refused by name: %s", async (name, value) => {
  await expect(resolveTenant(tenant, { [name]: value })).rejects.toMatchObject({
    code: "TENANT_SELECTION_REFUSED",
    exitCode: 2,
    message: expect.stringContaining(name),
  });
});

test.each(["", "[]", "false", "{ }"])("one that leaves nothing out is not: %j", async (value) => {
  await expect(resolveTenant(tenant, { AUTH0_EXCLUDED: value })).resolves.toMatchObject({ document: { roles: [] } });
});
