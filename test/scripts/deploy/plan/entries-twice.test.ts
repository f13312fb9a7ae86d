import { describe, expect, test } from "@jest/globals";
import { planTenant } from "../../../../scripts/deploy/plan/plan-tenant.ts";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import { ACTIONS, AUDIENCE, deployedTenant, desire } from "./tenants.ts";

const locate = (path: readonly (string | number)[]) => `tenant.yaml:${path.join("/")}`;
const ACTION = { name: "first", code: "./first.js", supported_triggers: [] };

describe("one thing that stands twice in tenant.yaml is refused with both places", () => {
  test.each<[string, keyof TenantDocument, readonly [object, object]]>([
    [
      "an API",
      "resourceServers",
      [
        { name: "A", identifier: "urn:a" },
        { name: "B", identifier: "urn:a" },
      ],
    ],
    ["a client that is new", "clients", [{ name: "New" }, { name: "New", app_type: "spa" }]],
    ["a client that is there", "clients", [{ name: "SPA" }, { name: "SPA" }]],
    [
      "a client grant",
      "clientGrants",
      [
        { client_id: "SPA", audience: AUDIENCE },
        { client_id: "SPA", audience: AUDIENCE },
      ],
    ],
    [
      "a client grant, by name and by id",
      "clientGrants",
      [
        { client_id: "SPA", audience: AUDIENCE },
        { client_id: "client-1", audience: AUDIENCE },
      ],
    ],
    ["a role", "roles", [{ name: "reader" }, { name: "reader" }]],
    ["a database", "databases", [{ name: "Users" }, { name: "Users" }]],
    ["an Action", "actions", [ACTION, ACTION]],
    ["an organization", "organizations", [{ name: "city" }, { name: "city" }]],
    ["an organization in other letters", "organizations", [{ name: "city" }, { name: "CITY" }]],
    [
      "a custom domain in other letters",
      "customDomains",
      [
        { domain: "a.example", type: "auth0_managed_certs" },
        { domain: "A.example", type: "auth0_managed_certs" },
      ],
    ],
  ])("%s", (_what, section, pair) => {
    const document = { ...desire().document, [section]: pair };
    const desired = { ...desire(), document, locate };
    expect(() => planTenant(desired, deployedTenant())).toThrow(
      expect.objectContaining({
        code: "ENTRY_TWICE",
        exitCode: 2,
        message: expect.stringMatching(new RegExp(`tenant\\.yaml:${section}/0[\\s\\S]*tenant\\.yaml:${section}/1`)),
      }),
    );
  });

  test("a permission of a role as well", () => {
    const permission = { permission_name: "get:users", resource_server_identifier: AUDIENCE };
    const roles = [{ name: "reader", permissions: [permission, { ...permission }] }];
    expect(() => planTenant({ ...desire({ document: { roles } }), locate }, deployedTenant())).toThrow(
      expect.objectContaining({
        code: "ENTRY_TWICE",
        message: expect.stringMatching(/roles\/0\/permissions\/0[\s\S]*roles\/0\/permissions\/1/),
      }),
    );
  });

  test.each<[string, Partial<TenantDocument>, RegExp]>([
    [
      "a scope of an API",
      {
        resourceServers: [
          { name: "A", identifier: AUDIENCE, scopes: [{ value: "get:users" }, { value: "get:users" }] },
        ],
        roles: [],
      },
      /resourceServers\/0\/scopes\/0[\s\S]*resourceServers\/0\/scopes\/1/,
    ],
    [
      "a secret of an Action",
      { actions: [{ ...ACTION, secrets: [{ name: "KEY", value: "a" }, { name: "KEY" }] }] },
      /actions\/0\/secrets\/0[\s\S]*actions\/0\/secrets\/1/,
    ],
    [
      "a package of an Action",
      { actions: [{ ...ACTION, dependencies: [{ name: "stripe", version: "1.0.0" }, { name: "stripe" }] }] },
      /actions\/0\/dependencies\/0[\s\S]*actions\/0\/dependencies\/1/,
    ],
    [
      "an Action of a flow",
      { triggers: { "post-login": [{ action_name: "first" }, { action_name: "first", display_name: "again" }] } },
      /triggers\/post-login\/0[\s\S]*triggers\/post-login\/1/,
    ],
    [
      "a connection of an organization",
      { organizations: [{ name: "city", connections: [{ name: "Users" }, { name: "Users" }] }] },
      /organizations\/0\/connections\/0[\s\S]*organizations\/0\/connections\/1/,
    ],
    [
      "a domain of an organization in other letters",
      { organizations: [{ name: "city", discovery_domains: [{ domain: "a.example" }, { domain: "A.example" }] }] },
      /discovery_domains\/0[\s\S]*discovery_domains\/1/,
    ],
    [
      "a connection that is called like a database of the tenant",
      { databases: [], connections: [{ name: "Users", strategy: "oidc" }] },
      /connections\/0 .*: a database is called "Users"/,
    ],
    [
      "a connection that is called like a database of the file",
      { databases: [{ name: "New" }], connections: [{ name: "New", strategy: "oidc" }] },
      /connections\/0 .*: a database is called "New"/,
    ],
  ])("%s as well", (_what, document, places) => {
    expect(() => planTenant({ ...desire({ document }), locate }, deployedTenant())).toThrow(
      expect.objectContaining({ code: "ENTRY_TWICE", exitCode: 2, message: expect.stringMatching(places) }),
    );
  });

  test("a client that a database has by its name and by its id is enabled once", () => {
    const databases = [{ name: "New", enabled_clients: ["SPA", "client-1", "SPA"] }];
    const [change] = planTenant(desire({ document: { databases } }), deployedTenant()).changes;
    expect(change?.fields).toEqual([{ path: "enabled_clients", before: undefined, after: "SPA" }]);
  });

  test("but names of roles and clients in other letters are two", () => {
    const document = { clients: [{ name: "Till" }, { name: "till" }], roles: [{ name: "Clerk" }, { name: "clerk" }] };
    expect(() => planTenant(desire({ document }), deployedTenant())).not.toThrow();
  });

  test("but two grants of one client for one API that differ in subject_type are two", () => {
    const grant = { client_id: "SPA", audience: AUDIENCE };
    const document = { clientGrants: [grant, { ...grant, subject_type: "user" }] };
    expect(() => planTenant(desire({ document, actions: ACTIONS }), deployedTenant())).not.toThrow();
  });
});
