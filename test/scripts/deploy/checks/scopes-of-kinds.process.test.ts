import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import type { LocalTenant } from "../../../../local/auth0/server.ts";
import { checkScopes } from "../../../../scripts/deploy/checks/check-scopes.ts";
import { listRequiredScopes } from "../../../../scripts/deploy/checks/required-scopes.ts";
import { createSectionReader } from "../../../../scripts/deploy/cli/read-sections.ts";
import { runDeployCli } from "../../../../scripts/deploy/cli/run-deploy-cli.ts";
import { connectToTenant, type TenantConnection } from "../../../../scripts/deploy/connect.ts";
import { deployProject } from "../../../../scripts/deploy/deploy-project.ts";
import { HANDED_OVER } from "../../../../scripts/deploy/kinds/handed-over/specs.ts";
import { KINDS } from "../../../../scripts/deploy/kinds/table.ts";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import { startTestTenant } from "../../../support/local-tenant.ts";

const support = join(import.meta.dirname, "../../../support/every-kind");
type Document = Readonly<Record<string, unknown>>;
const everyKind = parse(readFileSync(join(support, "tenant.yaml"), "utf8")) as Record<string, Document[]>;
const readJson = (path: string) => JSON.parse(readFileSync(join(support, path), "utf8")) as object;

/** An entry of every kind, with the content of files in the place of their names. */
const ENTRIES: Document = {
  ...everyKind,
  clients: [{ ...everyKind.clients![0], client_secret: "a-secret-of-a-client-that-is-long-enough" }],
  databases: everyKind.databases,
  pages: [{ name: "login", html: "<p>Log in</p>", enabled: false }],
  actionModules: [{ ...everyKind.actionModules![0], code: "module.exports = {};" }],
  emailTemplates: [{ ...everyKind.emailTemplates![0], body: "<p>Verify</p>" }],
  flows: [{ name: "Look up a reader", ...readJson("flows/look-up.json") }],
  forms: [{ name: "Ask for the card", ...readJson("forms/ask.json") }],
};
/** Actions need a build, and are deployed with their scopes in scopes.process.test.ts. */
const OF_ACTIONS: readonly string[] = ["action", "flow", "token-exchange-profile"];
const WRITTEN_HERE = KINDS.filter(({ type, isHandedOver }) => !isHandedOver && !OF_ACTIONS.includes(type));
const HANDED = HANDED_OVER.filter(({ type }) => !OF_ACTIONS.includes(type));

describe("the scopes that npm run scopes lists for a file with one kind in it", () => {
  let tenant: LocalTenant;
  beforeAll(async () => {
    tenant = await startTestTenant();
  });
  afterAll(() => tenant.close());

  /** As the deploying client, granted these and no others. */
  async function connect(scopes: readonly string[]): Promise<TenantConnection> {
    const { clientGrants } = tenant.tenant.state;
    const grant = clientGrants.find(({ client_id }) => client_id === tenant.clientId)!;
    clientGrants.set(grant.id, { ...grant, scope: [...scopes] });
    const { domain, clientId, clientSecret, caFile: file } = tenant;
    return connectToTenant({ domain, clientId, clientSecret, ca: { file, pem: readFileSync(file, "utf8") } });
  }
  const scopesOf = (document: Document): readonly string[] =>
    listRequiredScopes({ document: document as unknown as TenantDocument, purpose: "deploy" }).map(
      ({ scope }) => scope,
    );

  test.each(KINDS.map(({ type, section }) => [type, section] as const))(
    "are each asked for before anything is sent: %s",
    (_, section) => {
      const document = { [section]: ENTRIES[section] ?? [] } as unknown as TenantDocument;
      const required = listRequiredScopes({ document, purpose: "deploy" });
      const token = (scopes: readonly string[]) =>
        ["{}", JSON.stringify({ scope: scopes.join(" ") }), ""]
          .map((part) => Buffer.from(part).toString("base64url"))
          .join(".");
      const all = required.map(({ scope }) => scope);
      expect(() => checkScopes(token(all), required)).not.toThrow();
      for (const scope of all) {
        const others = all.filter((other) => other !== scope);
        expect(() => checkScopes(token(others), required)).toThrow(
          expect.objectContaining({ code: "DEPLOY_SCOPES_MISSING" }),
        );
        expect(() => checkScopes(token(others), required)).toThrow(scope);
      }
    },
  );

  test.each(WRITTEN_HERE.map(({ type, section }) => [type, section] as const))(
    "are enough for %s",
    async (_, section) => {
      const document = { [section]: ENTRIES[section] };
      const connection = await connect(scopesOf(document));
      const deploy = (desired: Document) =>
        deployProject({
          prepared: {
            directory: support,
            desired: {
              document: desired as unknown as TenantDocument,
              actions: [],
              owner: "library",
              writeSecrets: [],
              digestSecrets: () => "digest",
            },
            build: { ok: true, actions: [], findings: [] },
            connection,
            warnings: [],
          },
          confirm: async () => true,
          onProgress: () => {},
        });
      expect(await deploy(document)).toMatchObject({ outcome: "deployed" });
    },
  );

  test.each(HANDED.map(({ type, section }) => [type, section] as const))(
    "are enough for %s",
    async (_, section) => {
      const document = { [section]: ENTRIES[section] };
      const { domain, caFile, ...connection } = await connect(scopesOf(document));
      const { accessToken } = connection;
      const reader = createSectionReader({ domain, caFile, ...connection, accessToken });
      await reader([section], document as unknown as TenantDocument);
      await runDeployCli({ document, domain, accessToken, caFile, onProgress: () => {} });
    },
    60_000,
  );
});
