import { describe, expect, test } from "@jest/globals";
import { listRequiredScopes } from "../../../../scripts/deploy/checks/required-scopes.ts";
import { KINDS, type ResourceType } from "../../../../scripts/deploy/kinds/table.ts";
import { listCreated, listDifferences } from "../../../../scripts/deploy/live/list-differences.ts";
import { parseDeletion } from "../../../../scripts/deploy/plan/plan-deletions.ts";
import { planTenant } from "../../../../scripts/deploy/plan/plan-tenant.ts";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import { AUDIENCE, deployedTenant, desire } from "../plan/tenants.ts";

/** By kind: its section, what the deployed tenant has first of it, and the resource that its scopes are named after. */
const COMES_AND_GOES: readonly (readonly [ResourceType, keyof TenantDocument, string, string])[] = [
  ["api", "resourceServers", AUDIENCE, "resource_servers"],
  ["client", "clients", "SPA", "clients"],
  ["client-grant", "clientGrants", `SPA → ${AUDIENCE}`, "client_grants"],
  ["role", "roles", "editor", "roles"],
  ["database", "databases", "Users", "connections"],
  ["action", "actions", "first", "actions"],
];
const ALWAYS_THERE: readonly (readonly [ResourceType, string, string])[] = [
  ["tenant", "settings", "tenant_settings"],
  ["flow", "post-login", "actions"],
];

const bare = { document: Object.fromEntries(COMES_AND_GOES.map(([, section]) => [section, []])), actions: [] };

test("every kind that is written here stands in one of the two lists of this suite", () => {
  const listed = [...COMES_AND_GOES, ...ALWAYS_THERE].map(([type]) => type);
  const own = KINDS.filter(({ isHandedOver }) => !isHandedOver).map(({ type }) => type);
  expect([...own].sort()).toEqual([...listed].sort());
});

describe.each(COMES_AND_GOES)("%s, in the section %s", (type, section, name, resource) => {
  const without = deployedTenant({ [type]: [] });

  test("is left alone and listed when tenant.yaml does not have it", () => {
    const { changes, unmanaged } = planTenant(desire(bare), deployedTenant());
    expect(unmanaged).toContainEqual(expect.objectContaining({ type, name }));
    expect(changes.filter((change) => change.type === type)).toEqual([]);
  });

  test("is listed as new after a deploy that failed", () => {
    expect(listCreated(without, deployedTenant())).toContain(`${type} ${name}`);
  });

  test("is listed as gone when it is", () => {
    expect(listDifferences(deployedTenant(), without)).toContain(`${type} ${name} (gone)`);
  });

  test("is deleted when --allow-delete names it and nothing else", () => {
    const { changes } = planTenant(desire(bare), deployedTenant(), [parseDeletion(`${type}:${name}`)]);
    const deletions = changes.filter(({ operation }) => operation === "delete");
    expect(deletions.map((change) => [change.type, change.name])).toEqual([[type, name]]);
  });

  test("needs one scope to be read, two to be written and one to be deleted", () => {
    const deletions = [{ type, name }];
    const scopes = listRequiredScopes({ document: { [section]: [] }, purpose: "deploy", deletions });
    const own = scopes.filter(({ scope }) => scope.endsWith(`:${resource}`)).map(({ scope }) => scope);
    expect(own).toEqual(["read", "create", "update", "delete"].map((verb) => `${verb}:${resource}`));
  });
});

describe.each(ALWAYS_THERE)("%s %s", (type, name, resource) => {
  test("is neither left alone, nor new, nor to be deleted", () => {
    const { unmanaged } = planTenant(desire({ document: { triggers: {} }, actions: [] }), deployedTenant());
    expect(unmanaged.filter((item) => item.type === type)).toEqual([]);
    expect(listCreated(deployedTenant({ [type]: [] }), deployedTenant())).toEqual([]);
    expect(() => parseDeletion(`${type}:${name}`)).toThrow(expect.objectContaining({ code: "DELETION_MALFORMED" }));
  });

  test("needs a scope to be read and one to be updated", () => {
    const section = type === "flow" ? "triggers" : "tenant";
    const scopes = listRequiredScopes({ document: { [section]: {} }, purpose: "deploy" });
    const own = scopes.filter(({ scope }) => scope.endsWith(`:${resource}`)).map(({ scope }) => scope);
    expect(own).toEqual([`read:${resource}`, `update:${resource}`]);
  });
});
