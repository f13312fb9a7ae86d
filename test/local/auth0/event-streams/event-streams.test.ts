import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { Management, ManagementClient } from "auth0";
import { call, managementToken } from "../../../support/local-tenant.ts";
import { type LoginTenant, PASSWORD, startLoginTenant } from "../../../support/login-tenant.ts";
import { createManagementClient } from "../../../support/management-client.ts";
import { bindActions } from "../../../support/tenant-with-actions.ts";

interface Received {
  readonly headers: IncomingMessage["headers"];
  readonly event: Record<string, unknown> & {
    readonly id: string;
    readonly type: string;
    readonly data: { readonly object: Record<string, unknown> };
  };
}

let tenant: LoginTenant;
let sdk: ManagementClient;
let server: Server;
let received: Received[] = [];
/** What the receiver answers, one after the other; 204 when nothing is left. */
let answers: number[] = [];
let count = 0;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    received.push({ headers: request.headers, event: JSON.parse(Buffer.concat(chunks).toString()) });
    response.writeHead(answers.shift() ?? 204, { location: "/elsewhere" }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  tenant = await startLoginTenant({ eventStreams: { retryAfter: [0, 0, 0] } });
  sdk = createManagementClient(tenant);
});
afterAll(async () => {
  await tenant.close();
  server.close();
});
beforeEach(async () => {
  for await (const { id } of await sdk.eventStreams.list()) await sdk.eventStreams.delete(id ?? "");
  received = [];
  answers = [];
});

const endpoint = () => `http://localhost:${(server.address() as AddressInfo).port}/hooks?from=auth0`;
const newEmail = () => `user${count++}@example.com`;
const settled = () => tenant.tenant.eventStreams.settled();
const types = () => received.map(({ event }) => event.type);

async function listen(
  event_types: readonly string[],
  webhook_authorization: object = { method: "bearer", token: "a-token" },
): Promise<string> {
  const body = {
    name: "billing",
    subscriptions: event_types.map((event_type) => ({ event_type })),
    destination: { type: "webhook", configuration: { webhook_endpoint: endpoint(), webhook_authorization } },
  };
  const { id } = await sdk.eventStreams.create(body as unknown as Management.EventStreamsCreateRequest);
  return id ?? "";
}

const createUser = (email = newEmail()) =>
  sdk.users.create({ connection: tenant.database.name, email, password: PASSWORD });

