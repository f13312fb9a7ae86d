import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import type { Management, ManagementClient } from "auth0";
import { type LoginTenant, PASSWORD, startLoginTenant } from "../../../support/login-tenant.ts";
import { createManagementClient } from "../../../support/management-client.ts";

interface Received {
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

let tenant: LoginTenant;
let sdk: ManagementClient;
let server: Server;
const received: Received[] = [];
/** What the receiver answers, one after the other; 200 when nothing is left. */
let answers: number[] = [];
const streams: string[] = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(answers.shift() ?? 200).end(() => server.emit("received"));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  tenant = await startLoginTenant({ logStreams: { retryAfter: [0, 0], restartAfter: 0 } });
  sdk = createManagementClient(tenant);
});
afterAll(async () => {
  await tenant.close();
  server.close();
});
afterEach(async () => {
  for (const id of streams.splice(0)) await sdk.logStreams.delete(id);
  received.length = 0;
  answers = [];
});

async function listen(sink: object = {}, more: object = {}): Promise<string> {
  const httpEndpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/logs`;
  // Of what is done by the tests the streams' own creation is an entry too: signups alone, unless a test wants others.
  const filters = [{ type: "category", name: "auth.signup.success" }];
  const body = { name: "audit", type: "http", sink: { httpEndpoint, ...sink }, filters, ...more };
  const { id } = (await sdk.logStreams.create(body as unknown as Management.CreateLogStreamRequestContent)) as {
    id: string;
  };
  streams.push(id);
  return id;
}

async function take(count: number): Promise<readonly Received[]> {
  while (received.length < count) await once(server, "received");
  return received;
}

const write = (type = "ss", fields: object = {}) => tenant.tenant.logs.write({ type, user_name: "ada", ...fields });

test("an entry is sent as a line of JSON, with what the stream says of its headers", async () => {
  await listen({ httpAuthorization: "Bearer a-token", httpCustomHeaders: [{ header: "x-team", value: "audit" }] });
  const { log_id, date } = write();
  const [{ headers, body }] = (await take(1)) as [Received];
  expect(headers).toMatchObject({
    "content-type": "application/json",
    authorization: "Bearer a-token",
    "x-team": "audit",
  });
  expect(body.endsWith("\n")).toBe(true);
  expect(JSON.parse(body)).toMatchObject({ log_id, data: { log_id, date, type: "ss", user_name: "ada" } });
  expect(JSON.parse(body).data).not.toHaveProperty("_id");
});

test.each([
  ["JSONARRAY", [{ data: { type: "ss" } }]],
  ["JSONOBJECT", { logs: [{ data: { type: "ss" } }] }],
])("as %s", async (httpContentFormat, expected) => {
  await listen({ httpContentFormat, httpContentType: "application/x-log" });
  write();
  const [{ headers, body }] = (await take(1)) as [Received];
  expect(headers["content-type"]).toBe("application/x-log");
  expect(JSON.parse(body)).toMatchObject(expected as object);
});

test("of what really happens", async () => {
  await listen({}, { filters: [{ type: "category", name: "management.success" }] });
  await sdk.users.create({ connection: tenant.database.name, email: "ada@example.com", password: PASSWORD });
  // The first is the stream's own.
  const [, { body }] = (await take(2)) as [Received, Received];
  expect(JSON.parse(body).data).toMatchObject({ type: "sapi", description: "Create a User" });
});

test("of the categories that the stream names, and of none while it is paused", async () => {
  const id = await listen();
  write("s");
  write("fs");
  await sdk.logStreams.update(id, { status: "paused" });
  write("ss", { user_name: "paused" });
  await sdk.logStreams.update(id, { status: "active" });
  write("ss", { user_name: "again" });
  expect((await take(1)).map(({ body }) => JSON.parse(body).data.user_name)).toEqual(["again"]);
});

test("is sent again until it is taken, and three failures are a line in the server's log", async () => {
  await listen();
  answers = [500, 503, 404, 500];
  const { log_id } = write();
  const sent = await take(5);
  expect(sent.map(({ body }) => JSON.parse(body).log_id)).toEqual(Array(5).fill(log_id));
  expect(tenant.lines.filter((line) => line.startsWith("log stream"))).toEqual([
    "log stream audit: ss was not delivered: answered 404",
  ]);
});

test("never leaves this machine, which is said once", async () => {
  await listen({ httpEndpoint: "https://logs.example.com/in" });
  for (let entry = 0; entry < 3; entry += 1) {
    write();
    await new Promise(setImmediate);
  }
  expect(tenant.lines.filter((line) => line.includes("nothing is delivered"))).toEqual([
    expect.stringMatching(/^log stream audit: nothing is delivered: .*logs\.example\.com:443/),
  ]);
  expect(received).toEqual([]);
});
