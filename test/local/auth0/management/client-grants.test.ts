import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { ManagementClient } from "auth0";
import { decodeJwt } from "jose";
import type { LocalTenant } from "../../../../local/auth0/server.ts";
import { call, managementToken, startTestTenant } from "../../../support/local-tenant.ts";
import { createManagementClient } from "../../../support/management-client.ts";

const AUDIENCE = "https://api.example.com/";

let tenant: LocalTenant;
let sdk: ManagementClient;
let client_id: string;
let client_secret: string;
beforeEach(async () => {
  tenant = await startTestTenant();
  sdk = createManagementClient(tenant);
  const client = await sdk.clients.create({ name: "Worker", app_type: "non_interactive" });
  client_id = client.client_id ?? "";
  client_secret = client.client_secret ?? "";
  await sdk.resourceServers.create({
    identifier: AUDIENCE,
    scopes: [{ value: "get:users" }, { value: "post:users" }],
  });
});
afterEach(() => tenant.close());

describe("the SDK on client grants", () => {
  test("a grant is created, read, changed and deleted", async () => {
    const grant = await sdk.clientGrants.create({ client_id, audience: AUDIENCE, scope: ["get:users"] });
    expect(grant).toEqual({
      id: expect.stringMatching(/^cgr_[A-Za-z0-9]{16}$/),
      client_id,
      audience: AUDIENCE,
      scope: ["get:users"],
      subject_type: "client",
    });
    const id = grant.id ?? "";
    expect(await sdk.clientGrants.get(id)).toEqual(grant);
    expect(await sdk.clientGrants.update(id, { scope: ["post:users"] })).toEqual({ ...grant, scope: ["post:users"] });
    await sdk.clientGrants.delete(id);
    await expect(sdk.clientGrants.get(id)).rejects.toMatchObject({
      statusCode: 404,
      body: { message: "The grant does not exist.", errorCode: "inexistent_client_grant" },
    });
  });

  test("a token has the scopes of the grant as it stands", async () => {
    const readScope = async () => {
      const body = { grant_type: "client_credentials", client_id, client_secret, audience: AUDIENCE };
      const answer = await call(tenant, "/oauth/token", { method: "POST", body });
      return decodeJwt((answer.body as { access_token: string }).access_token).scope;
    };
    const { id = "" } = await sdk.clientGrants.create({ client_id, audience: AUDIENCE, scope: ["get:users"] });
    expect(await readScope()).toBe("get:users");
    await sdk.clientGrants.update(id, { scope: ["get:users", "post:users"] });
    expect(await readScope()).toBe("get:users post:users");
  });

  test("one client has one grant on an API for itself, and one for its users", async () => {
    await sdk.clientGrants.create({ client_id, audience: AUDIENCE });
    await expect(
      sdk.clientGrants.create({ client_id, audience: AUDIENCE, scope: ["get:users"] }),
    ).rejects.toMatchObject({
      statusCode: 409,
      body: { error: "Conflict", message: `A client grant already exists between ${client_id} and ${AUDIENCE}` },
    });
    await expect(
      sdk.clientGrants.create({ client_id, audience: AUDIENCE, subject_type: "user" }),
    ).resolves.toBeDefined();
  });

  test("checkpoints lead through the list", async () => {
    const expected = [tenant.clientId];
    for (const name of ["A", "B", "C"]) {
      const client = await sdk.clients.create({ name });
      expected.push(client.client_id ?? "");
      await sdk.clientGrants.create({ client_id: client.client_id ?? "", audience: AUDIENCE });
    }
    const found: (string | undefined)[] = [];
    for await (const grant of await sdk.clientGrants.list({ take: 3 })) found.push(grant.client_id);
    expect(found).toEqual(expected);
  });

  test.each([
    ["client_id", (id: string) => `client_id=${id}`, 1],
    ["audience", () => `audience=${encodeURIComponent(AUDIENCE)}`, 1],
    ["subject_type client", () => "subject_type=client", 2],
    ["subject_type user", () => "subject_type=user", 0],
    ["allow_any_organization", () => "allow_any_organization=true", 0],
  ])("the list can be filtered by %s", async (_name, query, count) => {
    await sdk.clientGrants.create({ client_id, audience: AUDIENCE });
    const token = await managementToken(tenant);
    expect((await call(tenant, `/api/v2/client-grants?${query(client_id)}`, { token })).body).toHaveLength(count);
  });
});