describe("a webhook", () => {
  test("is sent Auth0's envelope, with its token", async () => {
    const stream = await listen(["user.created"]);
    const email = newEmail();
    const user = await createUser(email);
    await settled();

    expect(received).toHaveLength(1);
    expect(received[0]?.headers).toMatchObject({
      "content-type": "application/json",
      authorization: "Bearer a-token",
      host: new URL(endpoint()).host,
    });
    expect(received[0]?.event).toEqual({
      id: expect.stringMatching(/^evt_[A-Za-z0-9]{22}$/),
      type: "user.created",
      source: "urn:auth0:local.localhost",
      specversion: "1.0",
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      data: {
        object: expect.objectContaining({ user_id: user.user_id, email, identities: [expect.anything()] }),
        context: { tenant: { id: "local" } },
      },
      a0tenant: "local",
      a0stream: stream,
    });
    expect(JSON.stringify(received)).not.toContain(PASSWORD);
  });

  test.each([
    [{ method: "basic", username: "shop", password: "secret" }, { authorization: "Basic c2hvcDpzZWNyZXQ=" }],
    [{ method: "custom_header", header_key: "x-key", header_value: "secret" }, { "x-key": "secret" }],
  ])("gets the authorization that was chosen: %j", async (authorization, headers) => {
    await listen(["user.created"], authorization);
    await createUser();
    await settled();
    expect(received[0]?.headers).toMatchObject(headers);
  });

  test.each([
    ["is sent again three times while it fails", [500, 503, 502, 204], 4, 0],
    ["is given up after four attempts", [500, 500, 500, 500], 4, 1],
    ["is not sent again what it refuses", [400], 1, 1],
    ["is not sent again what it has no time for", [429], 1, 1],
    ["is not followed where it leads elsewhere", [302, 302, 302, 302], 4, 1],
  ])("%s", async (_, statuses, attempts, failures) => {
    const stream = await listen(["user.created"]);
    answers = [...statuses];
    await createUser();
    await settled();
    expect(received).toHaveLength(attempts);
    expect(new Set(received.map(({ event }) => event.id)).size).toBe(1);
    const { data } = await sdk.eventStreams.deliveries.list(stream);
    expect(data).toHaveLength(failures);
    if (failures === 0) return;
    expect(data[0]).toMatchObject({
      id: received[0]?.event.id,
      event_stream_id: stream,
      event_type: "user.created",
      status: "failed",
      event: received[0]?.event,
    });
    expect(data[0]?.attempts).toHaveLength(attempts);
    expect(data[0]?.attempts[0]?.error_message).toBe(`answered ${statuses[0]}`);
    expect(tenant.lines.at(-1)).toMatch(/^event stream billing: user.created evt_\w+ was not delivered in \d attempts/);
  });

  test("of another machine is never called: what is tried here must not reach production", async () => {
    const { id = "" } = await sdk.eventStreams.create({
      subscriptions: [{ event_type: "user.created" }],
      destination: {
        type: "webhook",
        configuration: {
          webhook_endpoint: "https://hooks.shop.example/auth0",
          webhook_authorization: { method: "bearer" },
        },
      },
    } as Management.EventStreamsCreateRequest);
    await createUser();
    await settled();
    const { data } = await sdk.eventStreams.deliveries.list(id);
    expect(data[0]?.attempts.at(-1)?.error_message).toContain("hooks.shop.example:443");
  });
});

describe("events come of what happens", () => {
  test("to users", async () => {
    await listen(["user.created", "user.updated", "user.deleted"]);
    const { user_id: id = "" } = await createUser();
    await sdk.users.update(id, { app_metadata: { plan: "gold" } });
    await sdk.users.update(id, { app_metadata: { plan: "gold" } });
    await sdk.users.delete(id);
    await settled();
    expect(types().sort()).toEqual(["user.created", "user.deleted", "user.updated"]);
    const updated = received.find(({ event }) => event.type === "user.updated");
    expect(updated?.event.data.object).toMatchObject({ user_id: id, app_metadata: { plan: "gold" } });
    const deleted = received.find(({ event }) => event.type === "user.deleted");
    expect(deleted?.event.data.object).toMatchObject({ user_id: id, email: expect.any(String) });
  });

  test("when users are linked: one is updated, the other one deleted", async () => {
    const one = await createUser();
    const other = await createUser();
    await listen(["user.updated", "user.deleted"]);
    const [provider = "", user_id = ""] = (other.user_id ?? "").split("|");
    await sdk.users.identities.link(one.user_id ?? "", { provider: provider as "auth0", user_id });
    await settled();
    expect(received.map(({ event }) => [event.type, event.data.object.user_id]).sort()).toEqual([
      ["user.deleted", other.user_id],
      ["user.updated", one.user_id],
    ]);
  });

  test("in organizations", async () => {
    const { user_id = "" } = await createUser();
    const role = await sdk.roles.create({ name: `buyer${count}` });
    const added = ["added", "updated", "removed"].map((what) => `organization.connection.${what}`);
    const member = ["added", "deleted", "role.assigned", "role.deleted"].map((what) => `organization.member.${what}`);
    const own = ["created", "updated", "deleted"].map((what) => `organization.${what}`);
    await listen([...own, ...member, ...added]);

    const { id = "" } = await sdk.organizations.create({ name: `shop${count}`, display_name: "Shop" });
    await sdk.organizations.update(id, { display_name: "The Shop" });
    await sdk.organizations.members.create(id, { members: [user_id] });
    await sdk.organizations.members.roles.assign(id, user_id, { roles: [role.id ?? ""] });
    await sdk.organizations.members.roles.delete(id, user_id, { roles: [role.id ?? ""] });
    await sdk.organizations.members.delete(id, { members: [user_id] });
    const connection_id = tenant.database.id;
    await sdk.organizations.enabledConnections.add(id, { connection_id });
    await sdk.organizations.enabledConnections.update(id, connection_id, { assign_membership_on_login: true });
    await sdk.organizations.enabledConnections.delete(id, connection_id);
    await sdk.organizations.delete(id);
    await settled();

    expect(types().sort()).toEqual([...own, ...member, ...added].sort());
    const objectOf = (type: string) => received.find(({ event }) => event.type === type)?.event.data.object;
    expect(objectOf("organization.updated")).toMatchObject({ id, display_name: "The Shop" });
    expect(objectOf("organization.member.role.assigned")).toEqual({
      organization: { id },
      user: { user_id },
      role: { id: role.id, name: role.name },
    });
    expect(objectOf("organization.connection.updated")).toMatchObject({
      organization: { id, name: `shop${count}` },
      connection: { id: connection_id },
      assign_membership_on_login: true,
    });
  });

  test("to connections, whose options are for nobody to see", async () => {
    await listen(["connection.created", "connection.deleted"]);
    const { id = "" } = await sdk.connections.create({
      name: `other${count++}`,
      strategy: "google-oauth2",
      options: { client_id: "an-id", client_secret: "to be kept" },
    } as Management.CreateConnectionRequestContent);
    await sdk.connections.delete(id);
    await settled();
    expect(types().sort()).toEqual(["connection.created", "connection.deleted"]);
    expect(JSON.stringify(received)).not.toContain("to be kept");
  });

  test("only as far as a stream subscribed to them, and while it is enabled", async () => {
    const stream = await listen(["user.deleted"]);
    const { user_id = "" } = await createUser();
    await sdk.eventStreams.update(stream, { status: "disabled" });
    await sdk.users.delete(user_id);
    await settled();
    expect(received).toEqual([]);
  });
});

