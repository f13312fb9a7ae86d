import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { LocalTenant } from "../../../local/auth0/server.ts";
import { type AdoptOptions, adoptTenant } from "../../../scripts/adopt/adopt-tenant.ts";
import { renderAdoption, renderAdoptionJson } from "../../../scripts/adopt/render-adoption.ts";
import type { Adoption } from "../../../scripts/adopt/report.ts";
import { deployProject, planProject } from "../../../scripts/deploy/deploy-project.ts";
import type { Plan } from "../../../scripts/deploy/plan/change.ts";
import { renderPlan } from "../../../scripts/deploy/plan/render-plan.ts";
import { prepareProject } from "../../../scripts/deploy/prepare.ts";
import { DEPLOYED_SECTIONS } from "../../../scripts/tenant/sections.ts";
import { type FaultProxy, isWrite, kindOf, startFaultProxy } from "../../faults/fault-proxy.ts";
import { startTestTenant } from "../../support/local-tenant.ts";
import {
  ACTIONS,
  createSend,
  importEveryKind,
  makeActions,
  makeResources,
  runDeployCli,
  type Send,
} from "./populate.ts";

const root = join(import.meta.dirname, "../../..");
/** The build knows two triggers by now, each in its newest version; a plan begins with a build. */
const UNBUILT = [
  "action Deny throw-away mail",
  "action Exchange card",
  "action Legacy rule: roles (2019)",
  "action Mail on change",
  "action Old machine claims",
  "action Tell the CRM",
  "action Text by our gateway",
  "flow post-change-password",
  "flow post-user-registration",
  "flow pre-user-registration",
];
/** Values of secrets that the tenant was given, each a part of one. */
const SECRETS = [
  "that-is-searched-for",
  "oidc-secret",
  "smtp-secret",
  "phone-token",
  "log-secret",
  "vault-secret",
  "stream-secret",
];

let tenant: LocalTenant;
let proxy: FaultProxy;
let send: Send;
const folders: string[] = [];

beforeAll(async () => {
  proxy = await startFaultProxy();
  tenant = await startTestTenant({ domain: proxy.domain });
  proxy.forwardTo(tenant.port);
  await importEveryKind(tenant);
  send = await createSend(tenant);
  await makeResources(send);
  await makeActions(send);
}, 120_000);
afterAll(async () => {
  for (const folder of folders) rmSync(folder, { recursive: true });
  await tenant.close();
  await proxy.close();
});

/** A project that has nothing yet. */
function makeProject(): string {
  const directory = mkdtempSync(join(tmpdir(), "adopt-"));
  folders.push(directory);
  for (const file of ["package.json", "package-lock.json"]) cpSync(join(root, file), join(directory, file));
  writeFileSync(join(directory, "stripe.json"), '{ "scopes": [] }');
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
  return directory;
}

const environment = () => ({
  AUTH0_DOMAIN: proxy.domain,
  AUTH0_CLIENT_ID: tenant.clientId,
  AUTH0_CLIENT_SECRET: tenant.clientSecret,
  AUTH0_CA_FILE: tenant.caFile,
});

const adopt = (directory: string, options: Partial<AdoptOptions> = {}): Promise<Adoption> =>
  adoptTenant({
    directory,
    environment: environment(),
    sections: DEPLOYED_SECTIONS,
    retryPolicy: { pause: 10 },
    ...options,
  });

const prepare = (directory: string, values: Readonly<Record<string, string>> = environment()) =>
  prepareProject({ directory, environment: values, retryPolicy: { pause: 10 } });

async function plan(directory: string, values?: Readonly<Record<string, string>>): Promise<Plan> {
  return (await planProject(await prepare(directory, values))).plan;
}

/** What was written to the tenant, as `PATCH clients/:id`. */
async function deploy(directory: string): Promise<readonly string[]> {
  const before = proxy.seen.length;
  await deployProject({ prepared: await prepare(directory), confirm: async () => true, onProgress: () => {} });
  return proxy.seen.slice(before).filter(isWrite).map(kindOf);
}

function edit(directory: string, file: string, from: string | RegExp, to: string): void {
  const path = join(directory, file);
  const text = readFileSync(path, "utf8");
  const edited = text.replace(from, to);
  if (edited === text) throw new Error(`${file} does not have ${from}`);
  writeFileSync(path, edited);
}

/** Every file of a project but for packages, with what is in it. */
function readAll(directory: string): ReadonlyMap<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !path.includes("node_modules") && !path.endsWith("package-lock.json"))
      .map((path) => [path.slice(directory.length + 1), readFileSync(path, "utf8")]),
  );
}

