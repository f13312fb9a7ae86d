import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { ManagementClient } from "auth0";
import { createTenantLogs } from "../../../../local/auth0/logs.ts";
import type { LocalTenant } from "../../../../local/auth0/server.ts";
import type { LogEntry } from "../../../../local/auth0/state/log-entry.ts";
import { createMovableClock, type MovableClock } from "../../../../local/clock.ts";
import { openJournal } from "../../../../local/state/journal.ts";
import { call, managementToken, startTestTenant } from "../../../support/local-tenant.ts";
import { createManagementClient } from "../../../support/management-client.ts";

let clock: MovableClock;
let tenant: LocalTenant;
let sdk: ManagementClient;
let token: string;
beforeEach(async () => {
  clock = createMovableClock();
  tenant = await startTestTenant({ clock: clock.now });
  sdk = createManagementClient(tenant);
  token = await managementToken(tenant);
});
afterEach(() => tenant.close());

const KEYS = [
  "_id log_id date type description connection connection_id organization_id organization_name client_id client_name",
  "ip hostname details user_id user_name user_agent audience strategy strategy_type isMobile location_info",
]
  .join(" ")
  .split(" ");

async function list(query: string): Promise<LogEntry[]> {
  const { status, body } = await call(tenant, `/api/v2/logs?${query}`, { token });
  expect(status).toBe(200);
  return body as LogEntry[];
}

