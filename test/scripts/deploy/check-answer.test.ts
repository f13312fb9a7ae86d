import { expect, test } from "@jest/globals";
import { createCheckedFetch } from "../../../scripts/deploy/check-answer.ts";

const ask = (
  path: string,
  body: string,
  { type = "application/json; charset=utf-8", status = 200, method = "GET" } = {},
) =>
  createCheckedFetch(async () => new Response(body, { status, headers: type === "" ? {} : { "content-type": type } }))(
    `https://example.eu.auth0.com/api/v2/${path}`,
    { method },
  ).then(
    (response) => response.text(),
    (error: { code: string }) => error.code,
  );

test.each([
  ["a list with its name", "resource-servers?per_page=100", '{"resource_servers":[]}'],
  ["a bare list", "logs?per_page=100&q=x", "[]"],
  ["a list without a total", "actions/actions?per_page=100", '{"actions":[],"per_page":100}'],
  ["a list under a path", "connections/con_1/clients?take=100", '{"clients":[],"next":"x"}'],
  ["event streams", "event-streams?take=1", '{"eventStreams":[]}'],
  ["an organization's domains", "organizations/org_1/discovery-domains?take=1", '{"domains":[]}'],
  // As auth0 7.1 reads them.
  [
    "a list under the words of its path",
    "organizations/org_1/enabled_connections?per_page=1",
    '{"enabled_connections":[]}',
  ],
  [
    "what Google's directory provisions",
    "connections-directory-provisionings?take=50",
    '{"directory_provisionings":[]}',
  ],
  ["SCIM configurations", "connections-scim-configurations?take=50", '{"scim_configurations":[]}'],
  ["how prompts are rendered", "prompts/rendering?include_totals=true", '{"configs":[],"total":0}'],
  ["keys", "keys/encryption?per_page=50", '{"keys":[]}'],
  ["a search", "organizations/search?take=1", '{"organizations":[]}'],
  ["an object", "branding", "{}"],
  ["one thing", "users/a", '{"user_id":"a"}'],
])("an answer of the Management API passes: %s", async (_what, path, body) => {
  expect(await ask(path, body)).toBe(body);
});

test.each([
  ["a written thing without a body", { method: "POST", type: "" }, ""],
  ["a failure of a list", { status: 404 }, "{}"],
  ["JSON of a kind of its own", { type: "application/problem+json" }, '{"a":1}'],
])("%s passes", async (_what, answer, body) => {
  expect(await ask("clients", body, answer)).toBe(body);
});

const LONG = `<!doctype html><title lang="en">\n Sign in to the   network of the library before you go on to what you wanted </title>${"<p>".repeat(5000)}`;

test.each([
  ["a refused write", { status: 403, method: "PATCH" }],
  ["no answer behind a proxy", { status: 502 }],
  ["a limit on requests", { status: 429 }],
])("a page for a failure passes in a few words: %s", async (_what, answer) => {
  const passed: unknown = JSON.parse(await ask("clients", LONG, { type: "text/html; charset=utf-8", ...answer }));
  expect(passed).toEqual({
    statusCode: answer.status,
    error: "",
    message:
      'the content type text/html ("Sign in to the network of the library before you go on to…"), which is not an answer of Auth0\'s Management API',
  });
});

test.each([401, 403, 404, 407, 511])("a page for a refused read (%i) says nothing of the tenant", async (status) => {
  expect(await ask("clients", LONG, { type: "text/html", status })).toMatch(
    status < 500 ? /^TENANT_UNREADABLE$/ : /^\{"statusCode":511,/,
  );
});

test.each([
  ["a page", "clients", "<html>", { type: "text/html" }],
  ["a page that says it is JSON", "clients", "<html>", {}],
  ["JSON that says it is a page", "clients", "[]", { type: "text/html" }],
  ["a body of no type", "clients", "[]", { type: "" }],
  ["a page for a write", "clients", "<html>", { type: "text/html", method: "PATCH" }],
  ["half of an answer", "clients", '[{"a":', {}],
  ["a number", "clients/abc", "1", {}],
  ["a list of another kind", "clients?per_page=1", '{"roles":[]}', {}],
  ["a list of another kind, by its end", "client-grants?take=1", '{"clients":[]}', {}],
  ["a list of another kind, by the start", "connections-scim-configurations?take=1", '{"connections":[]}', {}],
  ["a list of another kind, by half a word", "client-grants?take=1", '{"rants":[]}', {}],
  ["a list under no name", "roles?per_page=1", '{"":[]}', {}],
  ["a redirect, as of a portal that wants a login first", "roles?per_page=1", "", { status: 302 }],
  ["a redirect of a write", "roles", '{"id":"rol_1"}', { status: 307, method: "POST" }],
  ["a redirect for good", "branding", "{}", { status: 308 }],
])("what cannot be one fails: %s", async (_what, path, body, answer) => {
  expect(await ask(path, body, answer)).toBe("TENANT_UNREADABLE");
});
