import { describe, expect, test } from "@jest/globals";
import { listRequiredScopes } from "../../../../scripts/deploy/checks/required-scopes.ts";
import { parseDeletion } from "../../../../scripts/deploy/plan/plan-deletions.ts";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";

/** `scope: reason`, in order. */
function scopes(document: object, purpose: "plan" | "deploy", ...deletions: readonly string[]): readonly string[] {
  const need = { document: document as TenantDocument, purpose, deletions: deletions.map(parseDeletion) };
  return listRequiredScopes(need).map(({ scope, reason }) => `${scope}: ${reason}`);
}

const ALWAYS = [
  "read:tenant_settings: every plan",
  "read:resource_servers: every plan",
  "read:clients: every plan",
  "read:client_grants: every plan",
  "read:roles: every plan",
  "read:connections: every plan",
  "read:actions: every plan",
];

describe("the scopes that are needed", () => {
  test("to plan an empty file are those to read what every tenant has", () => {
    expect(scopes({}, "plan")).toEqual(ALWAYS);
  });

  test.each<[string, object, "plan" | "deploy", readonly string[]]>([
    ["nothing", {}, "deploy", []],
    ["roles, to plan", { roles: [] }, "plan", []],
    ["roles", { roles: [] }, "deploy", ["create:roles: roles in tenant.yaml", "update:roles: roles in tenant.yaml"]],
    ["a flow", { triggers: {} }, "deploy", ["update:actions: triggers in tenant.yaml"]],
    [
      "Actions and a flow, each scope once",
      { actions: [], triggers: {} },
      "deploy",
      ["create:actions: actions in tenant.yaml", "update:actions: actions in tenant.yaml"],
    ],
    [
      "databases, whose options are seen",
      { databases: [{ name: "Users" }] },
      "deploy",
      [
        "read:connections_options: databases in tenant.yaml",
        "create:connections: databases in tenant.yaml",
        "update:connections: databases in tenant.yaml",
      ],
    ],
    [
      "options of a database, which are written",
      { databases: [{ name: "Users", options: {} }] },
      "deploy",
      [
        "read:connections_options: databases in tenant.yaml",
        "create:connections: databases in tenant.yaml",
        "update:connections: databases in tenant.yaml",
        "update:connections_options: databases in tenant.yaml",
      ],
    ],
    [
      "databases, to plan",
      { databases: [{ name: "Users", options: {} }] },
      "plan",
      ["read:connections_options: databases in tenant.yaml"],
    ],
    [
      "log streams, which are read where the file has them",
      { logStreams: [] },
      "deploy",
      [
        "read:log_streams: logStreams in tenant.yaml",
        "create:log_streams: logStreams in tenant.yaml",
        "update:log_streams: logStreams in tenant.yaml",
      ],
    ],
    ["log streams, to plan", { logStreams: [] }, "plan", ["read:log_streams: logStreams in tenant.yaml"]],
  ])("for a file with %s", (_what, document, purpose, expected) => {
    expect(scopes(document, purpose).filter((row) => !ALWAYS.includes(row))).toEqual(expected);
  });

  test.each<[string, "plan" | "deploy", readonly string[], readonly string[]]>([
    ["a role, to plan", "plan", ["role:old"], []],
    ["two roles", "deploy", ["role:old", "role:older"], ["delete:roles: --allow-delete=role:…"]],
    [
      "a role and an Action, in the order in which they are named",
      "deploy",
      ["role:old", "action:old"],
      ["delete:roles: --allow-delete=role:…", "delete:actions: --allow-delete=action:…"],
    ],
    ["a log stream, to plan", "plan", ["log-stream:Audit"], ["read:log_streams: --allow-delete"]],
    [
      "a log stream, and no other is written",
      "deploy",
      ["log-stream:Audit"],
      ["read:log_streams: --allow-delete", "delete:log_streams: --allow-delete=log-stream:…"],
    ],
  ])("to delete %s", (_what, purpose, deletions, expected) => {
    expect(scopes({}, purpose, ...deletions).filter((row) => !ALWAYS.includes(row))).toEqual(expected);
  });

  test("to delete a member of an organization are not those to delete the organization", () => {
    const deleting = (name: string) => scopes({}, "deploy", name).filter((row) => row.startsWith("delete:"));
    expect(deleting("organization:city -> connection partner")).toEqual([
      "delete:organization_connections: --allow-delete=organization:…",
    ]);
    expect(deleting("organization:city")).toEqual(["delete:organizations: --allow-delete=organization:…"]);
  });
});
