import { generateKeyPairSync, type KeyObject, webcrypto } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { ManagementClient } from "auth0";
import { type JWTHeaderParameters, SignJWT } from "jose";
import * as oidc from "openid-client";
import type { Client } from "../../../../local/auth0/state/resources.ts";
import { trustingFetch } from "../../../support/fetch.ts";
import { call } from "../../../support/local-tenant.ts";
import { API, type LoginTenant, startLoginTenant } from "../../../support/login-tenant.ts";
import { createManagementClient } from "../../../support/management-client.ts";
import { takeRsaKeyPair } from "../../../support/rsa-key-pair.ts";

const keys = takeRsaKeyPair();
const others = takeRsaKeyPair();
const pemOf = (key: KeyObject) => key.export({ type: "spki", format: "pem" }).toString();

describe("a client that proves itself by a key (private_key_jwt)", () => {
  let tenant: LoginTenant;
  let sdk: ManagementClient;
  let client: Client;
  beforeAll(async () => {
    const standing = Date.now();
    tenant = await startLoginTenant({ clock: () => standing });
    sdk = createManagementClient(tenant);
  });
  afterAll(() => tenant.close());
  beforeEach(async () => {
    client = await makeClient({ pem: pemOf(keys.publicKey) });
  });

  async function makeClient(credential: { pem: string; alg?: "PS256" | "RS384"; expires_at?: string }) {
    const made = (await sdk.clients.create({
      name: "by key",
      app_type: "non_interactive",
      grant_types: ["client_credentials"],
      client_authentication_methods: {
        private_key_jwt: { credentials: [{ credential_type: "public_key", ...credential }] },
      },
    })) as unknown as Client;
    await sdk.clientGrants.create({ client_id: made.client_id, audience: API, scope: ["get:users"] });
    return made;
  }

  const issuer = () => `https://${tenant.domain}/`;
  const now = () => Math.floor(tenant.clock.now() / 1000);
  let count = 0;

  function sign(
    claims: Readonly<Record<string, unknown>> = {},
    { key = keys.privateKey, ...header }: Partial<JWTHeaderParameters> & { key?: KeyObject } = {},
  ): Promise<string> {
    count += 1;
    const usual = { iss: client.client_id, sub: client.client_id, aud: issuer(), iat: now(), exp: now() + 60 };
    return new SignJWT({ ...usual, jti: `jti-${count}`, ...claims })
      .setProtectedHeader({ alg: "RS256", ...header })
      .sign(key);
  }

  function exchange(client_assertion: string, parameters: object = {}) {
    const body = {
      grant_type: "client_credentials",
      audience: API,
      client_assertion,
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      ...parameters,
    };
    return call(tenant, "/oauth/token", { method: "POST", body });
  }

  test("gets tokens through openid-client", async () => {
    const { privateKey, publicKey } = await webcrypto.subtle.generateKey(
      { name: "RSASSA-PKCS1-v1_5", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" },
      true,
      ["sign", "verify"],
    );
    const spki = Buffer.from(await webcrypto.subtle.exportKey("spki", publicKey)).toString("base64");
    const { client_id } = await makeClient({ pem: `-----BEGIN PUBLIC KEY-----\n${spki}\n-----END PUBLIC KEY-----` });
    // The tenant's clock stands still, whatever this test has to wait for.
    const metadata = { [oidc.clockSkew]: now() - Math.floor(Date.now() / 1000) };
    const config = await oidc.discovery(new URL(issuer()), client_id, metadata, oidc.PrivateKeyJwt(privateKey), {
      [oidc.customFetch]: trustingFetch(tenant) as oidc.CustomFetch,
    });
    const { scope } = await oidc.clientCredentialsGrant(config, { audience: API });
    expect(scope).toBe("get:users");
  });

  test("calls the Management API through Auth0's SDK", async () => {
    await sdk.clientGrants.create({
      client_id: client.client_id,
      audience: `${issuer()}api/v2/`,
      scope: ["read:roles"],
    });
    const own = new ManagementClient({
      domain: tenant.domain,
      clientId: client.client_id,
      clientAssertionSigningKey: keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      fetch: trustingFetch(tenant),
      maxRetries: 0,
    });
    expect((await own.roles.list()).data).toEqual([]);
  });

  test.each<"PS256" | "RS384">(["PS256", "RS384"])("signs with %s where its credential says so", async (alg) => {
    client = await makeClient({ pem: pemOf(keys.publicKey), alg });
    expect((await exchange(await sign({}, { alg }))).status).toBe(200);
    expect((await exchange(await sign({}, { alg: "RS256" }))).status).toBe(401);
  });

  test("has shown no key and no secret", async () => {
    const { id } = readCredentials(client)[0]!;
    expect(id).toMatch(/^cred_/);
    const shown = await sdk.clients.credentials.get(client.client_id, id);
    expect(shown).toMatchObject({ id, alg: "RS256", credential_type: "public_key" });
    expect(JSON.stringify([client, shown])).not.toMatch(/PUBLIC KEY|client_secret/);
  });

  function readCredentials({ client_authentication_methods }: Client): readonly { id: string }[] {
    return (client_authentication_methods as { private_key_jwt: { credentials: { id: string }[] } }).private_key_jwt
      .credentials;
  }

  test("can have its key changed, without a moment in which none is good", async () => {
    const pem = pemOf(others.publicKey);
    const { id } = await sdk.clients.credentials.create(client.client_id, { credential_type: "public_key", pem });
    expect((await exchange(await sign({}, { key: others.privateKey }))).status).toBe(401);
    const credentials = [...readCredentials(client), { id: String(id) }];
    await sdk.clients.update(client.client_id, { client_authentication_methods: { private_key_jwt: { credentials } } });
    expect((await exchange(await sign())).status).toBe(200);
    expect((await exchange(await sign({}, { key: others.privateKey }))).status).toBe(200);
    await sdk.clients.credentials.delete(client.client_id, credentials[0]!.id);
    expect((await exchange(await sign())).status).toBe(401);
  });

  test("is not let in by the secret that it would have", async () => {
    const { client_secret } = tenant.tenant.state.clients.get(client.client_id)!;
    const parameters = { client_id: client.client_id, client_secret };
    const body = { grant_type: "client_credentials", audience: API, ...parameters };
    expect(await call(tenant, "/oauth/token", { method: "POST", body })).toMatchObject({ status: 401 });
  });

  // The local tenant's own words: Auth0's are not documented.
  const UNSIGNED = "client_assertion is not signed by a credential of the client, or not in time";
  const LIFETIME = "client_assertion must expire within 300 seconds";
  const ID = "client_assertion must have a jti of at most 64 characters";
  const SIZE = "client_assertion must be a JWT of at most 2048 bytes";
  const OTHERS = "client_assertion is of another client";

  test.each<[string, string, () => Promise<string>]>([
    ["another key", UNSIGNED, () => sign({}, { key: others.privateKey })],
    ["another algorithm than the credential's", UNSIGNED, () => sign({}, { alg: "PS256" })],
    ["a key id that no credential has", UNSIGNED, () => sign({}, { kid: "another-key-id" })],
    ["another issuer than subject", OTHERS, () => sign({ iss: "somebody" })],
    ["the subject of another client", UNSIGNED, () => sign({ iss: tenant.web.client_id, sub: tenant.web.client_id })],
    ["another audience", UNSIGNED, () => sign({ aud: `${issuer()}oauth/other` })],
    ["an audience without the slash", UNSIGNED, () => sign({ aud: issuer().slice(0, -1) })],
    ["several audiences", UNSIGNED, () => sign({ aud: [issuer(), "https://another.example.com/"] })],
    ["no expiry", LIFETIME, () => sign({ exp: undefined })],
    ["an expiry 11 seconds ago", UNSIGNED, () => sign({ iat: now() - 60, exp: now() - 11 })],
    ["a life of more than 5 minutes", LIFETIME, () => sign({ exp: now() + 311 })],
    ["a beginning 11 seconds ahead", UNSIGNED, () => sign({ nbf: now() + 11 })],
    ["no id of its own", ID, () => sign({ jti: undefined })],
    ["an id of 65 characters", ID, () => sign({ jti: "j".repeat(65) })],
    ["more than 2,048 bytes", SIZE, () => sign({ filler: "f".repeat(1500) })],
    ["no signature", UNSIGNED, async () => `${(await sign()).split(".").slice(0, 2).join(".")}.`],
    ["something that is not a JWT", OTHERS, async () => "assertion"],
  ])("is refused with %s", async (_what, error_description, make) => {
    expect(await exchange(await make())).toMatchObject({
      status: 401,
      body: { error: "invalid_client", error_description },
    });
  });

  test.each<[string, () => Promise<string>]>([
    ["an expiry 9 seconds ago", () => sign({ iat: now() - 60, exp: now() - 9 })],
    ["neither iat nor nbf", () => sign({ iat: undefined })],
    ["5 minutes of life", () => sign({ exp: now() + 300 })],
  ])("is let in with %s", async (_what, make) => {
    expect((await exchange(await make())).status).toBe(200);
  });

  test("uses an assertion once", async () => {
    const assertion = await sign();
    expect((await exchange(assertion)).status).toBe(200);
    expect(await exchange(assertion)).toMatchObject({
      status: 401,
      body: { error: "invalid_client", error_description: "client_assertion was used before" },
    });
  });

  test.each<[string, string, object]>([
    ["the id of another client beside it", OTHERS, { client_id: "another" }],
    ["a secret beside it", "a client proves itself in one way only", { client_secret: "secret" }],
    [
      "another type of assertion",
      "client_assertion_type is not that of a JWT",
      { client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:saml2-bearer" },
    ],
  ])("is refused with %s", async (_what, error_description, parameters) => {
    expect(await exchange(await sign(), parameters)).toMatchObject({
      status: 401,
      body: { error: "invalid_client", error_description },
    });
  });

  test("is refused with a credential that has expired", async () => {
    client = await makeClient({
      pem: pemOf(keys.publicKey),
      expires_at: new Date(tenant.clock.now() + 60_000).toISOString(),
    });
    expect((await exchange(await sign())).status).toBe(200);
    tenant.clock.advance(60_000);
    expect((await exchange(await sign())).status).toBe(401);
  });

  test.each([
    ["not a key", "-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----"],
    ["a key of another kind", pemOf(generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey)],
  ])("cannot be given %s", async (_what, pem) => {
    await expect(makeClient({ pem })).rejects.toMatchObject({ statusCode: 400, body: { errorCode: "invalid_body" } });
  });

  test("cannot be given a credential that it does not have", async () => {
    const credentials = [{ id: "cred_none" }];
    const methods = { client_authentication_methods: { private_key_jwt: { credentials } } };
    await expect(sdk.clients.update(client.client_id, methods)).rejects.toMatchObject({ statusCode: 400 });
  });
});
