import { describe, expect, test } from "@jest/globals";
import { checkLosses, type DeletionRequest, parseDeletion } from "../../../../scripts/deploy/plan/plan-deletions.ts";
import { planTenant } from "../../../../scripts/deploy/plan/plan-tenant.ts";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import { deployedTenant, desire } from "./tenants.ts";

const TYPES = [
  "api, client, client-grant, role, database, action, action-module, custom-domain, network-acl, user-attribute-profile",
  "connection-profile, rate-limit-policy, connection, email-provider, phone-provider, theme, self-service-profile",
  "phone-template, token-exchange-profile, organization, log-stream, flow-vault-connection, event-stream, forms-flow, form",
].join(", ");

function refusalOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe("--allow-delete", () => {
  test.each<[string, string, string]>([
    ["role:old", "role", "old"],
    ["action:a name with blanks", "action", "a name with blanks"],
    ["api:https://api.example.com/", "api", "https://api.example.com/"],
    ["network-acl:a: b: c", "network-acl", "a: b: c"],
    // An arrow that keyboards have.
    ["client-grant:SPA -> urn:a", "client-grant", "SPA → urn:a"],
    ["organization:city -> client -> x", "organization", "city → client → x"],
  ])("takes %s", (text, type, name) => {
    expect(parseDeletion(text)).toEqual({ type, name });
  });

  test.each(["", "role", "role:", "user:ada", "tenant:settings", ":old"])("refuses %j with all the types", (text) => {
    expect(refusalOf(() => parseDeletion(text))).toMatchObject({
      code: "DELETION_MALFORMED",
      exitCode: 2,
      message: `--allow-delete takes <type>:<name>, with one of ${TYPES} as the type; got "${text}".`,
    });
  });
});

const live = deployedTenant({
  role: [...deployedTenant().role, { id: "role-2", name: "old", fields: {}, permissions: [] }],
  client: [
    ...deployedTenant().client,
    { id: "client-2", name: "Twice", fields: {} },
    { id: "client-3", name: "Twice", fields: {} },
  ],
});
const deletionsOf = (request: DeletionRequest) => planTenant(desire(), live, [request]).changes;

describe("a deletion", () => {
  test("is planned with the id that the tenant has", () => {
    expect(deletionsOf({ type: "role", name: "old" })).toEqual([
      { operation: "delete", type: "role", name: "old", id: "role-2", fields: [] },
    ]);
  });

  test("of what is gone already is nothing to do where that was said", () => {
    expect(deletionsOf({ type: "role", name: "ghost", mayBeGone: true })).toEqual([]);
    expect(deletionsOf({ type: "role", name: "old", mayBeGone: true })).toHaveLength(1);
  });

  test.each<[string, DeletionRequest, string, string]>([
    [
      "what tenant.yaml has",
      { type: "role", name: "editor" },
      "DELETION_WANTED",
      'tenant.yaml has role "editor": take it out there first, or leave it out of --allow-delete.',
    ],
    [
      "what tenant.yaml has, though it may be gone",
      { type: "role", name: "editor", mayBeGone: true },
      "DELETION_WANTED",
      'tenant.yaml has role "editor": take it out there first, or leave it out of --allow-delete.',
    ],
    [
      "what the tenant does not have",
      { type: "role", name: "ghost" },
      "DELETION_UNKNOWN",
      'The tenant has no role "ghost": --allow-delete must name exactly one.',
    ],
    [
      "what is there under another type",
      { type: "client", name: "old" },
      "DELETION_UNKNOWN",
      'The tenant has no client "old": --allow-delete must name exactly one.',
    ],
    [
      "one of two of a name",
      { type: "client", name: "Twice" },
      "DELETION_UNKNOWN",
      'The tenant has 2 client "Twice": --allow-delete must name exactly one.',
    ],
    [
      "one of two of a name, though they may be gone",
      { type: "client", name: "Twice", mayBeGone: true },
      "DELETION_UNKNOWN",
      'The tenant has 2 client "Twice": --allow-delete must name exactly one.',
    ],
  ])("of %s is refused", (_what, request, code, message) => {
    expect(refusalOf(() => deletionsOf(request))).toMatchObject({ code, exitCode: 2, message });
  });
});

describe("a list of tenant.yaml that lacks what the tenant has", () => {
  const city = (connections: readonly string[]) => ({
    name: "city",
    connections: connections.map((name) => ({ name, assign_membership_on_login: false })),
  });
  const desired = desire({ document: { organizations: [city(["Users"])] } as unknown as Partial<TenantDocument> });
  const tenant = deployedTenant({
    organization: [{ id: "city", name: "city", fields: city(["Users", "partner", "other"]) }],
    database: [
      ...deployedTenant().database,
      { id: "con-2", name: "partner", fields: {}, enabledClientIds: [] },
      { id: "con-3", name: "other", fields: {}, enabledClientIds: [] },
    ],
  });
  const request = (type: "organization" | "role", name: string) => ({ type, name }) as const;

  test("is refused with what to pass for each", () => {
    expect(refusalOf(() => checkLosses(desired, tenant, []))).toMatchObject({
      code: "DELETION_NEEDED",
      exitCode: 2,
      message: `Nothing was sent: lists of tenant.yaml do not have what the tenant has, and nothing is deleted that was not named.
  --allow-delete="organization:city → connection partner"
  --allow-delete="organization:city → connection other"
Pass that, or write what is to stay into tenant.yaml.`,
    });
  });

  test("is refused with those alone that were not named, by name and by type", () => {
    const others = [request("organization", "city → connection partner"), request("role", "city → connection other")];
    expect(refusalOf(() => checkLosses(desired, tenant, others))).toMatchObject({
      message: `Nothing was sent: lists of tenant.yaml do not have what the tenant has, and nothing is deleted that was not named.
  --allow-delete="organization:city → connection other"
Pass that, or write what is to stay into tenant.yaml.`,
    });
  });

  test("is planned where all are named", () => {
    const requests = [
      request("organization", "city → connection partner"),
      request("organization", "city → connection other"),
    ];
    expect(() => checkLosses(desired, tenant, requests)).not.toThrow();
    const { changes } = planTenant(desired, tenant, requests);
    expect(changes.filter(({ type }) => type === "organization")).toEqual([
      {
        operation: "delete",
        type: "organization",
        name: "city → connection partner",
        id: "city → connection partner",
        fields: [],
      },
      {
        operation: "delete",
        type: "organization",
        name: "city → connection other",
        id: "city → connection other",
        fields: [],
      },
    ]);
  });

  test("does not make a role of that name one of its members", () => {
    const roles = [{ id: "role-9", name: "city → connection partner", fields: {}, permissions: [] }];
    const { changes } = planTenant(desired, { ...tenant, role: [...tenant.role, ...roles] }, [
      request("role", "city → connection partner"),
    ]);
    expect(changes).toEqual([
      { operation: "delete", type: "role", name: "city → connection partner", id: "role-9", fields: [] },
    ]);
  });

  test("and a list that has all is refused nothing", () => {
    expect(() => checkLosses(desire(), deployedTenant(), [])).not.toThrow();
  });
});
