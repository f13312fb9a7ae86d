import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { renderAdoption, renderAdoptionJson } from "../../../scripts/adopt/render-adoption.ts";
import type { Adoption } from "../../../scripts/adopt/report.ts";
import { renderPlan } from "../../../scripts/deploy/plan/render-plan.ts";
import { ACTIONS, importEveryKind, makeActions, makeResources } from "./populate.ts";
import { editFile, listLeaks, readFiles, startTenantToAdopt, type TenantToAdopt } from "./tenant-to-adopt.ts";

let subject: TenantToAdopt;
let directory: string;
let adoption: Adoption;

beforeAll(async () => {
  subject = await startTenantToAdopt(async (send, tenant) => {
    await importEveryKind(tenant);
    await makeResources(send);
    await makeActions(send, tenant);
  });
  directory = subject.makeProject();
  adoption = await subject.adopt(directory);
});
afterAll(() => subject.close());

test("a tenant that has been there for years is adopted, but for the client that deploys", () => {
  expect(adoption.leftOut).toEqual([
    { entry: "client Deploy CLI", reason: expect.stringContaining("adopts and deploys") },
    {
      entry: `client-grant Deploy CLI → https://${subject.proxy.domain}/api/v2/`,
      reason: expect.stringContaining("adopts and deploys"),
    },
  ]);
  expect({ unread: adoption.unread, refused: adoption.refused, present: adoption.present }).toEqual({
    unread: [],
    refused: [],
    present: [],
  });
  const count = (type: string) => adoption.adopted.filter((label) => label.startsWith(`${type} `)).length;
  expect({
    client: count("client"),
    action: count("action"),
    role: count("role"),
    flow: count("flow"),
    organization: count("organization"),
    connection: count("connection"),
    database: count("database"),
  }).toEqual({ client: 31, action: 15, role: 21, flow: 5, organization: 3, connection: 4, database: 2 });
});

test("there is nothing to do afterwards: no warning, no write, no version", async () => {
  const { changes, warnings } = await subject.plan(directory);
  expect({ changes, warnings }).toEqual({ changes: [], warnings: [] });
  const before = await subject.versions();
  expect(await subject.deploy(directory)).toEqual([]);
  expect(await subject.versions()).toEqual(before);
});

test("the code of every Action is in a file of its own, byte for byte", () => {
  const codes = [...readFiles(directory)].flatMap(([file, text]) =>
    /^actions\/[^/]+\/code\.js$/.test(file) ? [text] : [],
  );
  expect(codes).toHaveLength(15);
  for (const { code } of ACTIONS) expect(codes).toContain(code);
});

test("no secret is in any file, nor in what is printed; each that Auth0 has is listed with a variable", async () => {
  const printed = [
    renderAdoption(adoption),
    renderAdoptionJson(adoption),
    renderPlan(await subject.plan(directory)).join("\n"),
  ];
  const files = readFiles(directory);
  expect(listLeaks([...files, ...printed.map((text) => ["printed", text] as const)])).toEqual([]);
  expect([...files.values()].join()).not.toContain(subject.tenant.clientSecret);
  const secrets = adoption.secrets.map(({ entry, path }) => `${entry} ${path}`);
  expect(secrets).toEqual([
    "database Legacy-Users options.configuration.DB_URL",
    "action Legacy rule: roles (2019) secrets[0].value",
    "action Legacy rule: roles (2019) secrets[1].value",
    "action Machine claims secrets[0].value",
    "connection corp-oidc options.client_secret",
    "connection google-oauth2 options.client_secret",
    "connection partner-library options.client_secret",
    "email-provider settings credentials.smtp_user",
    "email-provider settings credentials.smtp_pass",
    "phone-provider default credentials.auth_token",
    "log-stream Audit sink.httpAuthorization",
    "flow-vault-connection Catalogue vault setup",
    "event-stream Users out destination.configuration.webhook_authorization.token",
  ]);
  const variables = adoption.secrets.map(({ variable }) => variable);
  expect(new Set(variables).size).toBe(variables.length);
  for (const variable of variables) {
    expect(files.get(".env")).toContain(`\n${variable}=\n`);
    expect(files.get("tenant.yaml")).toMatch(new RegExp(`^ +# .*"@@${variable}@@"$`, "m"));
  }
});

test("what the Deploy CLI does not export is named", () => {
  const omitted = adoption.omitted.map(({ entry, path }) => `${entry} ${path}`);
  expect(omitted).toEqual([
    "tenant settings flags.disable_impersonation",
    "tenant settings flags.enable_sso",
    "database Legacy-Users options.passwordPolicy",
    "database Legacy-Users options.password_history",
    "database readers options.passwordPolicy",
  ]);
});

test("a second time finds everything there and writes nothing", async () => {
  const before = readFiles(directory);
  const again = await subject.adopt(directory);
  expect({ adopted: again.adopted, files: again.files, secrets: again.secrets }).toEqual({
    adopted: [],
    files: [],
    secrets: [],
  });
  expect([...again.present].sort()).toEqual([...adoption.adopted].sort());
  expect(readFiles(directory)).toEqual(before);
});

test("of one edit in several kinds exactly that is planned and written", async () => {
  editFile(directory, "tenant.yaml", "The 7. client", "The seventh client");
  editFile(directory, "tenant.yaml", "acme Inc.", "Acme Incorporated");
  editFile(directory, "databases/legacy-users/login.js", 'user_id: "1"', 'user_id: "2"');
  editFile(directory, "emailTemplates/verify-email.html", "Please verify", "Please do verify");
  editFile(directory, "actions/tell-the-crm/code.js", "return;", 'return console.log("told");');
  const { changes } = await subject.plan(directory);
  expect(changes.map(({ operation, type, name }) => [operation, type, name])).toEqual([
    ["update", "client", "Client 7: partner's app #"],
    ["update", "database", "Legacy-Users"],
    ["update", "action", "Tell the CRM"],
    ["update", "email-template", "verify_email"],
    ["update", "organization", "acme"],
  ]);
  const before = await subject.versions();
  const writes = await subject.deploy(directory);
  expect([...writes].sort()).toEqual([
    "PATCH actions/:id",
    "PATCH clients/:id",
    "PATCH connections/:id",
    "PATCH email-templates/:id",
    "PATCH organizations/:id",
    "POST actions/:id/deploy",
  ]);
  expect(await subject.versions()).toEqual({ ...before, "Tell the CRM": 2 });
  expect((await subject.plan(directory)).changes).toEqual([]);
  expect(await subject.deploy(directory)).toEqual([]);
});
