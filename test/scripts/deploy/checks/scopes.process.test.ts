import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { LocalTenant } from "../../../../local/auth0/server.ts";
import { listRequiredScopes } from "../../../../scripts/deploy/checks/required-scopes.ts";
import { deployProject, planProject } from "../../../../scripts/deploy/deploy-project.ts";
import { type ProjectOptions, prepareProject } from "../../../../scripts/deploy/prepare.ts";
import { environmentOf } from "../../../../scripts/local/environment-of.ts";
import { readTenant } from "../../../../scripts/tenant/read-tenant.ts";
import { startTestTenant } from "../../../support/local-tenant.ts";

const directory = join(import.meta.dirname, "../../../..");
const readDocument = async () => (await readTenant(join(directory, "tenant.yaml"))).document;

describe("the scopes that a deploy needs", () => {
  let tenant: LocalTenant;
  beforeEach(async () => {
    tenant = await startTestTenant();
  });
  afterEach(() => tenant.close());

  /** Narrows what the deploying client is granted. */
  function grant(scopes: readonly string[]): void {
    const { clientGrants } = tenant.tenant.state;
    const own = clientGrants.find(({ client_id }) => client_id === tenant.clientId);
    clientGrants.set(own!.id, { ...own!, scope: [...scopes] });
  }
  function prepare(options: Partial<ProjectOptions> = {}) {
    const example = parseEnv(readFileSync(join(directory, ".env.example"), "utf8")) as Record<string, string>;
    const access = {
      ...environmentOf(tenant),
    };
    return prepareProject({ directory, environment: { ...example, ...access }, ...options });
  }
  const deploy = async () =>
    deployProject({ prepared: await prepare(), confirm: async () => true, onProgress: () => {} });
  /** What was written through the Management API. */
  const writes = () => tenant.tenant.logs.entries().filter(({ type }) => /api/.test(type)).length;

  test("are enough: a first deploy, and one that has to put everything right again", async () => {
    const required = listRequiredScopes({ document: await readDocument(), purpose: "deploy" });
    grant(required.map(({ scope }) => scope));
    await expect(deploy()).resolves.toMatchObject({ outcome: "deployed" });
    expect(writes()).toBeGreaterThan(0);

    const { state } = tenant.tenant;
    for (const api of state.resourceServers.values().filter(({ is_system }) => !is_system)) {
      state.resourceServers.set(api.id, { ...api, token_lifetime: 60 });
    }
    for (const client of state.clients.values().filter(({ name }) => name.startsWith("Example"))) {
      state.clients.set(client.client_id, { ...client, grant_types: ["implicit"] });
    }
    for (const grant of state.clientGrants.values().filter(({ client_id }) => client_id !== tenant.clientId)) {
      state.clientGrants.set(grant.id, { ...grant, scope: [] });
    }
    for (const role of state.roles.values()) state.roles.set(role.id, { ...role, description: "by hand" });
    for (const database of state.connections.values()) {
      state.connections.set(database.id, { ...database, options: { ...database.options, disable_signup: true } });
    }
    const [action] = state.actions.values();
    state.actions.set(action!.id, { ...action!, draft: { ...action!.draft, code: "exports.x = 1;" } });
    state.triggerBindings.set("post-login", { trigger_id: "post-login", bindings: [] });

    const { plan, outcome } = await deploy();
    expect(outcome).toBe("deployed");
    const kinds = new Set(plan.changes.map(({ type, operation }) => `${operation} ${type}`));
    expect([...kinds].sort()).toEqual(
      [
        "reorder flow",
        ...["action", "api", "client", "client-grant", "database", "role"].map((kind) => `update ${kind}`),
      ].sort(),
    );
  });

  test("one less is refused by name before anything is sent", async () => {
    const required = listRequiredScopes({ document: await readDocument(), purpose: "deploy" });
    grant(required.map(({ scope }) => scope).filter((scope) => scope !== "update:roles" && scope !== "create:actions"));
    const refusal = prepare();
    await expect(refusal).rejects.toMatchObject({ code: "DEPLOY_SCOPES_MISSING", exitCode: 2 });
    const { message } = (await refusal.catch((error: unknown) => error)) as Error;
    expect(message).toMatch(/lacks 2 scopes[\s\S]*update:roles +roles in tenant\.yaml[\s\S]*npm run scopes/);
    expect(message).toMatch(/create:actions +actions in tenant\.yaml/);
    expect(message).not.toContain("create:roles");
    expect(writes()).toBe(0);
  });

  test("a plan does with a client that only reads, and a deploy does not", async () => {
    const document = await readDocument();
    grant(listRequiredScopes({ document, purpose: "plan" }).map(({ scope }) => scope));
    const { plan } = await planProject(await prepare({ purpose: "plan" }));
    expect(plan.changes.length).toBeGreaterThan(0);
    await expect(prepare()).rejects.toMatchObject({ code: "DEPLOY_SCOPES_MISSING" });
  });
});
