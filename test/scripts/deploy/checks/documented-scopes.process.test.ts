import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { LocalTenant } from "../../../../local/auth0/server.ts";
import { renderScopesJson } from "../../../../scripts/deploy/checks/render-scopes.ts";
import { listRequiredScopes, type Purpose } from "../../../../scripts/deploy/checks/required-scopes.ts";
import { KINDS } from "../../../../scripts/deploy/kinds/table.ts";
import { parseDeletion } from "../../../../scripts/deploy/plan/plan-deletions.ts";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import { DOCUMENTED } from "../../../support/documented-scopes.ts";
import { call, managementToken, startTestTenant } from "../../../support/local-tenant.ts";

interface Use {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** `--allow-delete`. */
  readonly deletes?: Readonly<Record<string, string>>;
}

const list = (path: string, type: string): Use => ({
  reads: [`GET ${path}`],
  writes: [`POST ${path}`, `PATCH ${path}/{id}`],
  deletes: { [`${type}:x`]: `DELETE ${path}/{id}` },
});
const setting = (verb: "PATCH" | "PUT", path: string): Use => ({ reads: [`GET ${path}`], writes: [`${verb} ${path}`] });
const also = (use: Use, more: Partial<Use>): Use => ({
  reads: [...use.reads, ...(more.reads ?? [])],
  writes: [...use.writes, ...(more.writes ?? [])],
  deletes: { ...use.deletes, ...more.deletes },
});

/**
 * What is sent for each section of tenant.yaml: by the handlers of the Deploy CLI 8.44 (lib/tools/auth0/handlers), and of roles,
 * clients, APIs, grants, databases and Actions by auth0 7.1's methods.
 */