describe("a tenant that has been there for years", () => {
  let directory: string;
  let adoption: Adoption;

  beforeAll(async () => {
    directory = makeProject();
    adoption = await adopt(directory);
  }, 60_000);

  test("is adopted, but for the client that deploys", () => {
    expect(adoption.leftOut.map(({ entry }) => entry)).toEqual([
      "client Deploy CLI",
      `client-grant Deploy CLI → https://${proxy.domain}/api/v2/`,
      ...UNBUILT,
    ]);
    expect(adoption.unread).toEqual([]);
    const count = (type: string) => adoption.adopted.filter((label) => label.startsWith(`${type} `)).length;
    expect({ client: count("client"), action: count("action"), role: count("role"), flow: count("flow") }).toEqual({
      client: 31,
      action: 7,
      role: 21,
      flow: 2,
    });
  });

  test("has nothing to do afterwards, and nothing is written", async () => {
    const made = await plan(directory);
    expect(made.changes).toEqual([]);
    expect(made.warnings).toEqual([]);
    expect(await deploy(directory)).toEqual([]);
  }, 60_000);

  test("has the code of its Actions in files, byte for byte", () => {
    const files = readAll(directory);
    const codes = [...files].flatMap(([file, text]) => (/^actions\/.*\.js$/.test(file) ? [text] : []));
    const built = ACTIONS.filter(({ name }) => !UNBUILT.includes(`action ${name}`));
    expect(built.length).toBeGreaterThan(4);
    for (const { code } of built) expect(codes).toContain(code);
  });

  test("leaves no secret in any file, nor in what is printed", async () => {
    const printed = [
      renderAdoption(adoption),
      renderAdoptionJson(adoption),
      renderPlan(await plan(directory)).join("\n"),
    ];
    for (const [file, text] of [
      ...readAll(directory),
      ...printed.map((text, index) => [String(index), text] as const),
    ]) {
      for (const secret of [...SECRETS, tenant.clientSecret]) {
        expect([file, text.includes(secret)]).toEqual([file, false]);
      }
    }
  }, 60_000);

  test("is adopted once: a second time finds everything there and writes nothing", async () => {
    const before = readAll(directory);
    const again = await adopt(directory);
    expect({ adopted: again.adopted, files: again.files }).toEqual({ adopted: [], files: [] });
    expect(again.present).toEqual(adoption.adopted);
    expect(readAll(directory)).toEqual(before);
  }, 60_000);

  test("of one edit in several kinds changes exactly that", async () => {
    edit(directory, "tenant.yaml", "The 7. client", "The seventh client");
    edit(directory, "tenant.yaml", "acme Inc.", "Acme Incorporated");
    edit(directory, "databases/legacy-users/login.js", 'user_id: "1"', 'user_id: "2"');
    edit(directory, "emailTemplates/verify-email.html", "Please verify", "Please do verify");
    const { changes } = await plan(directory);
    expect(changes.map(({ operation, type, name }) => [operation, type, name])).toEqual([
      ["update", "client", "Client 7: partner's app #"],
      ["update", "database", "Legacy-Users"],
      ["update", "email-template", "verify_email"],
      ["update", "organization", "acme"],
    ]);
    const writes = await deploy(directory);
    expect(writes).toContain("PATCH clients/:id");
    expect((await plan(directory)).changes).toEqual([]);
    expect(await deploy(directory)).toEqual([]);
  }, 120_000);
});

describe("a project that has a tenant.yaml already", () => {
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

  test("keeps every line of it, and gets what it lacks at the ends of its sections", async () => {
    const directory = makeProject();
    writeFileSync(join(directory, "tenant.yaml"), WRITTEN);
    const values = { ...environment(), FRIENDLY_NAME: "The shop", FIRST_CLIENT: "Client 1" };
    const adoption = await adopt(directory, { environment: values });
    expect(adoption.present).toEqual(["tenant settings", "client Client 1", "role role 3"]);
    const text = readFileSync(join(directory, "tenant.yaml"), "utf8");
    const kept = text.split("\n").filter((line) => WRITTEN.split("\n").includes(line));
    for (const line of WRITTEN.split("\n").filter((line) => line !== "" && !line.includes("[]"))) {
      expect(kept).toContain(line);
    }
    expect(text).toContain("- name: role 3\n  description: Not what the tenant has # on purpose\n- name: librarian\n");
    expect(text).toContain("resourceServers: # none yet\n  - name: Library API\n");
    const { changes } = await plan(directory, { ...values, CALLBACKS: '["https://app1.example/cb"]' });
    expect(changes.map(({ type, name, fields }) => [type, name, fields.map(({ path }) => path)])).toEqual([
      ["role", "role 3", ["description"]],
    ]);
  }, 60_000);

  test("is told what would be taken away from what it does not name", async () => {
    const directory = makeProject();
    writeFileSync(
      join(directory, "tenant.yaml"),
      `databases:
  - name: Legacy-Users
    enabled_clients: [Client 1]
triggers: {post-login: []}
roles: [{name: role 3}]
`,
    );
    const { leftOut, adopted } = await adopt(directory, { sections: ["clients", "databases", "roles"] });
    const reasons = new Map(leftOut.map(({ entry, reason }) => [entry, reason] as const));
    expect(reasons.get("client Client 2")).toMatch(/may use the database Legacy-Users/);
    expect(reasons.get("role role 4")).toMatch(/in brackets/);
    expect(adopted).toContain("client Client 1");
    expect((await plan(directory)).changes).toEqual([]);
  }, 60_000);

  test("of what is not YAML nothing is written", async () => {
    const directory = makeProject();
    writeFileSync(join(directory, "tenant.yaml"), "roles: [");
    const before = readAll(directory);
    await expect(adopt(directory)).rejects.toMatchObject({ code: "TENANT_NOT_YAML" });
    expect(readAll(directory)).toEqual(before);
  });
});

