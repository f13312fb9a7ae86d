import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { ManagementClient } from "auth0";
import type { Kind } from "../../../../scripts/deploy/kinds/kind.ts";
import type { Fields, LiveRecord } from "../../../../scripts/deploy/kinds/live-record.ts";
import type { LiveTenant } from "../../../../scripts/deploy/kinds/live-tenant.ts";
import { KINDS } from "../../../../scripts/deploy/kinds/table.ts";
import type { Update } from "../../../../scripts/deploy/plan/change.ts";
import type { WriteContext } from "../../../../scripts/deploy/write/context.ts";
import { createUndoLog } from "../../../../scripts/deploy/write/undo.ts";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import { emptyTenant } from "../plan/tenants.ts";
import { type KindsOnTenant, startKindsOnTenant } from "./kinds-on-tenant.ts";

const kindOf = (type: string) => KINDS.find((kind) => kind.type === type) as Kind<never, LiveRecord>;
const item = (name: string, fields: Fields): LiveRecord => ({ id: name, name, fields });

/** A Management API of these members alone, which answers rows and writes down what is deleted. */
function answering(rows: readonly object[], deleted: unknown[]) {
  const list = async (...args: readonly unknown[]) => {
    deleted.push(["list", ...args]);
    return rows;
  };
  const remove = async (...args: readonly unknown[]) => void deleted.push(["delete", ...args]);
  return { list, delete: remove };
}

