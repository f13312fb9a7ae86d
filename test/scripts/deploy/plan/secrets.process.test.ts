import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type DocumentOnTenant, failAfter, startDocumentOnTenant } from "../document-on-tenant.ts";
import { database } from "./tenants.ts";

const SECRET = "a-secret-that-nobody-may-see";

describe("the configuration of a database's scripts", () => {
  let on: DocumentOnTenant;
  beforeEach(async () => {
    on = await startDocumentOnTenant();
    await on.connection.management.connections.create({ name: "Users", strategy: "auth0" });
    await on.connection.management.roles.create({ name: "reader", description: "Reads" });
  });
  afterEach(() => on.tenant.close());
  const databases = [{ ...database({ configuration: { KEY: SECRET }, disable_signup: true }), enabled_clients: [] }];

  test("is written, and counts as done though nobody can read it back", async () => {
    await expect(on.deploy({ databases })).resolves.toMatchObject({ outcome: "deployed" });
  });

  test("is named when a deploy fails after it was written, and all that can be read is as it was", async () => {
    const stored = () => on.tenant.tenant.state.connections.find(({ name }) => name === "Users")!.options;
    const before = structuredClone(stored());
    const failing = on.deploy({ databases }, { onProgress: failAfter("updated database Users") });
    const error = (await failing.catch((reason: Error) => reason)) as Error;
    expect(error).toMatchObject({ code: "DEPLOY_ROLLBACK_INCOMPLETE" });
    expect(error.message).toContain("options.configuration.KEY of database Users");
    expect(error.message).not.toContain(SECRET);
    expect(stored()).toEqual(before);
  });
});