describe("a stream that Auth0 would not take", () => {
  const bearer = { method: "bearer", token: "x" };
  const to = (webhook_endpoint: string, webhook_authorization: object = bearer) => ({
    type: "webhook",
    configuration: { webhook_endpoint, webhook_authorization },
  });
  const body = (change: object = {}) => ({
    name: "billing",
    subscriptions: [{ event_type: "user.created" }],
    destination: to("https://hooks.shop.example/"),
    ...change,
  });
  const eventbridge = (aws_account_id: string) => ({
    destination: { type: "eventbridge", configuration: { aws_account_id, aws_region: "eu-west-1" } },
  });

  test.each<[string, object]>([
    ["of a type of event that there is not", { subscriptions: [{ event_type: "user.login" }] }],
    ["of one of several", { subscriptions: [{ event_type: "user.created" }, { event_type: "users.created" }] }],
    ["of none", { subscriptions: [] }],
    ["without a name in its name", { name: "" }],
    ["to a webhook that is not encrypted", { destination: to("http://hooks.shop.example/") }],
    ["to one that begins like this machine", { destination: to("http://localhost.shop.example/") }],
    ["to one of another protocol", { destination: to("ftp://hooks.shop.example/") }],
    ["to one without a protocol", { destination: to("hooks.shop.example") }],
    ["to nowhere", { destination: to("") }],
    [
      "to one with an authorization that there is not",
      { destination: to("https://hooks.shop.example/", { method: "digest" }) },
    ],
    ["to an account at AWS that cannot be one", eventbridge("1234")],
    ["to somewhere else", { destination: { type: "kafka", configuration: {} } }],
  ])("is refused: %s", async (_what, change) => {
    const create = sdk.eventStreams.create(body(change) as unknown as Management.EventStreamsCreateRequest);
    await expect(create).rejects.toMatchObject({ statusCode: 400, body: { errorCode: "invalid_body" } });
  });

  test.each<[string, object]>([
    ["of a type of event that there is not", { subscriptions: [{ event_type: "user.login" }] }],
    ["to a webhook that is not encrypted", { destination: to("http://hooks.shop.example/") }],
  ])("is not changed into one: %s", async (_what, change) => {
    const { id = "" } = await sdk.eventStreams.create(body() as unknown as Management.EventStreamsCreateRequest);
    const update = sdk.eventStreams.update(id, change as Management.UpdateEventStreamRequestContent);
    await expect(update).rejects.toMatchObject({ statusCode: 400, body: { errorCode: "invalid_body" } });
  });

  test.each<[string, object]>([
    ["to EventBridge", eventbridge("123456789012")],
    ["of an event of groups", { subscriptions: [{ event_type: "group.member.added" }] }],
    ["to a receiver on this machine", { destination: to("http://127.0.0.1:5055/hooks") }],
  ])("is none of these: %s", async (_what, change) => {
    const create = sdk.eventStreams.create(body(change) as unknown as Management.EventStreamsCreateRequest);
    await expect(create).resolves.toMatchObject({ name: "billing" });
  });
});

