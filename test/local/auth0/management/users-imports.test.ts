import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { ManagementClient } from "auth0";
import { call, managementToken } from "../../../support/local-tenant.ts";
import { type LoginTenant, startLoginTenant } from "../../../support/login-tenant.ts";
import { createManagementClient } from "../../../support/management-client.ts";

let tenant: LoginTenant;
let sdk: ManagementClient;
beforeAll(async () => {
  tenant = await startLoginTenant();
  sdk = createManagementClient(tenant);
});
afterAll(() => tenant.close());

async function importFile(text: string, options: { upsert?: boolean; external_id?: string } = {}) {
  const users = new File([text], "users.json", { type: "application/json" });
  return sdk.jobs.usersImports.create({ users, connection_id: tenant.database.id, ...options });
}
const importUsers = (users: readonly unknown[], options = {}) => importFile(JSON.stringify(users), options);

test("users of a file are there, with ids of their own, and the job says how many", async () => {
  const job = await importUsers(
    [
      { email: "Ada@example.com", email_verified: true, user_id: "ada", app_metadata: { plan: "gold" } },
      { email: "bob@example.com", given_name: "Bob", password_hash: "$2b$10$dmVyeWhhc2hlZA" },
    ],
    { external_id: "from-crm" },
  );
  expect(job).toEqual({
    id: expect.stringMatching(/^job_\w{16}$/),
    type: "users_import",
    status: "pending",
    created_at: expect.any(String),
    connection_id: tenant.database.id,
    external_id: "from-crm",
  });
  expect(await sdk.jobs.get(job.id)).toMatchObject({
    status: "completed",
    summary: { total: 2, inserted: 2, updated: 0, failed: 0 },
  });
  expect(await sdk.users.get("auth0|ada")).toMatchObject({
    email: "ada@example.com",
    email_verified: true,
    app_metadata: { plan: "gold" },
  });
  expect(tenant.lines.at(-1)).toContain("1 hashed passwords, which are not taken over");
  const token = await managementToken(tenant);
  expect((await call(tenant, `/api/v2/jobs/${job.id}/errors`, { token })).status).toBe(204);
});

test("each that cannot be imported is told with the reason, and leaves the others alone", async () => {
  const job = await importUsers([
    { email: "kim@example.com" },
    { email: "KIM@example.com" },
    { email: "not an address" },
    { email: "lee@example.com", blocked: "yes", shoe_size: 43 },
    { given_name: "Nobody" },
    "mia@example.com",
  ]);
  expect(await sdk.jobs.get(job.id)).toMatchObject({ summary: { total: 6, inserted: 1, updated: 0, failed: 5 } });
  const failures = (await sdk.jobs.errors.get(job.id)) as {
    user: unknown;
    errors: { code: string; path: string; message: string }[];
  }[];
  expect(
    failures.map(({ user, errors }) => [user, errors.map(({ code, path, message }) => `${code} ${path}: ${message}`)]),
  ).toEqual([
    [{ email: "KIM@example.com" }, ["DUPLICATED_USER : A user with the same email, username or id exists already."]],
    [{ email: "not an address" }, ["INVALID_FORMAT email: Object didn't pass validation for format email"]],
    [
      { email: "lee@example.com", blocked: "yes", shoe_size: 43 },
      [
        "INVALID_TYPE blocked: Expected type boolean but found type string",
        "OBJECT_ADDITIONAL_PROPERTIES : Additional properties not allowed: shoe_size",
      ],
    ],
    [{ given_name: "Nobody" }, ["OBJECT_REQUIRED : Missing required property: email"]],
    ["mia@example.com", ["INVALID_TYPE : Expected type object."]],
  ]);
});

test("with upsert who is there is brought up to date, metadata key by key", async () => {
  await importUsers([{ email: "pat@example.com", user_metadata: { lang: "de", size: "m" }, name: "Pat" }]);
  const job = await importUsers([{ email: "pat@example.com", user_metadata: { size: "l" }, name: "Patricia" }], {
    upsert: true,
  });
  expect(await sdk.jobs.get(job.id)).toMatchObject({ summary: { total: 1, inserted: 0, updated: 1, failed: 0 } });
  expect(await sdk.users.listUsersByEmail({ email: "pat@example.com" })).toMatchObject([
    { name: "Patricia", user_metadata: { lang: "de", size: "l" } },
  ]);
});

test.each([
  ["a file that is not JSON", "email: ada", 400],
  ["a file that has no list", '{ "email": "ada@example.com" }', 400],
  ["a file of more than 500 kB", JSON.stringify([{ email: `a@${"x".repeat(512_000)}.com` }]), 413],
])("%s is refused", async (_, text, statusCode) => {
  await expect(importFile(text)).rejects.toMatchObject({ statusCode });
});

test("a connection that there is none of is refused, and so are forms that are none", async () => {
  const users = new File(["[]"], "users.json");
  await expect(sdk.jobs.usersImports.create({ users, connection_id: "con_0000000000000000" })).rejects.toMatchObject({
    statusCode: 404,
  });
  const token = await managementToken(tenant);
  const headers = { "content-type": "multipart/form-data; boundary=x" };
  expect(
    await call(tenant, "/api/v2/jobs/users-imports", { method: "POST", token, headers, body: "--y" }),
  ).toMatchObject({
    status: 400,
  });
});