describe("one of a kind that the Deploy CLI writes is deleted by its id, found by its name", () => {
  const paged = [{ per_page: 100 }];
  const taken = [{ take: 100 }];
  const named = [
    { id: "1", name: "Other" },
    { id: "2", name: "Wanted" },
  ];
  test.each<[string, string, (api: ReturnType<typeof answering>) => object, readonly object[], unknown[]]>([
    ["action-module", "Wanted", (modules) => ({ actions: { modules } }), named, paged],
    [
      "custom-domain",
      "login.example",
      (customDomains) => ({ customDomains }),
      [
        { custom_domain_id: "1", domain: "other.example" },
        { custom_domain_id: "2", domain: "login.example" },
      ],
      [],
    ],
    [
      "network-acl",
      "7",
      (networkAcls) => ({ networkAcls }),
      [
        { id: "1", priority: 8 },
        { id: "2", priority: 7 },
      ],
      paged,
    ],
    ["user-attribute-profile", "Wanted", (userAttributeProfiles) => ({ userAttributeProfiles }), named, []],
    ["connection-profile", "Wanted", (connectionProfiles) => ({ connectionProfiles }), named, []],
    [
      "rate-limit-policy",
      "clients",
      (rateLimitPolicies) => ({ rateLimitPolicies }),
      [
        { id: "1", consumer_selector: "others" },
        { id: "2", consumer_selector: "clients" },
      ],
      [],
    ],
    ["connection", "Wanted", (connections) => ({ connections }), named, taken],
    ["self-service-profile", "Wanted", (selfServiceProfiles) => ({ selfServiceProfiles }), named, paged],
    [
      "token-exchange-profile",
      "urn:wanted",
      (tokenExchangeProfiles) => ({ tokenExchangeProfiles }),
      [
        { id: "1", subject_token_type: "urn:other" },
        { id: "2", subject_token_type: "urn:wanted" },
      ],
      [],
    ],
    ["organization", "Wanted", (organizations) => ({ organizations }), named, taken],
    ["log-stream", "Wanted", (logStreams) => ({ logStreams }), named, []],
    ["flow-vault-connection", "Wanted", (connections) => ({ flows: { vault: { connections } } }), named, paged],
    ["event-stream", "Wanted", (eventStreams) => ({ eventStreams }), named, []],
    ["forms-flow", "Wanted", (flows) => ({ flows }), named, paged],
    ["form", "Wanted", (forms) => ({ forms }), named, paged],
  ])("%s", async (type, name, management, rows, query) => {
    const calls: unknown[] = [];
    await kindOf(type).delete?.(management(answering(rows, calls)) as unknown as ManagementClient, name);
    expect(calls).toEqual([
      ["list", ...query],
      ["delete", "2"],
    ]);
  });

  test("and of those that a tenant has one of, whatever it is called", async () => {
    const calls: unknown[] = [];
    const remove = async (...args: readonly unknown[]) => void calls.push(args);
    const management = {
      emails: { provider: { get: async () => ({ name: "smtp" }), delete: remove } },
      branding: {
        themes: { getDefault: async () => ({ themeId: "th1" }), delete: remove },
        phone: {
          providers: { list: async () => ({ providers: [{ id: "p1", name: "twilio" }] }), delete: remove },
          templates: {
            list: async () => ({
              templates: [
                { id: "t1", type: "otp_enroll" },
                { id: "t2", type: "otp_verify" },
              ],
            }),
            delete: remove,
          },
        },
      },
    } as unknown as ManagementClient;
    await kindOf("email-provider").delete?.(management, "settings");
    await kindOf("phone-provider").delete?.(management, "default");
    await kindOf("phone-template").delete?.(management, "otp_verify");
    await kindOf("theme").delete?.(management, "default");
    expect(calls).toEqual([[], ["p1"], ["t2"], ["th1"]]);
  });

  test("or not, with a reason, where it is gone", async () => {
    const management = { logStreams: answering([], []) } as unknown as ManagementClient;
    await expect(kindOf("log-stream").delete?.(management, "Audit")).rejects.toThrow(
      "log-stream Audit is to be deleted, and is not there any more",
    );
    const none = {
      branding: { phone: { providers: { list: async () => ({}) }, templates: { list: async () => ({}) } } },
    } as unknown as ManagementClient;
    await expect(kindOf("phone-provider").delete?.(none, "default")).rejects.toThrow("is not there any more");
    await expect(kindOf("phone-template").delete?.(none, "otp_verify")).rejects.toThrow("is not there any more");
  });

  test("or never: kinds that every tenant has", () => {
    expect(KINDS.filter((kind) => kind.delete === undefined).map(({ type }) => type)).toEqual([
      "tenant",
      "page",
      "guardian-factor",
      "guardian-factor-template",
      "guardian-policies",
      "guardian-phone-provider",
      "guardian-phone-message-types",
      "attack-protection",
      "risk-assessment",
      "email-template",
      "branding",
      "prompts",
      "supplemental-signals",
      "flow",
    ]);
  });
});