describe("an Action", () => {
  async function listenByAction(code: string): Promise<string> {
    bindActions(tenant.tenant, "event-stream", [{ name: "listener", code }]);
    const { action_id = "" } = tenant.tenant.state.triggerBindings.get("event-stream")?.bindings[0] ?? {};
    const { id = "" } = await sdk.eventStreams.create({
      subscriptions: [{ event_type: "user.created" }],
      destination: { type: "action", configuration: { action_id } },
    });
    return id;
  }
  const executions = () =>
    tenant.tenant.state.actionExecutions.filter(({ trigger_id }) => trigger_id === "event-stream");

  test("is handed the envelope, and has a cache and nothing else", async () => {
    const before = executions().length;
    const stream = await listenByAction(`exports.onExecuteEventStream = async (event, api) => {
      const keys = Object.keys(event).sort().join() + Object.keys(api).join();
      const { type, a0stream, data } = event.message;
      if (keys !== "configuration,message,secretscache") throw new Error(keys);
      if (type !== "user.created" || !a0stream.startsWith("est_") || !data.object.user_id) throw new Error("what?");
    };`);
    await createUser();
    await settled();
    expect(executions()).toHaveLength(before + 1);
    expect((await sdk.eventStreams.deliveries.list(stream)).data).toEqual([]);
  });

  test("that throws is handed the event again, and the failure is in the log", async () => {
    const before = executions().length;
    const stream = await listenByAction(
      'exports.onExecuteEventStream = async () => { throw new Error("the CRM is down"); };',
    );
    await createUser();
    await settled();
    expect(executions()).toHaveLength(before + 4);
    const { data } = await sdk.eventStreams.deliveries.list(stream);
    expect(data[0]?.attempts.map(({ error_message }) => error_message)).toEqual(Array(4).fill("the CRM is down"));
    expect(tenant.tenant.logs.entries().findLast(({ type }) => type === "actions_execution_failed")).toMatchObject({
      details: { trigger_id: "event-stream", action_name: "listener" },
    });
  });
});

