import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Client } from "../../../../local/auth0/state/resources.ts";
import { call } from "../../../support/local-tenant.ts";
import { passLoginPage, planLogin, redeem } from "../../../support/log-in.ts";
import { CALLBACK, type LoginTenant, startLoginTenant } from "../../../support/login-tenant.ts";

const INVALID_CODE = ["invalid_grant", "Invalid authorization code"] as const;
const WRONG_VERIFIER = ["invalid_grant", "Failed to verify code verifier"] as const;

describe("a code at the token endpoint", () => {
  let tenant: LoginTenant;
  beforeAll(async () => {
    tenant = await startLoginTenant();
    await tenant.addUser("ada@example.com");
    tenant.setClient({ ...tenant.spa, client_id: "other-client" });
  });
  afterAll(() => tenant.close());

  const obtainCode = async (client: Client, parameters: Record<string, string | undefined> = {}) => {
    const attempt = await planLogin(tenant, client, parameters);
    const { url } = await passLoginPage(tenant.browser(), attempt, "ada@example.com");
    return { attempt, url, code: url.searchParams.get("code") ?? "" };
  };
  const exchange = (body: Record<string, string | undefined>) =>
    call(tenant, "/oauth/token", {
      method: "POST",
      body: { grant_type: "authorization_code", redirect_uri: CALLBACK, ...body },
    });

  test.each<[string, (verifier: string) => Record<string, string | undefined>, number, string, string]>([
    ["by another client", () => ({ client_id: "other-client" }), 403, ...INVALID_CODE],
    ["with a wrong verifier", () => ({ code_verifier: "x".repeat(43) }), 403, ...WRONG_VERIFIER],
    [
      "with the challenge as verifier",
      (verifier) => ({ code_verifier: createHash("sha256").update(verifier).digest("base64url") }),
      403,
      ...WRONG_VERIFIER,
    ],
    ["with an empty verifier", () => ({ code_verifier: "" }), 403, ...WRONG_VERIFIER],
    ["without its verifier (PKCE dropped)", () => ({ code_verifier: undefined }), 403, ...WRONG_VERIFIER],
    [
      "with another redirect_uri",
      () => ({ redirect_uri: `${CALLBACK}?x=1` }),
      403,
      "invalid_grant",
      `The redirect URI is wrong. You sent ${CALLBACK}?x=1, and we expected ${CALLBACK}`,
    ],
    [
      "without a redirect_uri",
      () => ({ redirect_uri: undefined }),
      403,
      "invalid_grant",
      `The redirect URI is wrong. You sent , and we expected ${CALLBACK}`,
    ],
    ["that nobody was given", () => ({ code: "made-up" }), 403, ...INVALID_CODE],
    ["that is missing", () => ({ code: "" }), 400, "invalid_request", "Missing required parameter: code"],
    ["by an unknown client", () => ({ client_id: "nobody" }), 401, "access_denied", "Unauthorized"],
  ])("is refused %s", async (_name, change, status, error, description) => {
    const { attempt, code } = await obtainCode(tenant.spa);
    const answer = await exchange({
      client_id: tenant.spa.client_id,
      code,
      code_verifier: attempt.verifier,
      ...change(attempt.verifier),
    });
    expect(answer).toMatchObject({ status, body: { error, error_description: description } });
    expect(answer.headers["cache-control"]).toBe("no-store");
  });

  test("is refused after ten minutes", async () => {
    const { attempt, code } = await obtainCode(tenant.spa);
    tenant.clock.advance(10 * 60_000);
    const answer = await exchange({ client_id: tenant.spa.client_id, code, code_verifier: attempt.verifier });
    expect(answer).toMatchObject({ status: 403, body: { error_description: "Invalid authorization code" } });
  });

  test("is good once: a second exchange is refused and takes the refresh token back", async () => {
    const { attempt, code, url } = await obtainCode(tenant.spa);
    const { refresh_token } = await redeem(attempt, url);
    const again = await exchange({ client_id: tenant.spa.client_id, code, code_verifier: attempt.verifier });
    expect(again).toMatchObject({ status: 403, body: { error_description: "Invalid authorization code" } });

    const body = { grant_type: "refresh_token", client_id: tenant.spa.client_id, refresh_token };
    expect(await call(tenant, "/oauth/token", { method: "POST", body })).toMatchObject({
      status: 403,
      body: { error_description: "Unknown or invalid refresh token." },
    });
  });

  test("is good once when two exchanges come at the same time, and neither keeps a refresh token", async () => {
    const { attempt, code } = await obtainCode(tenant.spa);
    const before = tenant.tenant.state.refreshTokens.size;
    const body = { client_id: tenant.spa.client_id, code, code_verifier: attempt.verifier };
    const answers = await Promise.all([exchange(body), exchange(body)]);
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    expect(tenant.tenant.state.refreshTokens.size).toBe(before);
  });

  test("is used up by a wrong verifier", async () => {
    const { attempt, code } = await obtainCode(tenant.spa);
    const body = { client_id: tenant.spa.client_id, code };
    await exchange({ ...body, code_verifier: "x".repeat(43) });
    expect(await exchange({ ...body, code_verifier: attempt.verifier })).toMatchObject({
      body: { error_description: "Invalid authorization code" },
    });
  });

  test("of a request without a challenge is refused with a verifier", async () => {
    const { code } = await obtainCode(tenant.web, { code_challenge: undefined, code_challenge_method: undefined });
    const answer = await exchange({
      client_id: tenant.web.client_id,
      client_secret: tenant.web.client_secret,
      code,
      code_verifier: "x".repeat(43),
    });
    expect(answer).toMatchObject({ status: 403, body: { error_description: "Failed to verify code verifier" } });
  });

  test("of a request without PKCE is good for a confidential client, and not for a public one", async () => {
    const parameters = { code_challenge: undefined, code_challenge_method: undefined };
    const web = await obtainCode(tenant.web, parameters);
    const secret = { client_id: tenant.web.client_id, client_secret: tenant.web.client_secret };
    expect((await exchange({ ...secret, code: web.code })).status).toBe(200);

    const spa = await obtainCode(tenant.spa, parameters);
    expect(await exchange({ client_id: tenant.spa.client_id, code: spa.code })).toMatchObject({
      status: 401,
      body: { error: "access_denied", error_description: "Unauthorized" },
    });
  });

  test.each([
    ["no secret", undefined],
    ["a wrong secret", "web-client-secret-of-the-testsX"],
    ["an empty secret", ""],
  ])("is refused to a confidential client with %s", async (_name, secret) => {
    const { attempt, code } = await obtainCode(tenant.web);
    const body = { client_id: tenant.web.client_id, client_secret: secret, code, code_verifier: attempt.verifier };
    expect(await exchange(body)).toMatchObject({ status: 401, body: { error_description: "Unauthorized" } });
  });

  test("is good with a plain challenge and the same verifier", async () => {
    const verifier = "a-plain-verifier-of-more-than-forty-three-characters";
    const { code } = await obtainCode(tenant.spa, { code_challenge: verifier, code_challenge_method: "plain" });
    const answer = await exchange({ client_id: tenant.spa.client_id, code, code_verifier: verifier });
    expect(answer.status).toBe(200);
  });

  test("is refused once its user is gone", async () => {
    const user = await tenant.addUser("leaver@example.com");
    const attempt = await planLogin(tenant, tenant.spa);
    const { url } = await passLoginPage(tenant.browser(), attempt, "leaver@example.com");
    tenant.tenant.state.users.delete(user.user_id);
    const answer = await exchange({
      client_id: tenant.spa.client_id,
      code: url.searchParams.get("code") ?? "",
      code_verifier: attempt.verifier,
    });
    expect(answer).toMatchObject({ status: 403, body: { error: "invalid_grant" } });
  });

  test("leaves entries in the tenant log, without codes or tokens", async () => {
    const { attempt, url, code } = await obtainCode(tenant.spa);
    const tokens = await redeem(attempt, url);
    const entries = tenant.tenant.logs.entries();
    expect(entries.map(({ type }) => type)).toEqual(expect.arrayContaining(["s", "seacft", "feacft"]));
    for (const secret of [code, tokens.access_token, tokens.refresh_token!, attempt.verifier]) {
      expect(JSON.stringify(entries)).not.toContain(secret);
      expect(tenant.lines.join("\n")).not.toContain(secret);
    }
  });
});