describe("an organization", () => {
  test.each<[string, object, unknown[]]>([
    [
      "connection partner",
      {
        enabledConnections: {
          list: async () => [
            { connection_id: "con_0", connection: { name: "x" } },
            { connection_id: "con_1", connection: { name: "partner" } },
          ],
        },
      },
      ["enabledConnections", "org_2", "con_1"],
    ],
    [
      "connection gone",
      { enabledConnections: { list: async () => [{ connection_id: "con_0" }] } },
      ["enabledConnections", "org_2", "gone"],
    ],
    [
      "client-grant Town App",
      { clientGrants: { list: async () => [{ id: "cgr_0" }, { id: "cgr_1", client_id: "c1" }] } },
      ["clientGrants", "org_2", "cgr_1"],
    ],
    [
      "client-grant c9",
      {
        clientGrants: {
          list: async () => [
            { id: "cgr_0", client_id: "c1" },
            { id: "cgr_9", client_id: "c9" },
          ],
        },
      },
      ["clientGrants", "org_2", "cgr_9"],
    ],
    ["client-grant cgr_5", { clientGrants: { list: async () => [] } }, ["clientGrants", "org_2", "cgr_5"]],
    [
      "discovery-domain city.example",
      {
        discoveryDomains: {
          list: async () => [
            { id: "d0", domain: "x" },
            { id: "d1", domain: "city.example" },
          ],
        },
      },
      ["discoveryDomains", "org_2", "d1"],
    ],
    ["discovery-domain gone", { discoveryDomains: { list: async () => [] } }, ["discoveryDomains", "org_2", "gone"]],
    ["client Town App", { clients: {} }, ["clients", "org_2", { clients: ["c1"] }]],
    ["client c7", { clients: {} }, ["clients", "org_2", { clients: ["c7"] }]],
  ])("loses one of its lists by the id of it: %s", async (member, lists, expected) => {
    const calls: unknown[] = [];
    const queries: unknown[] = [];
    const organizations = Object.fromEntries(
      Object.entries(lists).map(([name, api]) => [
        name,
        { ...(api as object), delete: async (...args: readonly unknown[]) => void calls.push([name, ...args]) },
      ]),
    );
    const management = {
      organizations: {
        ...organizations,
        list: async () => [
          { id: "org_1", name: "town" },
          { id: "org_2", name: "city" },
        ],
      },
      clients: {
        async list(query: unknown) {
          queries.push(query);
          return [{}, { client_id: "c0", name: "Other" }, { client_id: "c1", name: "Town App" }];
        },
      },
    } as unknown as ManagementClient;
    await kindOf("organization").delete?.(management, `city → ${member}`);
    expect(calls).toEqual([expected]);
    for (const query of queries) {
      expect(query).toEqual({ per_page: 100, fields: "client_id,name", include_fields: true });
    }
  });

  test("is deleted itself by its name alone, and each with the scope of its own", () => {
    const { listDeletionScopes } = kindOf("organization");
    expect(
      [
        "city",
        "city → connection a",
        "city → client-grant b",
        "city → discovery-domain c",
        "city → client d",
        "city → other e",
      ].map((name) => listDeletionScopes?.(name)),
    ).toEqual([
      ["delete:organizations"],
      ["delete:organization_connections"],
      ["delete:organization_client_grants"],
      ["delete:organization_discovery_domains"],
      ["delete:organization_clients"],
      ["delete:organizations"],
    ]);
  });

  test("has as losses what the tenant's lists have and those of tenant.yaml do not", () => {
    const live = item("city", {
      connections: [{ name: "a" }, { name: "b" }],
      client_grants: [{ client_id: "Desk" }],
      clients: [{ client_id: "Desk" }],
      discovery_domains: [{ domain: "city.example" }],
    });
    const lossesOf = (entry: object) =>
      kindOf("organization")
        .listLosses?.(
          {
            document: {
              organizations: [
                { name: "city", ...entry },
                { name: "new", connections: [] },
              ],
            },
          } as never,
          [live],
          emptyTenant,
        )
        .map(({ name }) => name);
    expect(lossesOf({ connections: [{ name: "b" }], client_grants: [], discovery_domains: [] })).toEqual([
      "city → connection a",
      "city → client-grant Desk",
      "city → discovery-domain city.example",
    ]);
    expect(lossesOf({ clients: [] })).toEqual(["city → client Desk"]);
    expect(lossesOf({})).toEqual([]);
  });
});

