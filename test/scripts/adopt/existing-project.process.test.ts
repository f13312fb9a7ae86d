import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { makeResources } from "./populate.ts";
import { readFiles, startTenantToAdopt, type TenantToAdopt } from "./tenant-to-adopt.ts";

let subject: TenantToAdopt;

beforeAll(async () => {
  subject = await startTenantToAdopt(async (send) => {
    await makeResources(send);
    await send("POST", "/email-templates", {
      template: "verify_email",
      body: "<p>Please verify</p>",
      from: "a@shop.example",
      subject: "Verify",
      syntax: "liquid",
      enabled: true,
    });
  });
});
afterAll(() => subject.close());

const WRITTEN = `# Ours since 2019.
tenant:
  friendly_name: "##FRIENDLY_NAME##" # told apart by environment

roles: # who may do what
- name: role 3
  description: Not what the tenant has # on purpose
# The APIs were here first.
resourceServers: [] # none yet
clients:
  - name: ##FIRST_CLIENT##
    callbacks: @@CALLBACKS@@
`;

describe("a project that has a tenant.yaml already", () => {
  test("keeps every line of it, and gets what it lacks at the ends of its sections", async () => {
    const directory = subject.makeProject({ "tenant.yaml": WRITTEN });
    const values = { ...subject.environment, FRIENDLY_NAME: "The shop", FIRST_CLIENT: "Client 1" };
    const { present } = await subject.adopt(directory, { environment: values });
    expect(present).toEqual(["tenant settings", "client Client 1", "role role 3"]);
    const text = readFileSync(join(directory, "tenant.yaml"), "utf8");
    const lines = text.split("\n");
    for (const line of WRITTEN.split("\n").filter((one) => !one.includes("[]"))) expect(lines).toContain(line);
    expect(text).toContain("- name: role 3\n  description: Not what the tenant has # on purpose\n- name: role 0\n");
    expect(text).toContain('resourceServers: # none yet\n  - name: "Orders: the API"\n');
    const { changes } = await subject.plan(directory, { ...values, CALLBACKS: '["https://app1.example/cb"]' });
    expect(
      changes.map((change) => [
        change.type,
        change.name,
        "fields" in change ? change.fields.map(({ path }) => path) : [],
      ]),
    ).toEqual([["role", "role 3", ["description"]]]);
  });

  test("is told what would be taken away by what it does not name, and what it cannot be added to", async () => {
    const directory = subject.makeProject({
      "tenant.yaml": "databases:\n  - name: Legacy-Users\n    enabled_clients: [Client 1]\nroles: [{name: role 3}]\n",
    });
    const { leftOut, adopted } = await subject.adopt(directory, { sections: ["clients", "databases", "roles"] });
    const reasons = new Map(leftOut.map(({ entry, reason }) => [entry, reason] as const));
    expect(reasons.get("client Client 2")).toMatch(/may use the database Legacy-Users/);
    expect(reasons.get("role role 4")).toMatch(/in brackets/);
    expect(adopted).toContain("client Client 1");
    expect((await subject.plan(directory)).changes).toEqual([]);
  });

  test("of which nothing can be read gets nothing", async () => {
    const directory = subject.makeProject({ "tenant.yaml": "roles: [" });
    const before = readFiles(directory);
    await expect(subject.adopt(directory)).rejects.toMatchObject({ code: "TENANT_NOT_YAML" });
    expect(readFiles(directory)).toEqual(before);
  });
});

describe("files that are in the way", () => {
  const sections = ["clients", "emailTemplates"];

  test("are named, and nothing is written until they may be overwritten", async () => {
    const directory = subject.makeProject();
    mkdirSync(join(directory, "clients"));
    writeFileSync(join(directory, "clients/client-5.html"), "mine");
    const before = readFiles(directory);
    await expect(subject.adopt(directory, { sections })).rejects.toMatchObject({
      code: "ADOPT_FILE_EXISTS",
      exitCode: 2,
      message: expect.stringContaining("clients/client-5.html"),
    });
    expect(readFiles(directory)).toEqual(before);
    const { files } = await subject.adopt(directory, { sections, force: true });
    expect(files).toEqual(["clients/client-5.html", "emailTemplates/verify-email.html", "tenant.yaml"]);
    expect((await subject.plan(directory)).changes).toEqual([]);
  });

  test("where a folder would have to be leave everything as it was", async () => {
    const directory = subject.makeProject({ emailTemplates: "mine" });
    const before = readFiles(directory);
    await expect(subject.adopt(directory, { sections })).rejects.toThrow(/emailTemplates/);
    expect(readFiles(directory)).toEqual(before);
  });

  test("with the same content are taken as they are", async () => {
    const directory = subject.makeProject();
    mkdirSync(join(directory, "clients"));
    writeFileSync(join(directory, "clients/client-5.html"), "<html>\n  <b>Log in</b>\n</html>\n");
    const { files } = await subject.adopt(directory, { sections: ["clients"] });
    expect(files).toEqual(["tenant.yaml"]);
  });
});

test("with a name for the environment the variables go into its file, behind what stands there", async () => {
  const directory = subject.makeProject({ ".env": "" });
  mkdirSync(join(directory, "environments"));
  writeFileSync(join(directory, "environments/live.env"), "CORP_OIDC_CLIENT_SECRET=there\n# end", { mode: 0o640 });
  await subject.adopt(directory, { sections: ["connections"], environmentName: "live" });
  const text = readFileSync(join(directory, "environments/live.env"), "utf8");
  expect(text).toMatch(/^CORP_OIDC_CLIENT_SECRET=there\n# end\n\n# Secrets .*\nGOOGLE_OAUTH2_CLIENT_SECRET=\n$/);
  expect(readFileSync(join(directory, ".env"), "utf8")).toBe("");
});
