import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { ManagementClient } from "auth0";
import type { LocalTenant } from "../../../../../local/auth0/server.ts";
import { startTestTenant } from "../../../../support/local-tenant.ts";
import { createManagementClient } from "../../../../support/management-client.ts";

/** Names, times and mappings are those that terraform-provider-auth0 and go-auth0 recorded of real tenants. */
let tenant: LocalTenant;
let management: ManagementClient;
let now = Date.parse("2026-11-20T12:00:00.000Z");
beforeAll(async () => {
  tenant = await startTestTenant({ clock: () => now });
  management = createManagementClient(tenant);
});
afterAll(() => tenant.close());

type Strategy = "okta" | "waad" | "google-apps" | "auth0";
async function make(name: string, strategy: Strategy): Promise<string> {
  const { id } = await management.connections.create({ name, strategy } as never);
  return id!;
}

describe("a SCIM configuration", () => {
  test.each([
    ["okta", 32, { auth0: "preferred_username", scim: "userName" }, "phoneNumbers[primary eq true].value"],
    ["waad", 30, { auth0: "upn", scim: "userName" }, 'phoneNumbers[type eq "fax"].value'],
  ] as const)("of %s that names nothing has %i fields", async (strategy, count, first, other) => {
    const id = await make(`scim-${strategy}`, strategy);
    const made = await management.connections.scimConfiguration.create(id, {});
    expect(made).toEqual({
      tenant_name: "local",
      connection_id: id,
      connection_name: `scim-${strategy}`,
      strategy,
      user_id_attribute: "externalId",
      mapping: expect.any(Array),
      created_at: "2026-11-20T12:00:00.000Z",
      updated_on: "2026-11-20T12:00:00.000Z",
    });
    expect(made.mapping).toHaveLength(count);
    expect(made.mapping[0]).toEqual(first);
    expect(made.mapping.map(({ scim }) => scim)).toContain(other);
    expect(made.mapping.at(-1)).toEqual({
      auth0: "app_metadata.manager",
      scim: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.manager",
    });
    expect(await management.connections.scimConfiguration.getDefaultMapping(id)).toEqual({ mapping: made.mapping });
  });

  test("is changed, is in the list of all, and goes with its connection", async () => {
    const id = await make("scim", "okta");
    const mapping = [{ auth0: "username", scim: "userName" }];
    const given = { user_id_attribute: "userName", mapping };
    await management.connections.scimConfiguration.create(id);
    now += 1000;
    const changed = await management.connections.scimConfiguration.update(id, given);
    expect(changed).toMatchObject({ ...given, connection_name: "scim", updated_on: "2026-11-20T12:00:01.000Z" });
    expect(changed.created_at).toBe("2026-11-20T12:00:00.000Z");
    expect(await management.connections.scimConfiguration.get(id)).toEqual(changed);
    const { data } = await management.connections.scimConfiguration.list();
    expect(data).toContainEqual(changed);
    await management.connections.delete(id);
    await expect(management.connections.scimConfiguration.get(id)).rejects.toMatchObject({
      statusCode: 404,
      body: { message: "The connection does not exist", errorCode: "inexistent_connection" },
    });
    expect((await management.connections.scimConfiguration.list()).data).not.toContainEqual(changed);
  });

  test.each(["create", "getDefaultMapping"] as const)("is for some strategies: %s", async (method) => {
    const id = await make(`database-${method.toLowerCase()}`, "auth0");
    await expect(management.connections.scimConfiguration[method](id)).rejects.toMatchObject({
      statusCode: 404,
      body: {
        message:
          "This connection type does not support SCIM. Please see our documentation for the currently supported connection types: https://auth0.com/docs/authenticate/protocols/scim/configure-inbound-scim.",
      },
    });
  });
});

describe("a directory provisioning", () => {
  test("that names nothing has all that Google says of a user, and is changed member by member", async () => {
    const id = await make("directory", "google-apps");
    const { directoryProvisioning } = management.connections;
    const made = await directoryProvisioning.create(id, {});
    const time = new Date(now).toISOString();
    expect(made).toEqual({
      connection_id: id,
      connection_name: "directory",
      strategy: "google-apps",
      mapping: expect.any(Array),
      synchronize_automatically: false,
      synchronize_groups: "off",
      created_at: time,
      updated_at: time,
    });
    expect(made.mapping).toHaveLength(51);
    expect(made.mapping.slice(0, 3)).toEqual([
      { idp: "id", auth0: "app_metadata.external_id" },
      { idp: "primaryEmail", auth0: "email" },
      { idp: "primaryEmail", auth0: "primaryEmail" },
    ]);
    expect(await directoryProvisioning.getDefaultMapping(id)).toEqual({ mapping: made.mapping });
    now += 1000;
    const changed = { ...made, synchronize_groups: "all", updated_at: new Date(now).toISOString() };
    expect(await directoryProvisioning.update(id, { synchronize_groups: "all" })).toEqual(changed);
    expect((await directoryProvisioning.list()).data).toEqual([changed]);
  });
});
