import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Plan } from "../../../scripts/deploy/plan/change.ts";
import type { Desired } from "../../../scripts/deploy/plan/desired.ts";
import { type ProjectOnTenant, startProjectOnTenant } from "./project-on-tenant.ts";

const summarize = ({ changes }: Plan) => changes.map(({ operation, type, name }) => `${operation} ${type} ${name}`);
const DATABASE = "Username-Password-Authentication";
const MANY = 130;
const numbered = (what: string) => Array.from({ length: MANY }, (_, index) => `${what} ${index}`);

/** More of everything than Auth0 lists on one page, and more clients than it switches in one request. */
describe("a deploy to a tenant with more than a hundred of everything", () => {
  let project: ProjectOnTenant;
  let audience: string;
  beforeAll(async () => {
    project = await startProjectOnTenant();
    await project.deploy();
    audience = project.prepared.desired.document.resourceServers?.[0]?.identifier ?? "";
    const { state } = project.tenant.tenant;
    const [client] = state.clients.filter(({ name }) => name === "Example SPA");
    const [role] = state.roles.values();
    const [grant] = state.clientGrants.filter(({ client_id }) => client_id !== client!.client_id);
    const api = state.resourceServers.find(({ identifier }) => identifier === audience)!;
    const [action] = state.actions.values();
    for (const name of numbered("crowd")) {
      const id = name.replace(/\W/g, "x").padEnd(32, "x");
      state.clients.set(id, { ...client!, client_id: id, name });
      state.roles.set(id, { ...role!, id, name, permissions: [] });
      state.clientGrants.set(id, { ...grant!, id, client_id: id, audience });
      state.resourceServers.set(id, { ...api, id, name, identifier: `https://${id}.example/` });
      state.actions.set(id, { ...action!, id, name, version_ids: [], last_version_number: 0 });
    }
    project.takeWrites();
  });
  afterAll(() => project.close());

  test("sees all of them, and nothing to do", async () => {
    const plan = await project.plan();
    expect(summarize(plan)).toEqual([]);
    const count = (type: string) =>
      plan.unmanaged.filter((entry) => entry.type === type && /crowd/.test(entry.name)).length;
    expect(["client", "role", "api", "action"].map(count)).toEqual([MANY, MANY, MANY, MANY]);
  });

  test("enables a hundred clients for a database fifty at a time, and finds them enabled", async () => {
    const { desired } = project.prepared;
    const clients = numbered("crowd").map((name) => ({ name }));
    const next: Desired = {
      ...desired,
      document: {
        ...desired.document,
        clients: [...(desired.document.clients ?? []), ...clients],
        databases: (desired.document.databases ?? []).map((database) => ({
          ...database,
          enabled_clients: [...(database.enabled_clients ?? []), ...numbered("crowd")],
        })),
      },
    };
    await project.deploy(next);
    expect(project.takeWrites()).toEqual(Array(3).fill("PATCH connections/:id/clients"));
    expect(summarize(await project.plan(next))).toEqual([]);
    const back = { ...next, document: { ...next.document, databases: desired.document.databases ?? [] } };
    expect(summarize(await project.plan(back))).toEqual([`update database ${DATABASE}`]);
    await project.deploy(back);
    expect(project.takeWrites()).toEqual(Array(3).fill("PATCH connections/:id/clients"));
  });

  test("warns before it drops a scope, drops it last, and gives it back to all roles when that fails", async () => {
    const { management } = project.prepared.connection;
    const { desired } = project.prepared;
    const id = (await project.read()).role.find(({ name }) => name === "crowd 7")!.id;
    const held = { permission_name: "get:reports", resource_server_identifier: audience };
    await management.roles.permissions.add(id, { permissions: [held] });
    const next = dropReports(desired);
    const plan = await project.plan(next);
    expect(plan.warnings.map(({ code }) => code)).toEqual(["SCOPE_DROPPED"]);
    project.takeWrites();

    // The tenant does the work, and its answer never comes: everything is taken back.
    const isLast = ({ method, path, body }: { method: string; path: string; body: string }) =>
      method === "PATCH" && path.includes("resource-servers") && !body.includes("get:reports");
    project.proxy.arm("400", isLast);
    await expect(project.deploy(next)).rejects.toMatchObject({ code: "DEPLOY_ROLLED_BACK" });
    project.proxy.arm("cut after", isLast);
    await expect(project.deploy(next)).rejects.toMatchObject({ code: "DEPLOY_ROLLED_BACK" });
    project.proxy.disarm();
    expect(await listPermissions(id)).toEqual(["get:reports"]);
    expect(summarize(await project.plan())).toEqual([]);

    project.takeWrites();
    await project.deploy(next);
    expect(project.takeWrites()).toEqual(["DELETE roles/:id/permissions", "PATCH resource-servers/:id"]);
    expect(summarize(await project.plan(next))).toEqual([]);
    expect(await listPermissions(id)).toEqual([]);

    async function listPermissions(role: string): Promise<readonly (string | undefined)[]> {
      const names: (string | undefined)[] = [];
      for await (const { permission_name } of await management.roles.permissions.list(role))
        names.push(permission_name);
      return names;
    }
  });
});

function dropReports(desired: Desired): Desired {
  const { document } = desired;
  return {
    ...desired,
    document: {
      ...document,
      resourceServers: (document.resourceServers ?? []).map((api) => ({
        ...api,
        scopes: (api.scopes ?? []).filter(({ value }) => value !== "get:reports"),
      })),
      roles: (document.roles ?? []).map((role) => ({
        ...role,
        permissions: (role.permissions ?? []).filter(({ permission_name }) => permission_name !== "get:reports"),
      })),
    },
  };
}