describe("files that are in the way", () => {
  const sections = ["pages", "emailTemplates"];

  test("are named, and nothing is written", async () => {
    const directory = makeProject();
    mkdirSync(join(directory, "pages"));
    writeFileSync(join(directory, "pages/login.html"), "mine");
    const before = readAll(directory);
    await expect(adopt(directory, { sections })).rejects.toMatchObject({
      code: "ADOPT_FILE_EXISTS",
      exitCode: 2,
      message: expect.stringContaining("pages/login.html"),
    });
    expect(readAll(directory)).toEqual(before);
    const { files } = await adopt(directory, { sections, force: true });
    expect(files).toEqual(["pages/login.html", "emailTemplates/verify-email.html", "tenant.yaml"]);
    expect((await plan(directory)).changes).toEqual([]);
  }, 60_000);

  test("stay where they are when one of several cannot be written", async () => {
    const directory = makeProject();
    // A file where a folder would have to be.
    writeFileSync(join(directory, "emailTemplates"), "mine");
    const before = readAll(directory);
    await expect(adopt(directory, { sections })).rejects.toThrow(/emailTemplates/);
    expect(readAll(directory)).toEqual(before);
  }, 60_000);
});

describe("an export of the Deploy CLI", () => {
  test.each(["yaml", "directory"])(
    "in its %s format is adopted as the tenant itself is",
    async (format) => {
      const folder = mkdtempSync(join(tmpdir(), "export-"));
      folders.push(folder);
      await runDeployCli(tenant, "export", folder, format);
      const directory = makeProject();
      const adoption = await adopt(directory, { from: folder });
      expect(adoption.leftOut.map(({ entry }) => entry).sort()).toEqual(UNBUILT);
      for (const [file, text] of readAll(directory)) {
        for (const secret of SECRETS) expect([file, text.includes(secret)]).toEqual([file, false]);
      }
      const { changes } = await plan(directory);
      expect(changes).toEqual([]);
      expect(await deploy(directory)).toEqual([]);
    },
    120_000,
  );

  test.each([
    ["that is not there", "nowhere", "It is not there"],
    ["without one", ".", "Neither a tenant.yaml nor a folder"],
  ])("in a folder %s is refused", async (_, name, says) => {
    const directory = makeProject();
    const from = join(directory, name);
    await expect(adopt(directory, { from })).rejects.toMatchObject({
      code: "ADOPT_SOURCE_UNKNOWN",
      message: expect.stringContaining(says),
    });
  });
});

describe("a client that may not read everything", () => {
  afterAll(() => proxy.disarm());

  test("adopts what it may, and says what it lacks", async () => {
    const refused = new Map([
      ["/api/v2/roles", "read:roles"],
      ["/api/v2/log-streams", "read:log_streams"],
      ["/api/v2/emails/provider", "read:email_provider"],
    ]);
    proxy.answerWith(({ path }) => {
      const scope = refused.get(path);
      const message = `Insufficient scope, expected any of: ${scope}`;
      if (scope !== undefined) {
        return {
          status: 403,
          body: JSON.stringify({ statusCode: 403, error: "Forbidden", message, errorCode: "insufficient_scope" }),
        };
      }
      return path === "/api/v2/network-acls"
        ? { status: 403, body: JSON.stringify({ statusCode: 403, error: "Forbidden", message: "Not in your plan." }) }
        : undefined;
    });
    const directory = makeProject();
    const adoption = await adopt(directory);
    expect(adoption.unread.map(({ section, scopes }) => [section, scopes])).toEqual(
      expect.arrayContaining([
        ["roles", ["read:roles"]],
        ["logStreams", ["read:log_streams"]],
        ["emailProvider", ["read:email_provider"]],
        ["networkACLs", undefined],
      ]),
    );
    expect(adoption.unread).toHaveLength(4);
    const text = readFileSync(join(directory, "tenant.yaml"), "utf8");
    expect(text).not.toMatch(/^(roles|logStreams|emailProvider|networkACLs):/m);
    expect(text).toMatch(/^clients:/m);
    proxy.disarm();
    expect((await plan(directory)).changes).toEqual([]);
  }, 120_000);

  test("is told of an answer that is nobody's, and nothing is written", async () => {
    proxy.answerWith(({ path }) => (path === "/api/v2/clients" ? { status: 200, body: "{}" } : undefined));
    const directory = makeProject();
    const before = readAll(directory);
    await expect(adopt(directory)).rejects.toMatchObject({ code: "TENANT_UNREADABLE" });
    expect(readAll(directory)).toEqual(before);
  }, 60_000);
});
