import { describe, expect, test } from "@jest/globals";
import { readTenantAccess } from "../../../scripts/deploy/tenant-access.ts";
import { parseTenant } from "../../../scripts/tenant/read-tenant.ts";

const tenant = parseTenant('tenant:\n  friendly_name: "##NAME##"\n  support_url: "##URL##"\n', "tenant.yaml");
const FULL = {
  AUTH0_DOMAIN: "localhost:4433",
  AUTH0_CLIENT_ID: "id",
  AUTH0_CLIENT_SECRET: "hush-hush",
  NAME: "n",
  URL: "u",
};
const without = (...names: readonly string[]) =>
  Object.fromEntries(Object.entries(FULL).filter(([name]) => !names.includes(name)));

describe("who deploys where", () => {
  test("names every missing variable at once, keywords with their place, and points to the rehearsal", async () => {
    const refusal = readTenantAccess({}, tenant);
    await expect(refusal).rejects.toMatchObject({ code: "DEPLOY_VARIABLES_MISSING", exitCode: 2 });
    const { message } = (await refusal.catch((error: unknown) => error)) as Error;
    for (const text of Object.keys(FULL)) expect(message).toContain(text);
    expect(message).toContain("tenant.yaml:2");
    expect(message).toContain("npm run rehearse");
  });

  test.each([["AUTH0_DOMAIN"], ["AUTH0_CLIENT_ID"], ["AUTH0_CLIENT_SECRET"]])(
    "without %s alone, that one is named and no other",
    async (name) => {
      const error = (await readTenantAccess(without(name), tenant).catch((caught: unknown) => caught)) as Error;
      expect(error).toMatchObject({ code: "DEPLOY_VARIABLES_MISSING", exitCode: 2 });
      expect(error.message.match(/^ {2}[A-Z0-9_]+(?= {2})/gm)).toEqual([`  ${name}`]);
      expect(error.message).not.toContain("hush-hush");
    },
  );

  test("a credential that tenant.yaml uses as well is named once", async () => {
    const { message } = (await readTenantAccess(
      {},
      parseTenant('tenant:\n  support_url: "##AUTH0_DOMAIN##/##OTHER##"\n', "tenant.yaml"),
    ).catch((error: unknown) => error)) as Error;
    const names = ["AUTH0_DOMAIN", "AUTH0_CLIENT_ID", "AUTH0_CLIENT_SECRET", "OTHER"];
    expect(message.match(/^ {2}[A-Z0-9_]+(?= {2})/gm)?.map((name) => name.trim())).toEqual(names);
    expect(message).toMatch(/^Nothing was sent: 4 variables have no value\.$/m);
    for (const line of message.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  test("for a command that has no use for keywords, names the credentials alone", async () => {
    const { message } = (await readTenantAccess({ AUTH0_CLIENT_ID: "id" }, tenant, "credentials").catch(
      (error: unknown) => error,
    )) as Error;
    expect(message.match(/^ {2}[A-Z0-9_]+(?= {2})/gm)).toEqual(["  AUTH0_DOMAIN", "  AUTH0_CLIENT_SECRET"]);
  });

  test("an empty value counts as missing", async () => {
    await expect(readTenantAccess({ ...FULL, AUTH0_CLIENT_SECRET: "" }, tenant)).rejects.toMatchObject({
      code: "DEPLOY_VARIABLES_MISSING",
    });
  });

  test.each([
    "https://example.eu.auth0.com",
    "example.eu.auth0.com/",
    "example.eu.auth0.com/api",
    "a b",
    "user@host",
    "example.com:99999",
  ])("%s is not taken for a domain", async (domain) => {
    await expect(readTenantAccess({ ...FULL, AUTH0_DOMAIN: domain }, tenant)).rejects.toMatchObject({
      code: "DEPLOY_DOMAIN_MALFORMED",
      exitCode: 2,
    });
  });

  test.each(["AUTH0_CA_FILE", "NODE_EXTRA_CA_CERTS"])(
    "a file in %s that is not there stops the deploy",
    async (name) => {
      await expect(readTenantAccess({ ...FULL, [name]: "/nowhere/ca.crt" }, tenant)).rejects.toMatchObject({
        code: "DEPLOY_CA_UNREADABLE",
        exitCode: 2,
        message: expect.stringContaining(name),
      });
    },
  );

  test("the tenant's own authority wins over the machine's", async () => {
    const environment = { ...FULL, AUTH0_CA_FILE: import.meta.filename, NODE_EXTRA_CA_CERTS: "/nowhere/ca.crt" };
    await expect(readTenantAccess(environment, tenant)).resolves.toMatchObject({ ca: { file: import.meta.filename } });
  });

  test("a tenant at Auth0 needs no certificate file", async () => {
    await expect(readTenantAccess(FULL, tenant)).resolves.toEqual({
      domain: "localhost:4433",
      clientId: "id",
      clientSecret: "hush-hush",
      ca: undefined,
    });
  });
});
