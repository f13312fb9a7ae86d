import { readFileSync } from "node:fs";
import { get } from "node:https";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Management, ManagementClient } from "auth0";
import { call, managementToken } from "../../../support/local-tenant.ts";
import { type LoginTenant, PASSWORD, startLoginTenant } from "../../../support/login-tenant.ts";
import { createManagementClient } from "../../../support/management-client.ts";

let tenant: LoginTenant;
let sdk: ManagementClient;
let count = 0;
beforeAll(async () => {
  tenant = await startLoginTenant({ eventStreams: { heartbeat: 20, connectionLifetime: 400 } });
  sdk = createManagementClient(tenant);
});
afterAll(() => tenant.close());

const createUser = () =>
  sdk.users.create({ connection: tenant.database.name, email: `user${count++}@example.com`, password: PASSWORD });

/** As Auth0's SDK reads the stream: the type of each message is the one of its event. */
interface Message {
  readonly type: string;
  readonly offset: string;
  readonly event?: { readonly type: string; readonly data: { readonly object: Record<string, unknown> } };
}

async function read(request: Management.SubscribeEventsRequestParameters, howMany: number): Promise<Message[]> {
  const messages: Message[] = [];
  const stream = await sdk.events.subscribe(request);
  for await (const message of stream) {
    const seen = message as unknown as Message;
    if (seen.type === "offset-only") continue;
    messages.push(seen);
    if (messages.length === howMany) break;
  }
  return messages;
}

/** What comes on a connection until it says this; `act` runs once it stands. */
async function readLive(until: string, act: () => Promise<unknown>): Promise<string> {
  const token = await managementToken(tenant);
  return new Promise((resolve, reject) => {
    let text = "";
    const headers = { authorization: `Bearer ${token}` };
    const request = get(`https://${tenant.domain}/api/v2/events`, { ca: readFileSync(tenant.caFile), headers });
    request.once("error", reject);
    request.once("response", (response) => {
      response.setEncoding("utf8").on("data", (chunk: string) => {
        if (text === "") act().catch(reject);
        text += chunk;
        if (text.includes(until)) {
          resolve(text);
          request.destroy();
        }
      });
    });
  });
}

describe("GET /events", () => {
  test("tells what happens from now on, and goes on after an offset", async () => {
    await createUser();
    const text = await readLive("event: user.created", createUser);
    const from = [...text.matchAll(/^id: (\S+)$/gm)].at(-1)?.[1] ?? "";
    expect(JSON.parse(/^data: (.*"event".*)$/m.exec(text)?.[1] ?? "")).toMatchObject({
      offset: from,
      event: { type: "user.created", specversion: "1.0", a0tenant: "local" },
    });

    const { user_id } = await createUser();
    const [next] = await read({ from }, 1);
    expect(next).toMatchObject({ type: "user.created" });
    expect(next?.event?.data.object).toMatchObject({ user_id });
  });

  test("tells what happened since a time, of the types asked for", async () => {
    const { user_id = "" } = await createUser();
    await sdk.users.delete(user_id);
    const from = { from_timestamp: "2001-01-01T00:00:00Z" };
    const [deleted] = await read({ ...from, event_type: ["user.deleted"] }, 1);
    expect(deleted?.event?.data.object).toMatchObject({ user_id });
    const both = await read({ ...from, event_type: ["user.created", "user.deleted"] }, 2);
    expect(both.map(({ type }) => type)).toContain("user.created");
  });

  test("is text/event-stream with signs of life, and ends by itself, as Auth0's does", async () => {
    const token = await managementToken(tenant);
    const { status, headers, body } = await call(tenant, "/api/v2/events", { token });
    expect(status).toBe(200);
    expect(headers["content-type"]).toMatch(/^text\/event-stream/);
    expect(body).toMatch(/^:connected\n\nretry: 2000\n\n/);
    expect(body).toMatch(/: heartbeat\n\nevent: offset-only\nid: (\S+)\ndata: {"offset":"\1"}\n\n/);
  });

  test("goes on after Last-Event-ID, whatever the query says", async () => {
    const token = await managementToken(tenant);
    const first = await read({ from_timestamp: "2001-01-01T00:00:00Z" }, 1);
    const headers = { "last-event-id": first[0]?.offset ?? "" };
    const { body } = await call(tenant, "/api/v2/events?from=nonsense", { token, headers });
    expect(body).toContain("event: user.created");
  });

  const foreign = Buffer.from("other-3").toString("base64url");
  test.each([
    ["?from=nonsense", 400, "The offset is not one of this tenant's."],
    [`?from=${foreign}`, 410, "The offset has expired: begin without one."],
    ["?from_timestamp=yesterday", 400, "from_timestamp is not a date of RFC 3339."],
    [`?from=${foreign}&from_timestamp=2026-01-01T00:00:00Z`, 400, "Begin at an offset or at a time, not at both."],
    ["?event_type=user.login", 400, "There are no events of type user.login."],
  ])("%s answers %s", async (query, status, message) => {
    const token = await managementToken(tenant);
    expect(await call(tenant, `/api/v2/events${query}`, { token })).toMatchObject({ status, body: { message } });
  });

  test("asks for its scope", async () => {
    const token = await managementToken(tenant, "read:users");
    expect((await call(tenant, "/api/v2/events", { token })).status).toBe(403);
  });
});