describe("on a tenant", () => {
  let on: KindsOnTenant;
  let desk = "";
  let connection = "";
  beforeAll(async () => {
    on = await startKindsOnTenant();
    desk = (await on.management.clients.create({ name: "Desk" })).client_id ?? "";
    connection =
      (
        await on.management.connections.create({
          name: "partner",
          strategy: "oidc",
          options: OIDC,
          enabled_clients: [desk],
        })
      ).id ?? "";
  });
  beforeEach(() => {
    on.decide(() => undefined);
    on.takeWrites();
  });
  afterAll(() => on.tenant.close());

  const OIDC = {
    client_id: "abc",
    type: "back_channel",
    discovery_url: "https://idp.example/.well-known/openid-configuration",
  };
  const contextOf = (tenant: LiveTenant, document: TenantDocument = {}) => {
    const undo = createUndoLog(() => {});
    const reported: string[] = [];
    const context: WriteContext = {
      management: on.management,
      desired: on.desire(document),
      tenant,
      readAgain: async () => [],
      undo,
      report: ({ type, name }) => void reported.push(`${type} ${name}`),
    };
    return { context, undo, reported };
  };
  const enabled = () => on.tenant.tenant.state.connections.get(connection)?.enabled_clients;

  test("a connection whose list of clients is emptied is switched off for all of them, and on again if the deploy fails", async () => {
    const document = { connections: [{ name: "partner", strategy: "oidc", enabled_clients: [] }] };
    const exported = { connections: [{ name: "partner", strategy: "oidc", enabled_clients: [desk] }] };
    const live = await on.read(document, exported);
    expect(live.connection).toEqual([
      item("partner", { name: "partner", strategy: "oidc", enabled_clients: ["Desk"] }),
    ]);
    const kind = kindOf("connection");
    const changes = kind.plan(on.desire(document), live.connection, live);
    expect(changes).toEqual([
      {
        operation: "update",
        type: "connection",
        name: "partner",
        id: "partner",
        fields: [{ path: "enabled_clients", before: ["Desk"], after: [] }],
        patch: {},
      },
    ]);
    expect(kind.warn?.(changes, on.desire(document), live)).toEqual([
      { code: "ACCESS_CLOSED", message: "enabled_clients of connection partner: nobody can log in with it." },
    ]);
    const { context, undo } = contextOf(live);
    await kind.update(changes, live.connection, context);
    expect(on.takeWrites()).toEqual([["PATCH /connections/:id/clients", [{ client_id: desk, status: false }]]]);
    expect(enabled()).toEqual([]);
    expect(await undo.undoAll()).toEqual([]);
    expect(enabled()).toEqual([desk]);
  });

  test.each<[string, Partial<Update>]>([
    ["of a list that is not emptied", { fields: [{ path: "enabled_clients", before: ["Desk"], after: ["Other"] }] }],
    ["of another list", { fields: [{ path: "realms", before: ["Desk"], after: [] }] }],
    ["where there was none", { fields: [{ path: "enabled_clients", before: undefined, after: [] }] }],
    ["of another kind", { type: "organization", fields: [{ path: "enabled_clients", before: ["Desk"], after: [] }] }],
    [
      "of a new one",
      { operation: "create", fields: [{ path: "enabled_clients", before: ["Desk"], after: [] }] } as never,
    ],
    ["where its list is gone", { fields: [{ path: "enabled_clients", before: ["Desk"], after: undefined }] }],
  ])("nothing is switched off %s", async (_, change) => {
    const { context } = contextOf({ ...emptyTenant, client: [item("Desk", {})] });
    const update = { operation: "update", type: "connection", name: "partner", id: "partner", fields: [], patch: {} };
    await kindOf("connection").update([{ ...update, ...change } as Update], [], context);
    expect(on.takeWrites()).toEqual([]);
  });

  test("a client that the tenant has by its id alone is switched off by that", async () => {
    const fields = [{ path: "enabled_clients", before: [desk], after: [] }];
    const { context } = contextOf(emptyTenant);
    await kindOf("connection").update(
      [{ operation: "update", type: "connection", name: "partner", id: "partner", fields, patch: {} }],
      [],
      context,
    );
    expect(on.takeWrites()).toEqual([["PATCH /connections/:id/clients", [{ client_id: desk, status: false }]]]);
    await on.management.connections.clients.update(connection, [{ client_id: desk, status: true }]);
  });

  test("a network ACL is made by one request of its own, its answer not lost", async () => {
    const entry = {
      description: "Block",
      priority: 3,
      active: false,
      rule: { action: { block: true }, scope: "tenant", match: { geo_country_codes: ["XX"] } },
    };
    const document = { networkACLs: [entry] };
    const kind = kindOf("network-acl");
    const changes = kind.plan(on.desire(document), [], emptyTenant);
    const { context, reported } = contextOf(emptyTenant, document);
    await kind.create?.(changes, [], context);
    expect(on.takeWrites()).toEqual([["POST /network-acls", entry]]);
    expect(reported).toEqual(["network-acl 3"]);
    expect(kindOf("log-stream").create).toBe(undefined);
  });

  test("what the Deploy CLI exports is read as it is, but for ids of what is read here", async () => {
    const document = {
      organizations: [],
      guardianFactors: [],
      logStreams: [],
      eventStreams: [],
    } as unknown as TenantDocument;
    const live = await on.read(document, {
      organizations: [
        {
          name: "city",
          connections: [{ name: "partner" }],
          client_grants: [{ client_id: desk }],
          clients: [{ client_id: "gone" }],
        },
      ],
      guardianFactors: [{ name: "sms", enabled: true }],
      logStreams: [],
    });
    expect(live.organization).toEqual([
      item("city", {
        name: "city",
        connections: [{ name: "partner" }],
        client_grants: [{ client_id: "Desk" }],
        clients: [{ client_id: "gone" }],
      }),
    ]);
    expect(live["guardian-factor"]).toEqual([{ ...item("sms", { name: "sms", enabled: true }), isSystem: true }]);
    expect([live["log-stream"], live["event-stream"]]).toEqual([[], []]);
    expect(on.listReads().filter((path) => path.startsWith("/clients"))).toHaveLength(1);
  });
});

