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

const HELP =
  "which is not an answer of Auth0's Management API. Check AUTH0_DOMAIN, and that no proxy or portal answers in the tenant's place; then try again.";

test.each<[string, string, string, { method?: string; status?: number; type?: string; location?: string }]>([
  ["GET /api/v2/clients with 200 and no body", "clients", "", {}],
  ["GET /api/v2/clients/a with 200 and a value that is neither an object nor a list", "clients/a", "null", {}],
  ["GET /api/v2/clients with 200 and a body that is not JSON", "clients", "<html>", {}],
  ["GET /api/v2/tenants/settings with 200 and an empty object", "tenants/settings", "{}", {}],
  ["GET /api/v2/roles with 200 and an object without the list that was asked for", "roles?per_page=1", '{"a":[]}', {}],
  [
    "PATCH /api/v2/clients/a with 200 and the content type of nothing",
    "clients/a",
    "<html>",
    { type: "", method: "PATCH" },
  ],
  ["GET /api/v2/roles with 302 and a redirect", "roles", "", { status: 302 }],
  ["GET /api/v2/roles with 300 and a redirect", "roles", "", { status: 300, location: "http://" }],
  [
    "POST /api/v2/roles with 307 and a redirect to portal.example:8443",
    "roles",
    "",
    { status: 307, method: "POST", location: "https://portal.example:8443/login?token=abc" },
  ],
  [
    "GET /api/v2/roles with 308 and a redirect to example.eu.auth0.com",
    "roles",
    "",
    { status: 308, location: "/elsewhere" },
  ],
])("a refusal says what was answered: %s", async (words, path, body, answer) => {
  const { method, status = 200, type = "application/json", location } = answer;
  const headers = { "content-type": type, ...(location !== undefined && { location }) };
  const send = createCheckedFetch(async () => new Response(body, { status, headers }));
  const url = `https://example.eu.auth0.com/api/v2/${path}`;
  await expect(method === undefined ? send(url) : send(url, { method })).rejects.toMatchObject({
    code: "TENANT_UNREADABLE",
    message: `example.eu.auth0.com answered ${words}, ${HELP}`,
  });
});

test("a page for a failure keeps the status that it came with", async () => {
  const page = new Response("<title>Busy</title>", {
    status: 503,
    statusText: "Service Unavailable",
    headers: { "content-type": "text/html" },
  });
  const passed = await createCheckedFetch(async () => page)("https://example.eu.auth0.com/api/v2/clients");
  expect([passed.status, passed.statusText]).toEqual([503, "Service Unavailable"]);
  expect(await passed.json()).toEqual({
    statusCode: 503,
    error: "Service Unavailable",
    message: 'the content type text/html ("Busy"), which is not an answer of Auth0\'s Management API',
  });
});