const SECTIONS: Readonly<Record<string, Use>> = {
  tenant: setting("PATCH", "/tenants/settings"),
  resourceServers: list("/resource-servers", "api"),
  clients: list("/clients", "client"),
  clientGrants: list("/client-grants", "client-grant"),
  roles: also(list("/roles", "role"), {
    reads: ["GET /roles/{id}/permissions"],
    writes: ["POST /roles/{id}/permissions"],
  }),
  databases: also(list("/connections", "database"), {
    reads: ["GET /connections/{id}/clients"],
    writes: ["PATCH /connections/{id}/clients"],
  }),
  actions: also(list("/actions/actions", "action"), { writes: ["POST /actions/actions/{id}/deploy"] }),
  triggers: setting("PATCH", "/actions/triggers/{id}/bindings"),
  actionModules: list("/actions/modules", "action-module"),
  pages: {
    reads: ["GET /clients", "GET /tenants/settings"],
    writes: ["PATCH /clients/{id}", "PATCH /tenants/settings"],
  },
  guardianFactors: { reads: ["GET /guardian/factors"], writes: ["PUT /guardian/factors/{name}"] },
  guardianFactorTemplates: setting("PUT", "/guardian/factors/sms/templates"),
  guardianPolicies: setting("PUT", "/guardian/policies"),
  guardianPhoneFactorSelectedProvider: setting("PUT", "/guardian/factors/phone/selected-provider"),
  guardianPhoneFactorMessageTypes: setting("PUT", "/guardian/factors/phone/message-types"),
  attackProtection: setting("PATCH", "/attack-protection/brute-force-protection"),
  riskAssessment: setting("PATCH", "/risk-assessments/settings"),
  supplementalSignals: setting("PATCH", "/supplemental-signals"),
  customDomains: list("/custom-domains", "custom-domain"),
  networkACLs: list("/network-acls", "network-acl"),
  userAttributeProfiles: list("/user-attribute-profiles", "user-attribute-profile"),
  connectionProfiles: list("/connection-profiles", "connection-profile"),
  rateLimitPolicies: list("/rate-limit-policies", "rate-limit-policy"),
  connections: also(list("/connections", "connection"), {
    reads: ["GET /connections/{id}/scim-configuration", "GET /connections/{id}/directory-provisioning", "GET /clients"],
    writes: [
      "POST /connections/{id}/scim-configuration",
      "PATCH /connections/{id}/scim-configuration",
      "POST /connections/{id}/directory-provisioning",
      "PATCH /connections/{id}/directory-provisioning",
    ],
  }),
  emailProvider: {
    reads: ["GET /emails/provider"],
    writes: ["POST /emails/provider", "PATCH /emails/provider"],
    deletes: { "email-provider:settings": "DELETE /emails/provider" },
  },
  emailTemplates: {
    reads: ["GET /email-templates/{name}"],
    writes: ["POST /email-templates", "PATCH /email-templates/{name}"],
  },
  branding: {
    reads: ["GET /branding", "GET /branding/templates/universal-login", "GET /prompts", "GET /custom-domains"],
    // Its handler writes the settings of prompts again.
    writes: ["PATCH /branding", "PUT /branding/templates/universal-login", "PATCH /prompts"],
  },
  themes: {
    reads: ["GET /branding/themes/default"],
    writes: ["POST /branding/themes", "PATCH /branding/themes/{id}"],
    deletes: { "theme:x": "DELETE /branding/themes/{id}" },
  },
  phoneProviders: list("/branding/phone/providers", "phone-provider"),
  phoneTemplates: list("/branding/phone/templates", "phone-template"),
  selfServiceProfiles: also(list("/self-service-profiles", "self-service-profile"), {
    reads: ["GET /self-service-profiles/{id}/custom-text/en/get-started", "GET /user-attribute-profiles"],
    writes: ["PUT /self-service-profiles/{id}/custom-text/en/get-started"],
  }),
  tokenExchangeProfiles: also(list("/token-exchange-profiles", "token-exchange-profile"), {
    reads: ["GET /actions/actions"],
  }),
  organizations: also(list("/organizations", "organization"), {
    reads: [
      "GET /organizations/{id}/enabled_connections",
      "GET /organizations/{id}/client-grants",
      "GET /organizations/{id}/discovery-domains",
      "GET /organizations/{id}/clients",
      "GET /clients",
      "GET /connections",
      "GET /client-grants",
      // Names of connections are looked up in the Deploy CLI's export of them, which reads these too.
      "GET /connections/{id}/scim-configuration",
      "GET /connections/{id}/directory-provisioning",
    ],
    writes: [
      "POST /organizations/{id}/enabled_connections",
      "PATCH /organizations/{id}/enabled_connections/{id}",
      "POST /organizations/{id}/client-grants",
      "POST /organizations/{id}/discovery-domains",
      "PATCH /organizations/{id}/discovery-domains/{id}",
      "POST /organizations/{id}/clients",
      "PATCH /organizations/{id}/clients/{id}",
    ],
    deletes: {
      "organization:acme → connection corp": "DELETE /organizations/{id}/enabled_connections/{id}",
      "organization:acme → client-grant Worker": "DELETE /organizations/{id}/client-grants/{id}",
      "organization:acme → discovery-domain acme.example": "DELETE /organizations/{id}/discovery-domains/{id}",
      "organization:acme → client Shop": "DELETE /organizations/{id}/clients",
    },
  }),
  logStreams: list("/log-streams", "log-stream"),
  flowVaultConnections: list("/flows/vault/connections", "flow-vault-connection"),
  eventStreams: also(list("/event-streams", "event-stream"), { reads: ["GET /actions/actions"] }),
  prompts: also(setting("PATCH", "/prompts"), {
    reads: ["GET /prompts/login/custom-text/en", "GET /tenants/settings"],
    writes: ["PUT /prompts/login/custom-text/en"],
  }),
  flows: also(list("/flows", "forms-flow"), { reads: ["GET /flows/vault/connections"] }),
  // The same of flows, whose export reads names of vault connections.
  forms: also(list("/forms", "form"), { reads: ["GET /flows", "GET /flows/vault/connections"] }),
};

/**
 * Asked for besides, by auth0 7.1's types and the Deploy CLI's handlers/databases.js: since July 2025 an answer has no `options`
 * without the first, and a PATCH of `options` is refused without the second.
 */
const OPTIONS = { reads: ["read:connections_options"], writes: ["update:connections_options"] };

const readsOptions = (section: string): boolean => section === "connections" || section === "organizations";