describe("what a kind says of its secrets", () => {
  const document = {
    logStreams: [
      { name: "Audit", sink: { httpAuthorization: "one", httpCustomHeaders: [{ header: "a", value: "two" }] } },
    ],
    connections: [{ name: "idp", strategy: "oidc", options: { client_secret: "three" } }],
    emailProvider: { name: "smtp", credentials: { smtp_pass: "four", smtp_host: "h" } },
  } as unknown as TenantDocument;
  const desired = { document, actions: [], writeSecrets: [], owner: "o", digestSecrets: () => "d" } as never;

  test.each<[string, readonly unknown[], unknown]>([
    [
      "log-stream",
      ["one", "two"],
      [
        {
          name: "log-stream:Audit",
          paths: ["sink.httpAuthorization", "sink.httpCustomHeaders[0].value"],
          isCompared: false,
        },
      ],
    ],
    ["connection", ["three"], [{ name: "connection:idp", paths: ["options.client_secret"], isCompared: true }]],
    [
      "email-provider",
      ["four"],
      [{ name: "email-provider:settings", paths: ["credentials.smtp_pass"], isCompared: false }],
    ],
    ["organization", [], []],
  ])("%s", (type, values, writeOnly) => {
    expect(kindOf(type).listSecrets?.(document)).toEqual(values);
    expect(kindOf(type).listWriteOnly?.(desired, [], emptyTenant)).toEqual(writeOnly);
  });

  test("a connection whose metadata is full keeps no digest, so its secrets are not compared", () => {
    const metadata = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`key${index}`, "v"]));
    expect(kindOf("connection").listWriteOnly?.(desired, [item("idp", { metadata })], emptyTenant)).toEqual([
      { name: "connection:idp", paths: ["options.client_secret"], isCompared: false },
    ]);
  });

  test("a difference of what Auth0 moves itself, or of a secret, is none", () => {
    const one = item("rates", { code: "1", latest_version_number: 1, secrets: [{ name: "K", value: "x" }] });
    const other = item("rates", { code: "1", latest_version_number: 2, secrets: [{ name: "K", value: "y" }] });
    expect(kindOf("action-module").listDifferences(one, other)).toEqual([]);
    expect(kindOf("action-module").listDifferences(one, item("rates", { ...other.fields, code: "2" }))).toEqual([
      "action-module rates: code",
    ]);
  });
});
