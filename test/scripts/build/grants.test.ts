import { expect, test } from "@jest/globals";
import { planGrants, renderGrants } from "../../../scripts/build/grants.ts";
import type { TenantAction, TenantDocument } from "../../../scripts/tenant/document.ts";

const actionFor = (identifier?: string): TenantAction => ({
  name: "guard",
  code: "./dist/actions/guard.js",
  supported_triggers: [],
  secrets: identifier === undefined ? [] : [{ name: "API_IDENTIFIER", value: identifier }],
});

const on = (api: string, ...scopes: string[]) =>
  scopes.map((scope) => ({ permission_name: scope, resource_server_identifier: api }));

const document: TenantDocument = {
  resourceServers: [
    { name: "One", identifier: "##ONE##", scopes: [{ value: "post:b" }, { value: "get:b" }, { value: "get:a" }] },
    { name: "Two", identifier: "https://two/", scopes: [{ value: "get:a" }] },
    { name: "Bare", identifier: "https://bare/" },
  ],
  roles: [
    { name: "writer", permissions: [...on("##ONE##", "post:b", "get:b", "get:b"), ...on("https://two/", "get:a")] },
    { name: "idle" },
    { name: "reader", permissions: on("##ONE##", "get:b") },
  ],
};

test("a role grants what its permissions say on this API, sorted and once, and nothing of another API", () => {
  expect(planGrants(document, actionFor("##ONE##"))).toEqual({
    apiScopes: ["get:a", "get:b", "post:b"],
    roleScopes: { idle: [], reader: ["get:b"], writer: ["get:b", "post:b"] },
  });
});

test("an API without scopes grants nothing to anybody", () => {
  expect(planGrants(document, actionFor("https://bare/"))).toEqual({
    apiScopes: [],
    roleScopes: { idle: [], reader: [], writer: [] },
  });
});

test.each([["https://three/"], ["##TWO##"], ["https://two"], [undefined]])(
  "there are no grants for %s",
  (identifier) => {
    expect(planGrants(document, actionFor(identifier))).toBeUndefined();
  },
);

test("the order of lines in the tenant file changes nothing", () => {
  const reversed: TenantDocument = {
    resourceServers: document.resourceServers?.map((api) => ({ ...api, scopes: [...(api.scopes ?? [])].reverse() })),
    roles: [...(document.roles ?? [])].reverse(),
  } as TenantDocument;
  const render = (from: TenantDocument) => renderGrants(planGrants(from, actionFor("##ONE##"))!);
  expect(render(reversed)).toBe(render(document));
});

test.each(["__proto__", 'a "quoted" role', "line\u2028end", "}; process.exit(); ({"])(
  "the role %j stays a role's name",
  (name) => {
    const roleScopes = Object.fromEntries([[name, ["get:a"]]]);
    const source = renderGrants({ apiScopes: [], roleScopes }).replaceAll("export const", "exports.roles =");
    const exports: { roles?: object } = {};
    new Function("exports", source.replaceAll(/exports\.roles = \w+ =/g, "exports.roles ="))(exports);
    expect(Object.keys(exports.roles ?? {})).toEqual([name]);
  },
);
