import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { decodeJwt, decodeProtectedHeader } from "jose";
import type { LocalTenant } from "../../../local/auth0/server.ts";
import { call, managementToken, startTestTenant } from "../../support/local-tenant.ts";

describe("client credentials at the local tenant", () => {
  let tenant: LocalTenant;
  beforeAll(async () => {
    tenant = await startTestTenant();
  });
  afterAll(() => tenant.close());

  test("a Management API token has Auth0's header and claims", async () => {
    const token = await managementToken(tenant, "read:tenant_settings");

    expect(decodeProtectedHeader(token)).toEqual({
      alg: "RS256",
      typ: "JWT",
      kid: tenant.tenant.signingKeys.current().kid,
    });
    const claims = decodeJwt(token);
    expect(claims).toMatchObject({
      iss: `https://${tenant.domain}/`,
      aud: `https://${tenant.domain}/api/v2/`,
      sub: `${tenant.clientId}@clients`,
      azp: tenant.clientId,
      gty: "client-credentials",
      scope: "read:tenant_settings",
    });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(86_400);
  });

  test("the token opens an endpoint whose scope it holds", async () => {
    const token = await managementToken(tenant);
    expect((await call(tenant, "/api/v2/tenants/settings", { token })).status).toBe(200);
  });

  test.each([
    ["no authorization header", {}, 401, "Missing authentication"],
    ["a token that is not a JWT", { token: "opaque" }, 400, "Bad HTTP authentication header format"],
    ["a JWT that nobody signed", { token: "e30.e30.e30" }, 401, "Invalid token"],
  ])("%s is refused", async (_name, options, status, message) => {
    const answer = await call(tenant, "/api/v2/tenants/settings", options);
    expect(answer).toMatchObject({ status, body: { statusCode: status, message } });
  });

  test.each([
    ["a wrong secret", { client_secret: "wrong" }, 401, "access_denied", "Unauthorized"],
    ["an unknown client", { client_id: "unknown" }, 401, "access_denied", "Unauthorized"],
    ["no grant type", { grant_type: "" }, 400, "invalid_request", "Missing required parameter: grant_type"],
    [
      "a grant type it may not use",
      { grant_type: "password" },
      403,
      "unauthorized_client",
      "Grant type 'password' not allowed for the client.",
    ],
    [
      "an unknown audience",
      { audience: "https://nowhere/" },
      403,
      "access_denied",
      "Service not enabled within domain: https://nowhere/",
    ],
    ["a scope that is a number", { scope: 7 }, 400, "invalid_scope", "Scope must be an array or a string"],
  ])("a token request with %s is refused in Auth0's words", async (_name, change, status, error, description) => {
    const body = {
      grant_type: "client_credentials",
      client_id: tenant.clientId,
      client_secret: tenant.clientSecret,
      audience: `https://${tenant.domain}/api/v2/`,
      ...change,
    };
    const answer = await call(tenant, "/oauth/token", { method: "POST", body });
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ error, error_description: description });
  });

  test("a route that the tenant does not have answers 404, never 5xx", async () => {
    const token = await managementToken(tenant);
    expect((await call(tenant, "/api/v2/there-is-none", { token })).status).toBe(404);
  });
});
