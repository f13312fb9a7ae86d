import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { Management, ManagementClient } from "auth0";
import { trustingFetch } from "../../../support/fetch.ts";
import { type LoginTenant, startLoginTenant } from "../../../support/login-tenant.ts";
import { createManagementClient } from "../../../support/management-client.ts";

/** All users as a file, which is the one way to more of them than the thousand that a search shows. */
let tenant: LoginTenant;
let sdk: ManagementClient;
beforeAll(async () => {
  tenant = await startLoginTenant();
});
afterAll(() => tenant.close());
beforeEach(() => {
  sdk = createManagementClient(tenant);
  for (const { user_id } of tenant.tenant.state.users.values()) tenant.tenant.state.users.delete(user_id);
});

const FIELDS = ["user_id", "email", "identities", "app_metadata"].map((name) => ({ name }));
const ask = (body: Management.CreateExportUsersRequestContent = { fields: FIELDS }) =>
  sdk.jobs.usersExports.create(body);
const download = (location: unknown) => trustingFetch(tenant)(String(location));

/** As a client does: the job, and the file where it says that it is. */
async function exportUsers(body?: Management.CreateExportUsersRequestContent) {
  const { id } = await ask(body);
  tenant.clock.advance(1000);
  const { location } = await sdk.jobs.get(id);
  const response = await download(location);
  const text = gunzipSync(await response.arrayBuffer()).toString();
  return text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as Record<string, unknown>]));
}

test("a job is made, is under way, and then says where the file is", async () => {
  await tenant.addUser("ada@example.com");
  const job = await ask();
  expect(job).toMatchObject({ type: "users_export", status: "pending", format: "json", fields: FIELDS });
  expect(await sdk.jobs.get(job.id)).toEqual({ ...job, status: "processing" });
  tenant.clock.advance(1000);
  expect(await sdk.jobs.get(job.id)).toEqual({
    ...job,
    status: "completed",
    percentage_done: 100,
    location: expect.stringMatching(/^https:\/\/localhost:\d+\/.*\/local\.json\.gz\?/),
  });
});

test("the file has a line for every user, with whole members and no secret", async () => {
  const length = 1_234;
  const first = await tenant.addUser("ada0@example.com", { app_metadata: { plan: { name: "gold" } } });
  for (let index = 1; index < length; index += 1) {
    const user_id = `auth0|u${index}`;
    tenant.tenant.state.users.set(user_id, { ...first, user_id, email: `ada${index}@example.com` });
  }
  const rows = await exportUsers();
  expect(rows).toHaveLength(length);
  expect(new Set(rows.map(({ email }) => email)).size).toBe(length);
  const { user_id, email, identities, app_metadata } = first;
  expect(rows[0]).toEqual({ user_id, email, identities, app_metadata });
});

test("a member is named by a path and called as the request says", async () => {
  const { user_id } = await tenant.addUser("ada@example.com", { user_metadata: { country: "NZ" } });
  const fields = [
    { name: "user_id", export_as: "id" },
    { name: "identities[0].connection", export_as: "provider" },
    { name: "user_metadata.country" },
    { name: "identities[7].connection" },
  ];
  expect(await exportUsers({ fields })).toEqual([
    { id: user_id, provider: tenant.database.name, "user_metadata.country": "NZ" },
  ]);
});

test("it can be of one connection, and of so many at most", async () => {
  const identity = { connection: "google-oauth2", provider: "google-oauth2", user_id: "1", isSocial: true };
  const elsewhere = { ...(await tenant.addUser("goo@example.com")), identities: [identity] };
  tenant.tenant.state.users.set(elsewhere.user_id, elsewhere);
  for (const name of ["a", "b", "c"]) await tenant.addUser(`${name}@example.com`);
  const fields = [{ name: "email" }];
  const connection_id = tenant.database.id;
  expect(await exportUsers({ fields, connection_id, limit: 2 })).toEqual([
    { email: "a@example.com" },
    { email: "b@example.com" },
  ]);
  expect(await ask({ fields, connection_id })).toMatchObject({ connection_id, connection: tenant.database.name });
});

describe("the link", () => {
  async function link() {
    const { id } = await ask();
    tenant.clock.advance(1000);
    return { id, location: (await sdk.jobs.get(id)).location };
  }

  test("is good for a minute, and the job gives another for a day", async () => {
    const { id, location } = await link();
    tenant.clock.advance(59_000);
    expect((await download(location)).status).toBe(200);
    tenant.clock.advance(1000);
    expect((await download(location)).status).toBe(403);
    expect((await download((await sdk.jobs.get(id)).location)).status).toBe(200);
    tenant.clock.advance(24 * 3600 * 1000);
    await expect(createManagementClient(tenant).jobs.get(id)).rejects.toMatchObject({ statusCode: 404 });
  });

  test("is good for nobody who guesses", async () => {
    const { location } = await link();
    expect((await download(`${location}x`)).status).toBe(403);
    expect((await download(String(location).replace(/\?.*/, ""))).status).toBe(403);
  });
});

test.each<[string, Management.CreateExportUsersRequestContent, number, string]>([
  ["of a connection that is not there", { connection_id: "con_0000000000000000", fields: FIELDS }, 404, "connection"],
  ["as CSV, which is not made here", { format: "csv", fields: FIELDS }, 400, "CSV"],
  ["of fields that nobody names", {}, 400, "fields"],
  ["of none", { limit: 0, fields: FIELDS }, 400, "limit"],
])("an export %s is refused", async (_what, body, statusCode, message) => {
  await expect(ask(body)).rejects.toMatchObject({
    statusCode,
    body: { message: expect.stringContaining(message) },
  });
});