describe("the tenant log", () => {
  test("has an entry for every write, with who, what and the answer, and none for a read or a refusal", async () => {
    const { id } = await sdk.roles.create({ name: "viewer" });
    await sdk.roles.list();
    await expect(sdk.roles.create({ name: "viewer" })).rejects.toMatchObject({ statusCode: 409 });

    const writes = await list("q=type:sapi");
    expect(writes).toHaveLength(1);
    expect(Object.keys(writes[0] ?? {}).sort()).toEqual([...KEYS].sort());
    expect(writes[0]).toMatchObject({
      log_id: expect.stringMatching(/^900\d{53}$/),
      client_id: tenant.clientId,
      client_name: "Deploy CLI",
      ip: "127.0.0.1",
      details: {
        request: { method: "post", path: "/api/v2/roles", body: { name: "viewer" }, channel: "api" },
        response: { statusCode: 200, body: { id } },
      },
    });
  });

  test("carries no secret, whatever was written", async () => {
    const hidden = "Hidden-secret-123456";
    await sdk.connections.create({
      name: "users",
      strategy: "auth0",
      options: { passwordPolicy: "none", configuration: { DB_URL: hidden } },
    });
    await sdk.connections.create({
      name: "google-oauth2",
      strategy: "google-oauth2",
      options: { client_id: "x", client_secret: hidden },
    });
    const client = await sdk.clients.create({ name: "worker" });
    await sdk.clients.rotateSecret(client.client_id ?? "");
    await sdk.clients.update(client.client_id ?? "", { client_secret: hidden } as never);
    await sdk.users.create({ connection: "users", email: "ada@example.com", password: hidden });
    await sdk.actions.create({
      name: "act",
      supported_triggers: [{ id: "post-login", version: "v3" }],
      secrets: [{ name: "KEY", value: hidden }],
    });

    const written = JSON.stringify(await list("per_page=100"));
    expect(written).toContain('"secrets":[{"name":"KEY","value":"*****"}]');
    expect(written).not.toContain(hidden);
    expect(written).not.toContain(client.client_secret);
    expect(written).not.toContain(tenant.tenant.state.clients.get(client.client_id ?? "")?.client_secret);
  });

  test("cuts long texts, so that an Action's code does not fill it", async () => {
    await sdk.actions.create({
      name: "act",
      supported_triggers: [{ id: "post-login", version: "v3" }],
      code: "x".repeat(50_000),
    });
    expect(JSON.stringify(await list("q=type:sapi")).length).toBeLessThan(6_000);
  });

  test("shows tokens that machines got, and those that they did not get", async () => {
    const request = {
      grant_type: "client_credentials",
      client_id: tenant.clientId,
      audience: `https://${tenant.domain}/api/v2/`,
    };
    const ask = (body: object) => call(tenant, "/oauth/token", { method: "POST", body: { ...request, ...body } });
    await ask({ client_secret: tenant.clientSecret });
    await ask({ client_secret: tenant.clientSecret, audience: "https://unknown/" });

    const [refused, given] = await list("per_page=2");
    expect(given).toMatchObject({ type: "seccft", client_id: tenant.clientId, client_name: "Deploy CLI" });
    expect(refused).toMatchObject({ type: "feccft", client_id: tenant.clientId });
    expect(JSON.stringify([refused, given])).not.toContain(tenant.clientSecret);
  });

  test("is read newest first, by page, by type, sorted the other way, by id, and with chosen fields", async () => {
    for (const name of ["a", "b", "c"]) {
      clock.advance(1_000);
      await sdk.roles.create({ name });
    }
    const names = (entries: LogEntry[]) =>
      entries.map(({ details }) => (details as { request: { body: { name: string } } }).request.body.name);

    expect(names(await list("q=type:sapi"))).toEqual(["c", "b", "a"]);
    expect(names(await list("q=type:sapi&sort=date:1"))).toEqual(["a", "b", "c"]);
    expect(names(await list("q=type:sapi&per_page=1&page=1"))).toEqual(["b"]);
    const [newest] = await list("per_page=1&fields=log_id,type");
    expect(Object.keys(newest ?? {}).sort()).toEqual(["log_id", "type"]);
    expect(await sdk.logs.get(newest?.log_id ?? "")).toMatchObject({ type: "sapi" });
    expect((await call(tenant, "/api/v2/logs?include_totals=true&per_page=2", { token })).body).toMatchObject({
      start: 0,
      limit: 2,
      length: 2,
      logs: expect.any(Array),
      total: expect.any(Number),
    });
  });

  test("is followed by checkpoints to what is newest, and from there on later", async () => {
    for (const name of ["a", "b", "c"]) await sdk.roles.create({ name });
    const all = await list("sort=date:1&per_page=100");
    const followed: LogEntry[] = [];
    let path = "/api/v2/logs?take=2";
    for (;;) {
      const answer = await call(tenant, path, { token });
      const rows = answer.body as LogEntry[];
      if (rows.length === 0) break;
      followed.push(...rows);
      const next = /^<https:\/\/[^/]+(\/api\/v2\/logs\?[^>]+)>; rel="next"$/.exec(String(answer.headers.link))?.[1];
      path = next ?? "no link";
    }
    expect(followed.map(({ log_id }) => log_id)).toEqual(all.map(({ log_id }) => log_id).slice(0, followed.length));
    expect(followed.length).toBeGreaterThanOrEqual(4);

    await sdk.roles.create({ name: "later" });
    expect((await call(tenant, path, { token })).body).toEqual([expect.objectContaining({ type: "sapi" })]);
  });

  test("of one user is what names that user", async () => {
    await sdk.connections.create({ name: "users", strategy: "auth0", options: { passwordPolicy: "none" } });
    const { user_id = "" } = await sdk.users.create({ connection: "users", email: "ada@example.com", password: "p" });
    tenant.tenant.logs.write({ type: "s", user_id, description: "Successful login" });
    tenant.tenant.logs.write({ type: "s", user_id: "auth0|other" });

    expect((await sdk.users.logs.list(user_id)).data).toEqual([expect.objectContaining({ type: "s", user_id })]);
  });

  test.each([
    ["/logs/900", 404],
    ["/logs?per_page=101", 400],
    ["/logs?per_page=100&page=10", 400],
    ["/logs?q=type:", 400],
    ["/logs?since=yesterday", 400],
    ["/users/auth0%7Cnone/logs", 404],
  ])("%s answers %p", async (path, status) => {
    expect((await call(tenant, `/api/v2${path}`, { token })).status).toBe(status);
  });
});

describe("entries", () => {
  test("get ids that sort by age, also within a millisecond and after a restart", () => {
    const collection = openJournal().collection<LogEntry>("logs");
    const first = createTenantLogs(collection, () => 1_000);
    const ids = [first.write({ type: "s" }), first.write({ type: "s" })].map(({ log_id }) => log_id);
    ids.push(createTenantLogs(collection, () => 1_000).write({ type: "s" }).log_id);

    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(3);
  });

  test("are dropped from the oldest on, and the newest 10,000 stay", () => {
    const logs = createTenantLogs(openJournal().collection<LogEntry>("logs"), () => 1_000);
    for (let index = 1; index <= 12_000; index++) logs.write({ type: "s", description: String(index) });

    const kept = logs.entries().map(({ description }) => Number(description));
    expect(kept.length).toBeGreaterThanOrEqual(10_000);
    expect(kept.length).toBeLessThan(10_500);
    expect(kept.at(-1)).toBe(12_000);
    expect(kept[0]).toBe(12_000 - kept.length + 1);
  });
});
