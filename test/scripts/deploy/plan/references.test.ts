import { describe, expect, test } from "@jest/globals";
import type { LiveTenant } from "../../../../scripts/deploy/kinds/live-tenant.ts";
import { planTenant } from "../../../../scripts/deploy/plan/plan-tenant.ts";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import { AUDIENCE, database, deployedTenant, desire } from "./tenants.ts";

const MANAGEMENT = "https://tenant.example/api/v2/";
const OTHER = "urn:other-api";
const scopesOf = (...values: readonly string[]) => ({ scopes: values.map((value) => ({ value })) });

/** What the deployed tenant has, and beside it what tenant.yaml does not have. */
const live: LiveTenant = deployedTenant({
  api: [
    ...deployedTenant().api,
    { id: "api-2", name: MANAGEMENT, isSystem: true, fields: scopesOf("read:users") },
    { id: "api-3", name: OTHER, fields: scopesOf("read:ledger") },
  ],
  client: [
    ...deployedTenant().client,
    { id: "client-2", name: "Theirs", fields: {} },
    { id: "client-3", name: "Twin", fields: {} },
    { id: "client-4", name: "Twin", fields: {} },
  ],
});
const plan = (document: Partial<TenantDocument>) => planTenant(desire({ document }), live);
const role = (resource_server_identifier: string, permission_name: string): Partial<TenantDocument> => ({
  roles: [{ name: "reader", permissions: [{ permission_name, resource_server_identifier }] }],
});
const grant = (client_id: string, audience: string, ...scope: readonly string[]): Partial<TenantDocument> => ({
  clientGrants: [{ client_id, audience, scope }],
});
const enabled = (...enabled_clients: readonly string[]): Partial<TenantDocument> => ({
  databases: [{ ...database({}), enabled_clients }],
});

describe("tenant.yaml may refer to", () => {
  test.each<[string, Partial<TenantDocument>, readonly string[]]>([
    ["a client by its id in enabled_clients", enabled("client-1"), []],
    ["a client by its id in clientGrants", grant("client-1", AUDIENCE, "get:users"), []],
    ["a client that only the tenant has", grant("Theirs", AUDIENCE), [`create Theirs → ${AUDIENCE}`]],
    ["a client that only the tenant has, by its id", grant("client-2", AUDIENCE), [`create Theirs → ${AUDIENCE}`]],
    ["one of two clients of one name by its id", grant("client-3", AUDIENCE), [`create Twin (client-3) → ${AUDIENCE}`]],
    ["a scope of the Management API in a role", role(MANAGEMENT, "read:users"), ["create reader"]],
    ["a scope of an API that only the tenant has", role(OTHER, "read:ledger"), ["create reader"]],
    ["an API that only the tenant has in a grant", grant("SPA", OTHER, "read:ledger"), [`create SPA → ${OTHER}`]],
  ])("%s", (_what, document, expected) => {
    expect(plan(document).changes.map(({ operation, name }) => `${operation} ${name}`)).toEqual(expected);
  });

  test("no client at all in a grant that is the default for a sort of clients", () => {
    const clientGrants = [{ default_for: "third_party_clients", audience: AUDIENCE, scope: ["get:users"] }];
    const name = `default for third_party_clients → ${AUDIENCE}`;
    expect(plan({ clientGrants }).changes).toMatchObject([{ operation: "create", type: "client-grant", name }]);
    const present = { id: "grant-2", name, fields: { scope: ["get:users"] } };
    const { changes } = planTenant(
      desire({ document: { clientGrants: [...clientGrants, { client_id: "SPA", audience: AUDIENCE }] } }),
      deployedTenant({ "client-grant": [...deployedTenant()["client-grant"], present] }),
    );
    expect(changes).toEqual([]);
  });

  test("an API whose scopes tenant.yaml does not have: the tenant's count", () => {
    const resourceServers = [{ name: "Other", identifier: OTHER }];
    expect(() => plan({ resourceServers, ...role(OTHER, "read:ledger") })).not.toThrow();
  });
});

describe("what neither tenant.yaml nor the tenant has is refused by name while planning", () => {
  test.each<[string, Partial<TenantDocument>, string, string]>([
    ["a client in a grant", grant("Gone", AUDIENCE, "get:users"), "CLIENT_UNKNOWN", "Gone"],
    ["a client in enabled_clients", enabled("SPA", "Gone"), "CLIENT_UNKNOWN", "Gone"],
    [
      "a client in enabled_clients of a new database",
      { databases: [{ name: "New", enabled_clients: ["Gone"] }] },
      "CLIENT_UNKNOWN",
      "Gone",
    ],
    ["a client of two by its name", grant("Twin", AUDIENCE), "CLIENT_NAME_AMBIGUOUS", "client-3, client-4"],
    ["a client of two in enabled_clients", enabled("Twin"), "CLIENT_NAME_AMBIGUOUS", "client-3, client-4"],
    ["an API in a role", role("urn:gone", "read:ledger"), "API_UNKNOWN", "urn:gone"],
    ["a scope in a role", role(OTHER, "write:ledger"), "SCOPE_UNKNOWN", "write:ledger"],
    ["a scope of the Management API in a role", role(MANAGEMENT, "read:gone"), "SCOPE_UNKNOWN", "read:gone"],
    ["a scope that tenant.yaml takes from an API", role(AUDIENCE, "get:gone"), "SCOPE_UNKNOWN", "get:gone"],
    ["an API in a grant", grant("SPA", "urn:gone"), "API_UNKNOWN", "urn:gone"],
    ["a scope in a grant", grant("SPA", OTHER, "write:ledger"), "SCOPE_UNKNOWN", "write:ledger"],
  ])("%s", (_what, document, code, name) => {
    expect(() => plan(document)).toThrow(
      expect.objectContaining({ code, exitCode: 2, message: expect.stringContaining(name) }),
    );
  });

  test("with its line, where the file is at hand", () => {
    const locate = (path: readonly (string | number)[]) => `tenant.yaml:${path.join("/")}`;
    const document = { ...desire().document, ...grant("Gone", AUDIENCE) };
    const desired = { ...desire(), document, locate };
    expect(() => planTenant(desired, live)).toThrow(/tenant\.yaml:clientGrants\/0/);
  });
});