/** The kinds that every plan reads. */
const ALWAYS = ["tenant", "resourceServers", "clients", "clientGrants", "roles", "databases", "actions", "triggers"];

const scopesOf = (operations: readonly string[]): readonly string[] =>
  operations.map((operation) => DOCUMENTED[operation]![0]!);
const sorted = (scopes: Iterable<string>): readonly string[] => [...new Set(scopes)].sort();

/** As `npm run scopes -- --json` prints them. */
function printed(document: object, purpose: Purpose, deletions: readonly string[] = []): readonly string[] {
  const listed = listRequiredScopes({
    document: document as TenantDocument,
    purpose,
    deletions: deletions.map(parseDeletion),
  });
  const json = JSON.parse(renderScopesJson({ required: listed, granted: undefined, domain: undefined }));
  const { required } = json as { required: readonly { scope: string }[] };
  return sorted(required.map(({ scope }) => scope));
}

test("every section that a deploy writes has its row", () => {
  expect(sorted(Object.keys(SECTIONS))).toEqual(sorted(KINDS.map(({ section }) => section)));
});

/** Of a plan, and what a deploy writes with besides. */
function documented(section: string): { readonly read: readonly string[]; readonly write: readonly string[] } {
  const { reads, writes } = SECTIONS[section]!;
  const more = {
    reads: [...(readsOptions(section) ? OPTIONS.reads : [])],
    writes: [...(section === "connections" ? OPTIONS.writes : [])],
  };
  const always = ALWAYS.flatMap((name) => scopesOf(SECTIONS[name]!.reads));
  return { read: [...always, ...scopesOf(reads), ...more.reads], write: [...scopesOf(writes), ...more.writes] };
}

test.each(Object.keys(SECTIONS))("%s needs the documented scopes, and no others", (section) => {
  const { read, write } = documented(section);
  expect(printed({ [section]: [] }, "plan")).toEqual(sorted(read));
  expect(printed({ [section]: [] }, "deploy")).toEqual(sorted([...read, ...write]));
});

const DELETIONS = Object.entries(SECTIONS).flatMap(([section, { deletes = {} }]) =>
  Object.entries(deletes).map(([deletion, operation]) => [deletion, operation, section] as const),
);
test.each(DELETIONS)("a deletion needs its own besides: %s by %s", (deletion, operation, section) => {
  const { read, write } = documented(section);
  expect(printed({ [section]: [] }, "deploy", [deletion])).toEqual(
    sorted([...read, ...write, ...scopesOf([operation])]),
  );
});

test("options of a database and keys of a client are asked for where the file has them", () => {
  const withOptions = printed({ databases: [{ name: "Users", strategy: "auth0", options: {} }] }, "deploy");
  expect(withOptions).toEqual(sorted([...printed({ databases: [] }, "deploy"), ...OPTIONS.reads, ...OPTIONS.writes]));
  const withKeys = printed({ clients: [{ name: "Worker", client_secret: "secret" }] }, "deploy");
  expect(withKeys).toEqual(sorted([...printed({ clients: [] }, "deploy"), "update:client_keys"]));
});

describe("the local tenant", () => {
  let tenant: LocalTenant;
  let token: string;
  beforeAll(async () => {
    tenant = await startTestTenant();
    const { clientGrants } = tenant.tenant.state;
    const grant = clientGrants.find(({ client_id }) => client_id === tenant.clientId)!;
    clientGrants.set(grant.id, { ...grant, scope: ["read:logs"] });
    token = await managementToken(tenant);
  });
  afterAll(() => tenant.close());

  test.each(Object.entries(DOCUMENTED))("asks for the documented scopes: %s", async (operation, scopes) => {
    const [method = "", path = ""] = operation.split(" ");
    const answer = await call(tenant, `/api/v2${path.replace(/\{\w+\}/g, "some_id")}`, {
      method,
      token,
      ...(method !== "GET" && { body: {} }),
    });
    expect(answer).toMatchObject({ status: 403, body: { errorCode: "insufficient_scope" } });
    const named = /expected any of: (.*)$/.exec(String((answer.body as { message: string }).message))?.[1];
    expect(named?.split(",")).toEqual(expect.arrayContaining([...scopes]));
  });
});
