import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { type Environments, readTable, secretOf, startEnvironments } from "./tenants.ts";

const OVERLAY = `
resourceServers:
- { identifier: https://api.example/, token_lifetime: 30 }
clients:
- { name: Worker, leave_out: true }
roles:
- { name: editor, description: "##EU_EDITS##" }
- { name: auditor, description: Reads }
actions:
- name: greet
  secrets: [{ name: KEY, value: "@@EU_KEY@@" }, { name: REGION, value: eu }]
organizations:
- { name: acme, display_name: "##EU_ACME##" }
`;
const VALUES = { EU_EDITS: "Edits in Europe", EU_KEY: "the-key-that-europe-alone-has", EU_ACME: "Acme Europe" };

describe("an environment with an overlay, beside one without", () => {
  let environments: Environments;
  beforeAll(async () => {
    environments = await startEnvironments(["eu", "us"]);
    environments.writeEnvironment("eu", VALUES);
    environments.project.write("environments/eu.yaml", OVERLAY);
  });
  afterEach(() => environments.project.write("environments/eu.yaml", OVERLAY));
  afterAll(() => environments.close());

  const read = (name: string) => {
    const { state } = environments.tenants.get(name)!.tenant;
    const action = state.actions.find((candidate) => candidate.name === "greet");
    return {
      lifetime: state.resourceServers.find(({ identifier }) => identifier === "https://api.example/")?.token_lifetime,
      clients: state.clients.filter((client) => client.name === "Worker").length,
      // Both are made at the same time, in either order.
      roles: state.roles
        .values()
        .map((role) => `${role.name}: ${role.description}`)
        .sort(),
      secrets: action?.draft.secrets.map((secret) => secret.name),
    };
  };

  test("is deployed with what it says, by us and by the Deploy CLI, and then there is nothing to do", async () => {
    const deployed = await environments.run("deploy", "--env", "eu,us", "--yes");
    expect([deployed.code, deployed.err]).toEqual([0, ""]);
    expect(read("us")).toEqual({ lifetime: 60, clients: 1, roles: ["editor: Edits for 60"], secrets: ["KEY"] });
    expect(read("eu")).toEqual({
      lifetime: 30,
      clients: 0,
      roles: ["auditor: Reads", "editor: Edits in Europe"],
      secrets: ["KEY", "REGION"],
    });
    const shown = deployed.out.split(/^(?=us:$)/m);
    expect(shown[0]).toContain("+ organization acme  (from environments/eu.yaml)");
    expect(shown[0]).toContain("    clients Worker (left out)");
    expect(shown[1]).not.toContain("environments/eu.yaml");
    for (const secret of [VALUES.EU_KEY, secretOf("eu"), secretOf("us")]) expect(deployed.out).not.toContain(secret);

    const planned = await environments.run("plan", "--all");
    expect(readTable(planned.out)).toEqual({ eu: "nothing to do 0 0", us: "nothing to do 0 0" });
    expect(planned.code).toBe(0);
    const alone = await environments.run("plan", "--env", "eu");
    expect([alone.code, alone.err]).toEqual([0, ""]);
    const status = await environments.run("status", "--env", "eu");
    expect(status.out).toMatch(/^post-login 1 +greet .* same$/m);
  });

  test.each<[command: string, args: string[]]>([
    ["build", []],
    ["scopes", []],
    ["plan", []],
    ["deploy", ["--yes"]],
    ["status", []],
    ["why", ["ada@example.com"]],
    ["rollback", ["--yes"]],
    ["example", []],
    ["gateways", []],
  ])("is read so by npm run %s %j", async (command, args) => {
    environments.project.write("environments/eu.yaml", "roles:\n- name: editor\n  descripton: x\n");
    const { code, err } = await environments.run(command, ...args, "--env", "eu");
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/environments\/eu\.yaml:3 [\s\S]*\[TENANT_FIELD_UNKNOWN\]\n$/),
    ]);
  });
});