test("the organizations of a grant are those it was added to", async () => {
  const { id = "" } = await sdk.clientGrants.create({ client_id, audience: AUDIENCE, organization_usage: "allow" });
  const { id: organization = "" } = await sdk.organizations.create({ name: "acme" });
  await sdk.organizations.create({ name: "other" });
  await sdk.organizations.clientGrants.create(organization, { grant_id: id });

  const { data } = await sdk.clientGrants.organizations.list(id, { take: 10 });
  expect(data.map(({ name }) => name)).toEqual(["acme"]);
});

describe("refused grants", () => {
  test.each([
    ["of an unknown client", { client_id: "nobody" }, 404, "The client does not exist"],
    ["on an unknown API", { audience: "urn:nowhere" }, 404, "The resource server does not exist"],
    [
      "without an audience",
      { audience: undefined },
      400,
      "Payload validation error: 'Missing required property: audience'.",
    ],
    [
      "to an unknown kind of subject",
      { subject_type: "robot" },
      400,
      "Payload validation error: 'No enum match for: robot' on property subject_type (The type of application access the client grant allows.).",
    ],
  ])("a grant %s", async (_name, change, status, message) => {
    const token = await managementToken(tenant);
    const body = { client_id, audience: AUDIENCE, scope: [], ...change };
    expect(await call(tenant, "/api/v2/client-grants", { method: "POST", token, body })).toMatchObject({
      status,
      body: { statusCode: status, message },
    });
  });

  test("the global client can be granted nothing", async () => {
    const [global] = (await sdk.clients.list({ is_global: true })).data;
    await expect(
      sdk.clientGrants.create({ client_id: global?.client_id ?? "", audience: AUDIENCE }),
    ).rejects.toMatchObject({
      statusCode: 400,
      body: { errorCode: "validation_error" },
    });
  });

  test.each(["client_id", "audience"])("an update cannot change the %s", async (field) => {
    const { id } = await sdk.clientGrants.create({ client_id, audience: AUDIENCE });
    const token = await managementToken(tenant);
    const body = { [field]: "other" };
    expect(await call(tenant, `/api/v2/client-grants/${id}`, { method: "PATCH", token, body })).toMatchObject({
      status: 400,
      body: { message: `Payload validation error: 'Additional properties not allowed: ${field}'.` },
    });
  });
});

describe("a grant to all third-party clients", () => {
  const token = () => managementToken(tenant);
  const send = async (method: string, path: string, body?: unknown) =>
    call(tenant, `/api/v2${path}`, { method, token: await token(), ...(body !== undefined && { body }) });
  const ask = async (client: { readonly client_id?: string; readonly client_secret?: string }) => {
    const body = { grant_type: "client_credentials", ...client, audience: AUDIENCE };
    return call(tenant, "/oauth/token", { method: "POST", body });
  };
  const DEFAULT = { audience: AUDIENCE, scope: ["get:users"], default_for: "third_party_clients" };

  test("has no client, and is read, changed and found", async () => {
    const { status, body } = await send("POST", "/client-grants", DEFAULT);
    expect({ status, body }).toEqual({
      status: 201,
      body: { id: expect.stringMatching(/^cgr_/), subject_type: "client", ...DEFAULT },
    });
    const { id } = body as { id: string };
    const scope = ["get:users", "post:users"];
    expect((await send("PATCH", `/client-grants/${id}`, { scope })).body).toEqual({ ...(body as object), scope });
    expect((await send("GET", "/client-grants?default_for=third_party_clients")).body).toHaveLength(1);
    expect((await send("POST", "/client-grants", DEFAULT)).status).toBe(409);
    expect((await send("DELETE", `/client-grants/${id}`)).status).toBe(204);
  });

  test("gives tokens to those of them that have no grant of their own, and to nobody else", async () => {
    const party = await sdk.clients.create({ name: "Partner", app_type: "non_interactive", is_first_party: false });
    const third = { client_id: party.client_id ?? "", client_secret: party.client_secret ?? "" };
    expect((await ask(third)).status).toBe(403);
    await send("POST", "/client-grants", DEFAULT);
    expect((await ask(third)).body).toMatchObject({ scope: "get:users" });
    expect((await ask({ client_id, client_secret })).status).toBe(403);
    await sdk.clientGrants.create({ client_id: third.client_id, audience: AUDIENCE, scope: ["post:users"] });
    expect((await ask(third)).body).toMatchObject({ scope: "post:users" });
  });

  test("is refused beside a client, and for the Management API", async () => {
    expect((await send("POST", "/client-grants", { ...DEFAULT, client_id })).status).toBe(400);
    const audience = `https://${tenant.domain}/api/v2/`;
    expect((await send("POST", "/client-grants", { ...DEFAULT, audience })).status).toBe(400);
  });
});
