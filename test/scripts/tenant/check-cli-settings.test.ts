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
  ["AUTH0_IGNORE_DRY_RUN_FIELDS", '{"clients":["callbacks"]}'],
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

test.each([
  ["AUTH0_DRY_RUN", "true", "npm run plan"],
  ["AUTH0_DRY_RUN", "preview", "npm run plan"],
  ["AUTH0_ALLOW_DELETE", "true", "--allow-delete"],
])("a setting that means more than is done is refused, with what to use: %s=%s", async (name, value, advice) => {
  await expect(resolveTenant(tenant, { [name]: value })).rejects.toMatchObject({
    code: "CLI_SETTING_REFUSED",
    exitCode: 2,
    message: expect.stringMatching(new RegExp(`${name}: .*${advice}`)),
  });
});

test.each([
  ["AUTH0_ALLOW_DELETE", "false"],
  ["AUTH0_DRY_RUN", ""],
  // Of exports alone.
  ["AUTH0_PRESERVE_KEYWORDS", "true"],
  ["AUTH0_EXPORT_IDENTIFIERS", "true"],
])("one that changes nothing is not: %s=%s", async (name, value) => {
  await expect(resolveTenant(tenant, { [name]: value })).resolves.toMatchObject({ document: { roles: [] } });
});
