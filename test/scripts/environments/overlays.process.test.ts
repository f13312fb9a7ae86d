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
  }, 120_000);

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