describe("an environment whose overlay changes what is compiled into an Action", () => {
  const TENANT = `
resourceServers:
- name: API
  identifier: https://api.example/
  enforce_policies: true
  token_dialect: access_token_authz
  scopes: [{ value: "get:books", description: Read }, { value: "post:books", description: Write }]
roles:
- name: editor
  description: Edits
  permissions: [{ permission_name: "get:books", resource_server_identifier: https://api.example/ }]
actions:
- name: table
  code: ./dist/actions/table.js
  runtime: node22
  deployed: true
  supported_triggers: [{ id: post-login, version: v3 }]
  secrets: [{ name: API_IDENTIFIER, value: https://api.example/ }]
triggers:
  post-login: [{ action_name: table, display_name: table }]
# Of the copy, these wait: add-email-claim, filter-scopes, greet, require-organization-subscription, require-subscription,
# require-verified-email, sync-stripe-customer.
`;
  const overlayWith = (...scopes: readonly string[]): string => `
roles:
- name: editor
  permissions: [${scopes.map((scope) => `{ permission_name: "${scope}", resource_server_identifier: https://api.example/ }`).join(", ")}]
`;
  const TABLE = `
import { roleScopes } from "tenant:grants";
export const onExecutePostLogin = async (): Promise<void> => console.log(JSON.stringify(roleScopes));
`;
  let environments: Environments;
  beforeAll(async () => {
    environments = await startEnvironments(["eu", "us"]);
    environments.project.write("tenant.yaml", TENANT);
    environments.project.write("actions/table/action.ts", TABLE);
    environments.project.write("environments/eu.yaml", overlayWith("get:books", "post:books"));
  });
  afterAll(() => environments.close());

  /** The scopes that stand in the code that each tenant runs, and its version. */
  const readLive = (): Readonly<Record<string, string>> =>
    Object.fromEntries(
      [...environments.tenants].map(([name, { tenant }]) => {
        const action = tenant.state.actions.find((candidate) => candidate.name === "table");
        const live = tenant.state.actionVersions.get(action?.version_ids.at(-1) ?? "");
        const scopes = [...(live?.code.matchAll(/(?:get|post):books/g) ?? [])].map(([scope]) => scope);
        return [name, `${live?.number}: ${scopes.join(" ")}`];
      }),
    );
  const plan = async (...args: readonly string[]) => {
    const { code, out } = await environments.run("plan", ...args);
    return { code, actions: out.match(/^. action .*$/gm) ?? [], out };
  };

  test("has a bundle of its own, which is never another one's", async () => {
    const first = await environments.run("deploy", "--env", "eu,us", "--yes");
    expect([first.code, first.err]).toEqual([0, ""]);
    expect(readLive()).toEqual({ eu: "1: get:books post:books", us: "1: get:books" });

    // The last bundles on the disk are those of us.
    expect((await environments.run("build", "--env", "us")).code).toBe(0);
    expect(await plan("--env", "eu")).toMatchObject({ code: 0, actions: [] });
    expect((await environments.run("status", "--env", "eu")).out).toMatch(/table .* same$/m);
    expect(readTable((await plan("--all")).out)).toEqual({ eu: "nothing to do 0 0", us: "nothing to do 0 0" });

    environments.project.write("environments/eu.yaml", overlayWith("post:books"));
    const changed = await plan("--env", "eu");
    expect(changed).toMatchObject({ code: 10, actions: ["~ action table"] });
    expect(changed.out).toContain("    permissions: get:books on https://api.example/ → gone");
    expect(await plan("--env", "us")).toMatchObject({ code: 0, actions: [] });
    const second = await environments.run("deploy", "--env", "eu,us", "--yes");
    expect([second.code, readTable(second.out)]).toEqual([0, { eu: "deployed 2 0", us: "nothing to do 0 0" }]);
    expect(readLive()).toEqual({ eu: "2: post:books", us: "1: get:books" });
    expect(await plan("--env", "eu")).toMatchObject({ code: 0, actions: [] });
  });
});
