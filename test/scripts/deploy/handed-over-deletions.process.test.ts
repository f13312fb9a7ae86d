import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { deployProject, planProject } from "../../../scripts/deploy/deploy-project.ts";
import { type DeletionRequest, parseDeletion } from "../../../scripts/deploy/plan/plan-deletions.ts";
import { prepareProject } from "../../../scripts/deploy/prepare.ts";
import { environmentOf } from "../../../scripts/local/environment-of.ts";
import type { TenantDocument } from "../../../scripts/tenant/document.ts";
import { makeProject } from "../../support/project-copy.ts";
import { spawnScript } from "../../support/spawn-script.ts";
import { removeProject, writeProject } from "../build/fixture-project.ts";
import { type DocumentOnTenant, startDocumentOnTenant } from "./document-on-tenant.ts";

const support = join(import.meta.dirname, "../../support/every-kind");
type Document = Record<string, unknown>;
const everyKind = parse(readFileSync(join(support, "tenant.yaml"), "utf8")) as Document;
const readJson = (path: string) => JSON.parse(readFileSync(join(support, path), "utf8")) as object;

/** What `--allow-delete` takes for the entry of each kind in test/support/every-kind, and where it was. */
const DELETIONS = [
  ["action-module:rates", "actionModules", "actions/modules"],
  ["custom-domain:login.library.example", "customDomains", "custom-domains"],
  ["network-acl:1", "networkACLs", "network-acls"],
  ["user-attribute-profile:Staff", "userAttributeProfiles", "user-attribute-profiles"],
  ["connection-profile:Partner", "connectionProfiles", "connection-profiles"],
  ["rate-limit-policy:third_party_clients", "rateLimitPolicies", "rate-limit-policies"],
  ["connection:partner-library", "connections", "connections"],
  ["email-provider:settings", "emailProvider", "emails/provider"],
  ["phone-provider:default", "phoneProviders", "branding/phone/providers"],
  ["theme:default", "themes", "branding/themes/default"],
  ["self-service-profile:Partner SSO", "selfServiceProfiles", "self-service-profiles"],
  ["phone-template:otp_verify", "phoneTemplates", "branding/phone/templates"],
  ["organization:city-library", "organizations", "organizations"],
  ["log-stream:Audit", "logStreams", "log-streams"],
  ["flow-vault-connection:Catalogue vault", "flowVaultConnections", "flows/vault/connections"],
  ["event-stream:Users out", "eventStreams", "event-streams"],
  ["forms-flow:Look up a reader", "flows", "flows"],
  ["form:Ask for the card", "forms", "forms"],
] as const;

function wholeDocument(): Document {
  const sections = ["clients", ...DELETIONS.map(([, section]) => section)];
  const document: Document = Object.fromEntries(
    sections.map((section) => [section, structuredClone(everyKind[section])]),
  );
  const [module] = document.actionModules as Document[];
  document.actionModules = [{ ...module, code: "module.exports = {};" }];
  document.flows = [{ name: "Look up a reader", ...readJson("flows/look-up.json") }];
  document.forms = [{ name: "Ask for the card", ...readJson("forms/ask.json") }];
  return document;
}
const empty = (document: Document): Document =>
  Object.fromEntries(Object.entries(document).map(([name, value]) => [name, Array.isArray(value) ? [] : {}]));

