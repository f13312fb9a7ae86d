import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { ManagementClient } from "auth0";
import type { LocalTenant } from "../../../../local/auth0/server.ts";
import { call, managementToken, startTestTenant } from "../../../support/local-tenant.ts";
import { createManagementClient } from "../../../support/management-client.ts";

let tenant: LocalTenant;
let sdk: ManagementClient;
beforeAll(async () => {
  tenant = await startTestTenant();
  sdk = createManagementClient(tenant);
  const add = (id: string, fields: Record<string, unknown>) =>
    tenant.tenant.state.users.set(`auth0|${id}`, {
      user_id: `auth0|${id}`,
      identities: [{ connection: id === "cy" ? "staff" : "users", user_id: id, provider: "auth0", isSocial: false }],
      created_at: "2026-01-01T00:00:00.000Z",
      updated_at: "2026-01-01T00:00:00.000Z",
      ...fields,
    });
  add("ada", {
    email: "ada@example.com",
    name: "Ada Lovelace",
    email_verified: true,
    logins_count: 3,
    last_login: "2026-03-01T10:30:00.000Z",
    app_metadata: { plan: "pro", tags: ["a", "b"], stripe_customer_id: "cus_1" },
  });
  add("ben", {
    email: "ben@example.com",
    name: "Ben",
    email_verified: false,
    logins_count: 10,
    last_login: "2026-03-02T10:30:00.000Z",
    app_metadata: { plan: "free", nested: { deep: "x" } },
    blocked: true,
  });
  add("cy", { email: "cy@other.org", name: "Cy Ada", email_verified: true });
});
afterAll(() => tenant.close());

const ids = (users: readonly { user_id?: string | undefined }[]) => users.map(({ user_id }) => user_id?.slice(6));

describe("a search of users", () => {
  test.each([
    ['email:"ada@example.com"', ["ada"]],
    ['email:"ADA@example.com"', ["ada"]],
    ["email:ada@example.com", ["ada"]],
    ['name:"Ada Lovelace"', ["ada"]],
    ['name:"Ada"', []],
    ["email:*@example.com", ["ada", "ben"]],
    ["name:?en", ["ben"]],
    ["name:ada*", ["ada"]],
    ["email_verified:true", ["ada", "cy"]],
    ["NOT email_verified:true", ["ben"]],
    ["blocked:true", ["ben"]],
    ["blocked:false", []],
    ['app_metadata.plan:"pro"', ["ada"]],
    ["app_metadata.tags:b", ["ada"]],
    ["app_metadata.nested.deep:x", ["ben"]],
    ["app_metadata.Plan:pro", []],
    ["_exists_:app_metadata.stripe_customer_id", ["ada"]],
    ["NOT _exists_:app_metadata.stripe_customer_id", ["ben", "cy"]],
    ["app_metadata.plan:*", ["ada", "ben"]],
    ['identities.connection:"staff"', ["cy"]],
    ['user_id:"auth0|ben"', ["ben"]],
    ["user_id:auth0|ben", ["ben"]],
    ["logins_count:[3 TO 10]", ["ada", "ben"]],
    ["logins_count:{3 TO 10]", ["ben"]],
    ["logins_count:[3 TO 10}", ["ada"]],
    ["logins_count:[4 TO *]", ["ben"]],
    ["logins_count:>3", ["ben"]],
    ["logins_count:<=3", ["ada"]],
    ["last_login:[2026-03-01 TO 2026-03-01]", ["ada"]],
    ["last_login:{2026-03-01T10:30:00.000Z TO *]", ["ben"]],
    ["last_login:[* TO 2026-03]", ["ada", "ben"]],
    ["email_verified:true AND email:*@example.com", ["ada"]],
    ["email_verified:true AND NOT email:*@example.com", ["cy"]],
    ["name:Ben OR name:cy*", ["ben", "cy"]],
    ["name:Ben name:cy*", ["ben", "cy"]],
    ["(name:Ben OR name:cy*) AND email_verified:true", ["cy"]],
    ["name:Ben OR name:cy* AND email_verified:true", ["ben", "cy"]],
    ['name:(Ben OR "Cy Ada")', ["ben", "cy"]],
    ["Ben", ["ben"]],
    ['name:"a \\" b"', []],
  ])("%s", async (q, expected) => {
    expect(ids((await sdk.users.list({ q, search_engine: "v3" })).data)).toEqual(expected);
  });

  test.each([
    "name:",
    "AND",
    "(name:Ben",
    "name:Ben)",
    'name:"Ben',
    "logins_count:[1 TO",
    "logins_count:[1 2]",
    "name:a:b",
    ":x",
  ])("%s is not one", async (q) => {
    await expect(sdk.users.list({ q })).rejects.toMatchObject({
      statusCode: 400,
      body: { errorCode: "invalid_query_string" },
    });
  });

  test.each([
    ["logins_count:1", ["ada", "ben", "cy"]],
    ["logins_count:-1", ["ben", "ada", "cy"]],
    ["email:-1", ["cy", "ben", "ada"]],
  ])("sorted by %s; who has no such field comes last", async (sort, expected) => {
    expect(ids((await sdk.users.list({ sort })).data)).toEqual(expected);
  });

  test("by connection, and by email", async () => {
    expect(ids((await sdk.users.list({ connection: "staff" })).data)).toEqual(["cy"]);
    expect(ids(await sdk.users.listUsersByEmail({ email: "ben@example.com" }))).toEqual(["ben"]);
    expect(await sdk.users.listUsersByEmail({ email: "BEN@example.com" })).toEqual([]);
  });

  test("with totals has the page's length beside them", async () => {
    const token = await managementToken(tenant);
    const path = "/api/v2/users?per_page=2&page=1&include_totals=true&fields=email";
    expect((await call(tenant, path, { token })).body).toEqual({
      start: 2,
      limit: 2,
      length: 1,
      users: [{ email: "cy@other.org" }],
      total: 3,
    });
  });

  test.each([
    [
      "users?per_page=100&page=10",
      "You can only page through the first 1000 records. See https://auth0.com/docs/users/search/v3/view-search-results-by-page#limitation.",
    ],
    [
      "users?per_page=101",
      "Query validation error: 'Value 101 is greater than maximum 100' on property per_page (Number of results per page.).",
    ],
    [
      "users?search_engine=v2",
      "Query validation error: 'No enum match for: v2' on property search_engine (The version of the search engine.).",
    ],
    ["users?sort=email", "Query validation error: 'sort' must be a field followed by :1 or :-1"],
    ["users-by-email", "Query validation error: 'Missing required property: email'."],
  ])("%s is refused", async (path, message) => {
    const token = await managementToken(tenant);
    expect(await call(tenant, `/api/v2/${path}`, { token })).toMatchObject({ status: 400, body: { message } });
  });
});