describe("what was not delivered", () => {
  test("is found by time, type and id, and sent again on demand", async () => {
    const stream = await listen(["user.created"]);
    answers = [400, 400];
    await createUser();
    await createUser();
    await settled();
    const { deliveries } = sdk.eventStreams;
    const { data } = await deliveries.list(stream, { event_types: "user.created", statuses: "failed" });
    expect(data).toHaveLength(2);
    expect((await deliveries.list(stream, { event_types: "user.deleted" })).data).toEqual([]);
    expect((await deliveries.list(stream, { date_to: "2001-01-01T00:00:00Z" })).data).toEqual([]);
    const [first] = data;
    expect(await deliveries.getHistory(stream, first?.id ?? "")).toEqual(first);

    await sdk.eventStreams.redeliveries.createById(stream, first?.id ?? "");
    await settled();
    expect(received.at(-1)?.event.id).toBe(first?.id);
    await sdk.eventStreams.redeliveries.create(stream, {});
    await settled();
    expect((await deliveries.list(stream)).data).toEqual([]);
    expect(received).toHaveLength(4);
  });

  test.each([
    ["deliveries?date_from=2026-01-01T00:00:00.500Z", 400],
    ["deliveries/evt_none", 404],
  ])("%s is refused", async (path, status) => {
    const stream = await listen(["user.created"]);
    const token = await managementToken(tenant);
    expect((await call(tenant, `/api/v2/event-streams/${stream}/${path}`, { token })).status).toBe(status);
  });

  test("a test event says that it is one", async () => {
    const stream = await listen(["user.deleted"]);
    const { data, rawResponse } = await sdk.eventStreams
      .test(stream, { event_type: "user.created", data: { user_id: "auth0|1" } })
      .withRawResponse();
    // As recorded by go-auth0, 2025: nobody waits for the destination.
    expect(data).toMatchObject({
      event_stream_id: stream,
      event_type: "user.created",
      status: "pending",
      attempts: [],
      event: { a0purpose: "test", a0stream: stream },
    });
    expect(rawResponse.status).toBe(202);
    await settled();
    expect(received[0]?.event).toMatchObject({
      type: "user.created",
      a0purpose: "test",
      data: { object: { user_id: "auth0|1" } },
    });
    expect((await sdk.eventStreams.deliveries.list(stream)).data).toEqual([]);
  });
});

describe("a stream whose deliveries fail", () => {
  let other: LoginTenant;
  let streams: ManagementClient["eventStreams"];
  let id: string;
  beforeEach(async () => {
    other = await startLoginTenant({ eventStreams: { retryAfter: [], mostInARow: 3, mostInAll: 5 } });
    streams = createManagementClient(other).eventStreams;
    const destination = {
      type: "webhook",
      configuration: { webhook_endpoint: endpoint(), webhook_authorization: { method: "bearer", token: "x" } },
    };
    const body = { name: "billing", subscriptions: [{ event_type: "user.created" }], destination };
    id = (await streams.create(body as unknown as Management.EventStreamsCreateRequest)).id ?? "";
  });
  afterEach(() => other.close());

  /** A user for each answer of the receiver. */
  async function deliver(...statuses: number[]): Promise<void> {
    for (const status of statuses) {
      answers = [status];
      await other.addUser(newEmail());
      await other.tenant.eventStreams.settled();
    }
  }
  const status = async () => (await streams.get(id)).status;

  test("lists a test event that was not taken, too", async () => {
    answers = [400];
    const { id: event } = await streams.test(id, { event_type: "user.created" });
    await other.tenant.eventStreams.settled();
    expect((await streams.deliveries.list(id)).data).toMatchObject([{ id: event, status: "failed" }]);
  });

  test("is disabled after as many in a row, is sent nothing then, and goes on once it is enabled", async () => {
    await deliver(500, 400, 204, 500, 404);
    expect(await status()).toBe("enabled");
    await deliver(503);
    expect(await status()).toBe("disabled");
    expect(other.lines.at(-1)).toBe(
      "event stream billing is disabled: 3 deliveries in a row failed; redeliver what failed, then set its status to enabled",
    );
    received = [];
    await deliver(204);
    expect(received).toEqual([]);
  });

  test("is disabled for all that failed, and again until less is listed", async () => {
    await deliver(500, 500, 204, 500, 500, 204, 500);
    expect(await status()).toBe("disabled");
    expect(other.lines.at(-1)).toContain("is disabled: 5 deliveries failed");
    await streams.update(id, { status: "enabled" });
    await deliver(500);
    expect(await status()).toBe("disabled");
    await streams.redeliveries.create(id);
    await other.tenant.eventStreams.settled();
    await streams.update(id, { status: "enabled" });
    await deliver(500);
    expect(await status()).toBe("enabled");
  });

  test("has 500 in a row, and 5,000 in all, unless a test says otherwise", () => {
    expect(tenant.tenant.eventStreams.settings).toMatchObject({ mostInARow: 500, mostInAll: 5_000 });
  });
});
