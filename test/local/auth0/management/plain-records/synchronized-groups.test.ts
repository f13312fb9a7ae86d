import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { ManagementClient } from "auth0";
import type { LocalTenant } from "../../../../../local/auth0/server.ts";
import { call, managementToken, startTestTenant } from "../../../../support/local-tenant.ts";
import { createManagementClient } from "../../../../support/management-client.ts";

let tenant: LocalTenant;
let management: ManagementClient;
let id: string;

beforeAll(async () => {
  tenant = await startTestTenant();
  management = createManagementClient(tenant);
  const connection = await management.connections.create({
    name: "workspace",
    strategy: "google-apps",
    options: { client_id: "a", client_secret: "b", domain: "library.example", tenant_domain: "library.example" },
  });
  id = connection.id!;
});
afterAll(() => tenant.close());

const list = async () => {
  const { data } = await management.connections.directoryProvisioning.listSynchronizedGroups(id);
  return data.map((group) => group.id);
};

describe("the groups that a directory provisioning synchronizes", () => {
  test("are none where nothing is provisioned", async () => {
    await expect(list()).rejects.toMatchObject({ statusCode: 404 });
    await expect(
      management.connections.directoryProvisioning.set(id, { groups: [{ id: "readers" }] }),
    ).rejects.toMatchObject({ statusCode: 404 });
  });

  test("are replaced, added, taken out, and forgotten with the provisioning", async () => {
    const { directoryProvisioning } = management.connections;
    await directoryProvisioning.create(id, { synchronize_groups: "selected" });
    expect(await list()).toEqual([]);
    await directoryProvisioning.set(id, { groups: [{ id: "readers", name: "Readers" }, { id: "staff" }] });
    expect(await list()).toEqual(["readers", "staff"]);
    await directoryProvisioning.set(id, { groups: [{ id: "staff" }] });
    await directoryProvisioning.addSynchronizedGroupSelections(id, { groups: [{ id: "friends" }, { id: "staff" }] });
    expect(await list()).toEqual(["staff", "friends"]);
    await directoryProvisioning.deleteSynchronizedGroupSelections(id, { groups: [{ id: "staff" }] });
    expect(await list()).toEqual(["friends"]);
    expect(await directoryProvisioning.get(id)).not.toHaveProperty("synchronized_groups");
    const { data } = await directoryProvisioning.list();
    expect(data).toEqual([expect.not.objectContaining({ synchronized_groups: expect.anything() })]);
    await directoryProvisioning.delete(id);
    await directoryProvisioning.create(id, { synchronize_groups: "selected" });
    expect(await list()).toEqual([]);
  });

  test("are asked for with the scopes of directory provisionings", async () => {
    const token = await managementToken(tenant, "read:connections");
    const path = `/api/v2/connections/${id}/directory-provisioning/synchronized-groups`;
    expect(await call(tenant, path, { token })).toMatchObject({ status: 403 });
  });
});
