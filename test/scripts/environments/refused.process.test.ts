import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { type Environments, readTable, startEnvironments } from "./tenants.ts";

const NAMES = ["ap", "eu", "us"];

describe("several environments", () => {
  let environments: Environments;
  beforeAll(async () => {
    environments = await startEnvironments(NAMES);
  });
  beforeEach(() => {
    for (const name of NAMES) environments.writeEnvironment(name);
    environments.project.write("environments/us.yaml", "");
  });
  afterAll(() => environments.close());

  test.each<[what: string, spoil: () => void, said: RegExp[]]>([
    [
      "has no value for a variable",
      () => environments.writeEnvironment("us", { GREET_KEY: "" }),
      [/^us: No value for[\s\S]*GREET_KEY[\s\S]*\[TENANT_KEYWORDS_UNFILLED\]$/m],
    ],
    [
      "has an overlay that is not YAML",
      () => environments.project.write("environments/us.yaml", "roles: [\n"),
      [/environments\/us\.yaml:\d[\s\S]*\[TENANT_NOT_YAML\]$/m],
    ],
    [
      "has an overlay with a misspelt field",
      () => environments.project.write("environments/us.yaml", "roles:\n- name: editor\n  descripton: x\n"),
      [/environments\/us\.yaml:3 roles\[0\]\.descripton[\s\S]*did you mean description\?\n\[TENANT_FIELD_UNKNOWN\]$/m],
    ],
  ])("are not written to when one of them %s", async (_what, spoil, said) => {
    spoil();
    const before = environments.countWrites();
    const { code, out, err } = await environments.run("deploy", "--wave", "eu", "--wave", "us,ap", "--yes");
    expect(code).toBe(2);
    for (const pattern of said) expect(err).toMatch(pattern);
    expect(readTable(out)).toMatchObject({ eu: "not begun 6 -", ap: "not begun 6 -" });
    expect(readTable(out).us).toMatch(/^refused \[\w+\] - 2$/);
    expect(environments.countWrites()).toEqual(before);
  });

  test("are not written to when the client of one lacks a scope", async () => {
    const { tenant, clientId } = environments.tenants.get("us")!;
    const grant = tenant.state.clientGrants.find(({ client_id }) => client_id === clientId)!;
    tenant.state.clientGrants.set(grant.id, {
      ...grant,
      scope: grant.scope.filter((scope) => scope !== "update:roles"),
    });
    const before = environments.countWrites();
    const { code, out, err } = await environments.run("deploy", "--env", "eu,us", "--yes");
    tenant.state.clientGrants.set(grant.id, grant);
    expect([code, environments.countWrites()]).toEqual([2, before]);
    expect(err).toMatch(/^us: [\s\S]*update:roles[\s\S]*\[DEPLOY_SCOPES_MISSING\]$/m);
    expect(readTable(out)).toEqual({ eu: "not begun 6 -", us: "refused [DEPLOY_SCOPES_MISSING] - 2" });
  });

  test("are planned all the same when one of them cannot be, and the worst exit code says so", async () => {
    environments.writeEnvironment("eu", { AUTH0_CLIENT_SECRET: "not the secret of eu" });
    const { code, out, err } = await environments.run("plan", "--env", "ap", "--env", "eu");
    expect(code).toBe(1);
    expect(err).toContain("[DEPLOY_CREDENTIALS_REFUSED]");
    expect(out + err).not.toContain("not the secret of eu");
    expect(readTable(out)).toEqual({ ap: "changes 6 10", eu: "failed [DEPLOY_CREDENTIALS_REFUSED] - 1" });
    const json = await environments.run("plan", "--env", "eu,ap", "--json");
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({
      exitCode: 1,
      environments: [
        {
          environment: "eu",
          domain: environments.tenants.get("eu")!.domain,
          result: "failed",
          error: { code: "DEPLOY_CREDENTIALS_REFUSED", message: expect.stringMatching(/to this tenant\.$/) as unknown },
        },
        { environment: "ap", result: "changes", plan: { version: 1 } },
      ],
    });
  });

  test("are deployed to with one JSON document on standard output, which says what the table says", async () => {
    environments.writeEnvironment("us", { GREET_KEY: "" });
    const domainOf = (name: string) => environments.tenants.get(name)!.domain;
    const refused = await environments.run("deploy", "--env", "eu,us", "--yes", "--json");
    expect([refused.code, JSON.parse(refused.out)]).toEqual([
      2,
      {
        version: 1,
        exitCode: 2,
        environments: [
          { environment: "eu", domain: domainOf("eu"), result: "not begun", changes: 6, exitCode: null },
          {
            environment: "us",
            domain: domainOf("us"),
            result: "refused",
            changes: null,
            exitCode: 2,
            error: { code: "TENANT_KEYWORDS_UNFILLED", message: expect.stringContaining("GREET_KEY") as unknown },
          },
        ],
      },
    ]);
    expect(refused.err).toMatch(/^eu:\n[\s\S]*role editor/m);
  });

  test("are several where a deploy is to print JSON", async () => {
    const { code, out, err } = await environments.run("deploy", "--env", "eu", "--yes", "--json");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/--json[\s\S]*\[USAGE\]/);
  });

  test("are one too many when two are of one tenant: nothing is sent to it", async () => {
    environments.writeEnvironment("us", { AUTH0_DOMAIN: environments.tenants.get("eu")!.domain });
    const commands: readonly (readonly [string, ...string[]])[] = [
      ["plan", "--all"],
      ["deploy", "--env", "eu,us", "--yes"],
    ];
    for (const [command, ...args] of commands) {
      const { code, out, err } = await environments.run(command, ...args);
      expect([code, out]).toEqual([2, ""]);
      expect(err).toMatch(/: eu, us\n[\s\S]*\[ENVIRONMENTS_ONE_TENANT\]/);
    }
  });

  test("have what --allow-delete names where it is, and nowhere is told from misspelt", async () => {
    const { code, err } = await environments.run("plan", "--env", "eu,us", "--allow-delete=role:nobody");
    expect(code).toBe(2);
    expect(err).toMatch(/no environment has role "nobody"[\s\S]*\[DELETION_UNKNOWN\]/);
  });
});