describe("--allow-delete", () => {
  let on: DocumentOnTenant;
  const asked = (document: Document) => document as unknown as TenantDocument;
  beforeAll(async () => {
    on = await startDocumentOnTenant();
    await on.deploy(asked(wholeDocument()));
  });
  afterAll(() => on.tenant.close());

  const library = (fields: Document) => asked({ organizations: [{ name: "city-library", ...fields }] });
  const connections = () => on.tenant.tenant.state.organizationConnections.values().length;
  const KEPT = { name: "partner-library", assign_membership_on_login: true };
  const FLAG = "organization:city-library → connection partner-library";

  test.each<[string, Document]>([
    ["is emptied", { connections: [] }],
    ["names others", { connections: [{ name: "readers" }] }],
  ])(
    "is needed where an organization's list of connections %s, and the plan says for which",
    async (_, fields) => {
      const document = library(fields);
      const databases = [{ name: "readers", strategy: "auth0" } as never];
      const planning = on.plan({ ...document, databases });
      await expect(planning).rejects.toMatchObject({ code: "DELETION_NEEDED" });
      await expect(planning).rejects.toThrow(`--allow-delete="${FLAG}"`);
      expect(connections()).toBe(1);
    },
    60_000,
  );

  test("is not needed by a list that has more, nor by a change beside an absent one", async () => {
    await on.deploy(library({ connections: [KEPT], display_name: "Another" }));
    await on.deploy(library({ display_name: "City library" }));
    expect(connections()).toBe(1);
  });

  test("takes a connection from an organization that it names", async () => {
    const deletions = [parseDeletion(FLAG)];
    const deployed = await on.deploy(library({ connections: [], display_name: "Less" }), { deletions });
    expect(deployed.plan.changes.map(({ operation, type, name }) => [operation, type, name])).toEqual([
      ["update", "organization", "city-library"],
      ["delete", "organization", "city-library → connection partner-library"],
    ]);
    expect(connections()).toBe(0);
    expect((await on.plan(library({ connections: [], display_name: "Less" }))).changes).toEqual([]);
  });

  test("deletes one entry of each kind that the Deploy CLI writes, and nothing without", async () => {
    const document = asked(empty(wholeDocument()));
    expect((await on.plan(document)).changes).toEqual([]);
    const deletions = DELETIONS.map(([name]) => parseDeletion(name));
    await on.deploy(document, { deletions });
    const left = await Promise.all(
      DELETIONS.map(async ([name, , path]) => {
        const response = await on.connection.management.fetch(path, { method: "GET" });
        const body: unknown = response.status === 404 ? [] : await response.json();
        const rows = Array.isArray(body)
          ? body
          : Object.values(body as object)
              .filter(Array.isArray)
              .flat();
        return [name, rows.filter((row: Document) => row.strategy !== "auth0").length];
      }),
    );
    expect(left.filter(([, count]) => count !== 0)).toEqual([]);
  });
});

describe("--allow-delete of a kind that is read by the Deploy CLI, by the commands", () => {
  let on: DocumentOnTenant;
  let project: string;
  beforeAll(async () => {
    on = await startDocumentOnTenant();
    project = await writeProject(({ sources }) => {
      sources["package.json"] = JSON.stringify({ name: "deleting" });
    });
  });
  afterAll(async () => {
    await on.tenant.close();
    await removeProject(project);
  });

  const readEnvironment = () => ({
    ...environmentOf(on.tenant),
  });
  const prepare = (deletions: readonly DeletionRequest[]) =>
    prepareProject({ directory: project, environment: readEnvironment(), deletions, retryPolicy: { pause: 10 } });

  test.each([
    ["an empty section", "logStreams: []\n", "log-stream:Audit"],
    ["no such section", "", "log-stream:Audit"],
    ["an empty object", "emailProvider: {}\n", "email-provider:settings"],
    ["no such object", "", "email-provider:settings"],
    ["what refers to it", "organizations: []\n", "connection:partner-library"],
  ])(
    "deletes it where tenant.yaml has %s",
    async (_, text, name) => {
      const { clients, logStreams, emailProvider, connections } = structuredClone(everyKind);
      await on.deploy({ clients, logStreams, emailProvider, connections } as unknown as TenantDocument);
      await writeFile(join(project, "tenant.yaml"), `tenant: {}\n${text}`);
      const deletions = [parseDeletion(name)];
      const { plan } = await planProject(await prepare(deletions), deletions);
      expect(plan.changes.map(({ operation, type, name: of }) => [operation, `${type}:${of}`])).toEqual([
        ["delete", name],
      ]);
      const deploying = { deletions, confirm: async () => true, onProgress: () => {} };
      await expect(deployProject({ prepared: await prepare(deletions), ...deploying })).resolves.toMatchObject({
        outcome: "deployed",
      });
      await expect(planProject(await prepare(deletions), deletions)).rejects.toMatchObject({
        code: "DELETION_UNKNOWN",
      });
    },
    120_000,
  );

  test.each([["log-stream:Audit"], ["email-provider:settings"]])(
    "is in the plan of one environment, though tenant.yaml has no section of %s",
    async (name) => {
      const { logStreams, emailProvider } = structuredClone(everyKind);
      await on.deploy({ logStreams, emailProvider } as unknown as TenantDocument);
      const { directory, remove } = makeProject({ "tenant.yaml": "tenant: {}\n" });
      const script = spawnScript("plan", ["--json", "--allow-delete", name], readEnvironment(), directory);
      const code = await script.ended;
      remove();
      // A plan warns of the copy's folders that no Action is made from.
      const said = script
        .stderr()
        .split("\n")
        .filter((line) => !/^$|\[ACTION_FOLDER_UNUSED\]$/.test(line));
      expect([said, code]).toEqual([[], 10]);
      const { changes } = JSON.parse(script.stdout()) as {
        changes: { operation: string; type: string; name: string }[];
      };
      expect(changes.map(({ operation, type, name: of }) => [operation, `${type}:${of}`])).toEqual([["delete", name]]);
    },
    120_000,
  );
});
