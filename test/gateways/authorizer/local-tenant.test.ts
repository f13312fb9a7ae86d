import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type Authorizer, createAuthorizer } from "../../../gateways/authorizer/authorizer.ts";
import { createFetchKeySet } from "../../../gateways/authorizer/keys/fetch-key-set.ts";
import type { LocalTenant } from "../../../local/auth0/server.ts";
import { createFetch } from "../../../scripts/http/trusting-fetch.ts";
import { call, managementToken, startTestTenant } from "../../support/local-tenant.ts";
import { AUDIENCE } from "../support/issuer.ts";

let tenant: LocalTenant;
let authorizer: Authorizer;
let token: string;
let manage: string;

beforeAll(async () => {
  tenant = await startTestTenant();
  manage = await managementToken(tenant);
  const post = async (path: string, body: unknown) =>
    (await call(tenant, `/api/v2/${path}`, { method: "POST", token: manage, body })).body as Record<string, string>;
  await post("resource-servers", {
    identifier: AUDIENCE,
    name: "API",
    scopes: [{ value: "get:users" }, { value: "delete:users" }],
    enforce_policies: true,
    token_dialect: "access_token_authz",
  });
  const client = await post("clients", {
    name: "Worker",
    app_type: "non_interactive",
    grant_types: ["client_credentials"],
  });
  await post("client-grants", { client_id: client.client_id, audience: AUDIENCE, scope: ["get:users"] });
  token = await requestToken(client);
  authorizer = createAuthorizer({
    issuer: `https://${tenant.domain}/`,
    audience: AUDIENCE,
    fetchKeySet: createFetchKeySet(new URL(`https://${tenant.domain}/.well-known/jwks.json`), {
      fetch: createFetch(readFileSync(tenant.caFile, "utf8")),
    }),
  });
});
afterAll(() => tenant.close());

async function requestToken({ client_id, client_secret }: Record<string, string>): Promise<string> {
  const { body } = await call(tenant, "/oauth/token", {
    method: "POST",
    body: { grant_type: "client_credentials", client_id, client_secret, audience: AUDIENCE },
  });
  return (body as { access_token: string }).access_token;
}

const ask = (method: string, bearer: string) =>
  authorizer.authorize({ method, target: "/users/12", headers: { authorization: `Bearer ${bearer}` } });

test("a machine's token opens what it was granted, and no more", async () => {
  expect(await ask("GET", token)).toMatchObject({
    kind: "allowed",
    scopes: ["get:users"],
    subject: expect.stringMatching(/@clients$/),
  });
  expect(await ask("DELETE", token)).toMatchObject({ status: 403, code: "scope_missing" });
});

test("a Management API token of the same tenant opens nothing", async () => {
  // With one scope: with all of them it is longer than any token that the API takes.
  const narrow = await managementToken(tenant, "read:users");
  expect(await ask("GET", narrow)).toMatchObject({ status: 401, code: "audience_wrong" });
});

test("a token signed with the next key is accepted as soon as the tenant rotates", async () => {
  const rotated = await call(tenant, "/api/v2/keys/signing/rotate", { method: "POST", token: manage });
  expect(rotated.status).toBe(201);
  const kid = (jwt: string) => JSON.parse(Buffer.from(jwt.split(".")[0] ?? "", "base64url").toString()).kid as string;
  const fresh = await managementToken(tenant, "read:users");
  expect(kid(fresh)).not.toBe(kid(token));
  expect(await ask("GET", fresh)).toMatchObject({ code: "audience_wrong" });
  expect((await ask("GET", token)).kind).toBe("allowed");
});
