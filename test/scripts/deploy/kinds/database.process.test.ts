import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import { type DocumentOnTenant, startDocumentOnTenant } from "../document-on-tenant.ts";

const READ = "read:connections_options";
const UPDATE = "update:connections_options";

describe("a deploying client whose token nobody can look into", () => {
  let on: DocumentOnTenant;
  afterEach(() => on.tenant.close());
  const options = {
    disable_signup: true,
    passwordPolicy: "excellent" as const,
    customScripts: { login: "function login() {}" },
  };
  const stored = () => on.tenant.tenant.state.connections.find(({ name }) => name === "Users")!.options;

  test.each([
    ["neither scope", [READ, UPDATE], "DEPLOY_SCOPE_MISSING"],
    ["the scope to write alone", [READ], "DEPLOY_SCOPE_MISSING"],
    ["the scope to read alone", [UPDATE], "DEPLOY_ROLLED_BACK"],
  ])("leaves options as they are with %s", async (_which, lacking, code) => {
    on = await startDocumentOnTenant(lacking);
    await on.connection.management.connections.create({ name: "Users", strategy: "auth0", options });
    const before = structuredClone(stored());
    const databases = [{ name: "Users", options: { disable_signup: false } }];
    const error = await on.deploy({ databases } as TenantDocument).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code, message: expect.stringContaining(lacking[0]!) });
    expect(stored()).toEqual(before);
  });
});

describe("a database that is made", () => {
  let on: DocumentOnTenant;
  beforeAll(async () => {
    on = await startDocumentOnTenant();
  });
  afterAll(() => on.tenant.close());
  const stored = (wanted: string) => on.tenant.tenant.state.connections.find(({ name }) => name === wanted);

  test.each<[string, object | undefined]>([
    ["without options", undefined],
    ["with some", { brute_force_protection: false, disable_signup: true }],
    ["with attributes", { attributes: { email: { identifier: { active: true } } } }],
  ])("%s has Auth0's own defaults, and none of the Deploy CLI's", async (name, options) => {
    const entry = { name: name.replaceAll(" ", "-"), ...(options !== undefined && { options }) };
    await on.deploy({ clients: [{ name: "SPA" }], databases: [{ ...entry, enabled_clients: ["SPA"] }] });
    const plain = await on.connection.management.connections.create({
      ...entry,
      name: `plain-${entry.name}`,
      strategy: "auth0",
    });
    expect(stored(entry.name)?.options).toEqual(stored(plain.name!)?.options);
    expect(on.tenant.tenant.state.clients.get(stored(entry.name)!.enabled_clients[0]!)).toMatchObject({ name: "SPA" });
  });

  test("keeps what was set by hand when another option is deployed", async () => {
    const { connections } = on.connection.management;
    const options = { disable_self_service_change_password: true };
    const { id = "" } = await connections.create({ name: "by-hand", strategy: "auth0", options });
    await on.deploy({
      databases: [{ name: "by-hand", options: { disable_signup: true } } as object as { name: string }],
    });
    expect((await connections.get(id)).options).toMatchObject({ ...options, disable_signup: true });
  });
});
