import { AuthClient } from "@auth0/auth0-auth-js";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { ManagementClient } from "auth0";
import { decodeJwt } from "jose";
import { renderTotp } from "../../../../local/auth0/mfa/totp.ts";
import type { User } from "../../../../local/auth0/state/user.ts";
import { trustingFetch } from "../../../support/fetch.ts";
import { type Answer, call } from "../../../support/local-tenant.ts";
import { type LoginTenant, PASSWORD, startLoginTenant } from "../../../support/login-tenant.ts";
import { createManagementClient } from "../../../support/management-client.ts";

const MFA_GRANTS = ["otp", "oob", "recovery-code"].map((kind) => `http://auth0.com/oauth/grant-type/mfa-${kind}`);
const ANY = 'api.multifactor.enable("any");';
const ENROLL = 'api.authentication.enrollWith({ type: "otp" });';
const CHALLENGE = 'api.authentication.challengeWith({ type: "otp" });';
const SEEN = 'api.accessToken.setCustomClaim("urn:seen", event.authentication.methods.map(({ name }) => name));';

/** The judge is @auth0/auth0-auth-js; where it cannot ask wrongly, the request is written out. */
describe("the MFA API", () => {
  let tenant: LoginTenant;
  let sdk: ManagementClient;
  let client: AuthClient;
  let ada: User;
  let people = 0;
  beforeAll(async () => {
    tenant = await startLoginTenant();
    sdk = createManagementClient(tenant);
    const { client_id: clientId, client_secret: clientSecret } = tenant.web;
    tenant.setClient({ ...tenant.web, grant_types: [...tenant.web.grant_types!, ...MFA_GRANTS] });
    client = new AuthClient({
      domain: tenant.domain,
      clientId,
      clientSecret: clientSecret!,
      customFetch: trustingFetch(tenant),
    });
  });
  afterAll(() => tenant.close());
  beforeEach(async () => {
    people += 1;
    ada = await tenant.addUser(`ada${people}@example.com`);
    await enable({ otp: true, email: false, "recovery-code": false });
    await sdk.guardian.policies.set([]);
    tenant.bind(ANY, SEEN);
    // A code is good once, and the tests use the same apps.
    tenant.clock.advance(90_000);
  });

  async function enable(factors: Readonly<Record<string, boolean>>): Promise<void> {
    for (const [name, enabled] of Object.entries(factors)) await sdk.guardian.factors.set(name as "otp", { enabled });
  }

  const send = (path: string, body?: object, token?: string, method = "POST"): Promise<Answer> =>
    call(tenant, path, { method, ...(body && { body }), ...(token !== undefined && { token }) });
  const own = () => ({ client_id: tenant.web.client_id, client_secret: tenant.web.client_secret });

  const exchange = (more: Readonly<Record<string, unknown>> = {}) =>
    send("/oauth/token", {
      ...own(),
      grant_type: "http://auth0.com/oauth/grant-type/password-realm",
      realm: tenant.database.name,
      username: ada.email,
      password: PASSWORD,
      audience: tenant.api.identifier,
      scope: "openid",
      ...more,
    });

  interface Required {
    readonly mfa_token: string;
    readonly mfa_requirements: Readonly<Record<string, readonly { readonly type: string }[]>>;
  }
  async function begin(more: Readonly<Record<string, unknown>> = {}): Promise<Required> {
    const { status, body } = await exchange(more);
    expect({ status, body }).toMatchObject({
      status: 403,
      body: { error: "mfa_required", error_description: "Multifactor authentication required" },
    });
    return body as Required;
  }

  const codeOf = (secret: string) => renderTotp(secret, Math.floor(tenant.clock.now() / 30_000));
  const mailed = () => /the one-time code for a\*\*\*@\*\*\* is (\d{6})/.exec(tenant.lines.at(-1) ?? "")?.[1] ?? "";

  /** Sets up an app; its next code is not used yet. */
  async function setUpApp(): Promise<{ readonly secret: string; readonly recoveryCodes: readonly string[] }> {
    const { mfa_token: mfaToken } = await begin();
    const made = await client.mfa.enrollAuthenticator({ authenticatorTypes: ["otp"], mfaToken });
    const { secret, recoveryCodes = [] } = made as {
      readonly secret: string;
      readonly recoveryCodes?: readonly string[];
    };
    await client.mfa.verify({ factorType: "otp", mfaToken, otp: codeOf(secret) });
    tenant.clock.advance(30_000);
    return { secret, recoveryCodes };
  }

  test("sets up an app, and gives the tokens that were asked for", async () => {
    const { mfa_token: mfaToken, mfa_requirements } = await begin();
    expect(mfa_requirements).toEqual({ enroll: [{ type: "otp" }] });
    expect(await client.mfa.listAuthenticators({ mfaToken })).toEqual([]);
    const made = await client.mfa.enrollAuthenticator({ authenticatorTypes: ["otp"], mfaToken });
    const { secret, barcodeUri } = made as { readonly secret: string; readonly barcodeUri: string };
    expect(barcodeUri).toContain(`secret=${secret}&issuer=local&algorithm=SHA1&digits=6&period=30`);
    expect(await client.mfa.listAuthenticators({ mfaToken })).toMatchObject([
      { authenticatorType: "otp", active: false },
    ]);
    const tokens = await client.mfa.verify({ factorType: "otp", mfaToken, otp: codeOf(secret) });
    expect(decodeJwt(tokens.accessToken)).toMatchObject({ sub: ada.user_id, gty: "password", "urn:seen": ["pwd"] });
    expect(decodeJwt(tokens.idToken!).amr).toEqual(["mfa"]);
    expect(tenant.tenant.logs.entries().map(({ type }) => type)).toEqual(
      expect.arrayContaining(["seotpft", "gd_auth_succeed"]),
    );
  });

  test("asks for the code of an app, with or without a challenge", async () => {
    const { secret } = await setUpApp();
    const { mfa_token: mfaToken, mfa_requirements } = await begin();
    expect(mfa_requirements).toEqual({ challenge: [{ type: "otp" }] });
    expect(await client.mfa.challengeAuthenticator({ challengeType: "otp", mfaToken })).toMatchObject({
      challengeType: "otp",
    });
    await client.mfa.verify({ factorType: "otp", mfaToken, otp: codeOf(secret) });
    const second = await begin();
    await expect(
      client.mfa.verify({ factorType: "otp", mfaToken: second.mfa_token, otp: codeOf(secret) }),
    ).rejects.toThrow("Invalid otp_code.");
  });

  test("sends a code to a verified address", async () => {
    await sdk.users.update(ada.user_id, { email_verified: true });
    await enable({ email: true });
    const { mfa_token: mfaToken } = await begin();
    const [address] = await client.mfa.listAuthenticators({ mfaToken });
    expect(address).toMatchObject({
      authenticatorType: "oob",
      active: true,
      name: expect.stringMatching(/^\*+@exam\*{7}$/),
    });
    const { oobCode, bindingMethod } = await client.mfa.challengeAuthenticator({
      challengeType: "oob",
      authenticatorId: address!.id,
      mfaToken,
    });
    expect(bindingMethod).toBe("prompt");
    const tokens = await client.mfa.verify({ factorType: "oob", mfaToken, oobCode: oobCode!, bindingCode: mailed() });
    expect(decodeJwt(tokens.idToken!).amr).toEqual(["mfa"]);
  });

  test("sets up an address besides, which codes go to from then on", async () => {
    await enable({ email: true });
    const { mfa_token } = await begin();
    const asked = { authenticator_types: ["oob"], oob_channels: ["email"], email: "another@example.com" };
    const made = (await send("/mfa/associate", asked, mfa_token)).body as { readonly oob_code: string };
    expect(made).toMatchObject({ authenticator_type: "oob", binding_method: "prompt", oob_channel: "email" });
    const grant = { ...own(), grant_type: MFA_GRANTS[1], mfa_token, oob_code: made.oob_code };
    expect(await send("/oauth/token", { ...grant, binding_code: "1" })).toMatchObject({
      status: 403,
      body: { error: "invalid_grant", error_description: "Invalid binding_code." },
    });
    expect(await send("/oauth/token", { ...grant, binding_code: mailed() })).toMatchObject({ status: 200 });
    const next = await begin();
    expect(await client.mfa.listAuthenticators({ mfaToken: next.mfa_token })).toMatchObject([
      { active: true, name: "*******@exam*******" },
    ]);
  });

  test("takes a recovery code once, and gives the next", async () => {
    await enable({ "recovery-code": true });
    const { recoveryCodes } = await setUpApp();
    expect(recoveryCodes).toEqual([expect.stringMatching(/^[0-9A-Z]{24}$/)]);
    const use = async (recovery_code: string) => {
      const { mfa_token } = await begin();
      return send("/oauth/token", { ...own(), grant_type: MFA_GRANTS[2], mfa_token, recovery_code });
    };
    const { status, body } = await use(recoveryCodes[0]!);
    const { recovery_code: next } = body as { readonly recovery_code: string };
    expect({ status, isNew: next !== recoveryCodes[0] }).toEqual({ status: 200, isNew: true });
    expect(await use(recoveryCodes[0]!)).toMatchObject({
      status: 403,
      body: { error: "invalid_grant", error_description: "MFA Authorization rejected." },
    });
    expect((await use(`${next.slice(0, 12)}-${next.slice(12).toLowerCase()}`)).status).toBe(200);
    const { recovery_code: given } = await sdk.users.regenerateRecoveryCode(ada.user_id);
    expect((await use(given!)).status).toBe(200);
  });

  test("brings each factor that an Action asks for, and shows it to the Actions after", async () => {
    const { secret } = await setUpApp();
    await sdk.users.update(ada.user_id, { email_verified: true });
    await enable({ email: true });
    tenant.bind(CHALLENGE, 'api.authentication.challengeWith({ type: "email" });', SEEN);
    const first = await begin();
    expect(first.mfa_requirements).toEqual({ challenge: [{ type: "otp" }] });
    const otp = { ...own(), grant_type: MFA_GRANTS[0], mfa_token: first.mfa_token, otp: codeOf(secret) };
    const second = (await send("/oauth/token", otp)).body as Required;
    expect(second.mfa_requirements).toEqual({ challenge: [{ type: "email" }] });
    const { oobCode } = await client.mfa.challengeAuthenticator({ challengeType: "oob", mfaToken: second.mfa_token });
    const tokens = await client.mfa.verify({
      factorType: "oob",
      mfaToken: second.mfa_token,
      oobCode: oobCode!,
      bindingCode: mailed(),
    });
    expect(decodeJwt(tokens.accessToken)["urn:seen"]).toEqual(["pwd", "mfa", "mfa"]);
  });

  test("is asked for by the tenant's policy, and at a refresh by an Action", async () => {
    tenant.bind();
    await sdk.guardian.policies.set(["all-applications"]);
    const { secret } = await setUpApp();
    const { mfa_token: mfaToken } = await begin({ scope: "openid offline_access" });
    const { refreshToken } = await client.mfa.verify({ factorType: "otp", mfaToken, otp: codeOf(secret) });
    tenant.clock.advance(30_000);
    const refresh = { ...own(), grant_type: "refresh_token", refresh_token: refreshToken };
    expect((await send("/oauth/token", refresh)).status).toBe(200);
    tenant.bind(CHALLENGE, SEEN);
    const { body } = await send("/oauth/token", refresh);
    const otp = { ...own(), grant_type: MFA_GRANTS[0], mfa_token: (body as Required).mfa_token, otp: codeOf(secret) };
    const renewed = (await send("/oauth/token", otp)).body as { readonly access_token: string };
    expect(decodeJwt(renewed.access_token)).toMatchObject({ "urn:seen": ["pwd", "mfa", "mfa"], gty: "refresh_token" });
  });

  describe("manages factors by an access token of its own", () => {
    const scope = "enroll read:authenticators remove:authenticators";
    const audience = () => `https://${tenant.domain}/mfa/`;

    test("which is given after the factor that there is, and is good for ten minutes", async () => {
      const { secret } = await setUpApp();
      tenant.bind();
      const { mfa_token: mfaToken } = await begin({ audience: audience(), scope });
      const answer = await client.mfa.verify({ factorType: "otp", mfaToken, otp: codeOf(secret) });
      const { exp, iat } = decodeJwt(answer.accessToken);
      expect(exp! - iat!).toBe(600);
      const [app] = await client.mfa.listAuthenticators({ mfaToken: answer.accessToken });
      const doomed = { authenticatorId: app!.id, mfaToken: answer.accessToken };
      await client.mfa.deleteAuthenticator(doomed);
      expect(await send("/mfa/authenticators", undefined, answer.accessToken, "GET")).toMatchObject({
        status: 200,
        body: [],
      });
      await expect(client.mfa.deleteAuthenticator(doomed)).rejects.toThrow("The authenticator does not exist.");
    });

    test("and takes no verified address away, which is the user's own", async () => {
      const { secret } = await setUpApp();
      await sdk.users.update(ada.user_id, { email_verified: true });
      await enable({ email: true });
      tenant.bind();
      const { mfa_token: mfaToken } = await begin({ audience: audience(), scope });
      const { accessToken } = await client.mfa.verify({ factorType: "otp", mfaToken, otp: codeOf(secret) });
      const factors = await client.mfa.listAuthenticators({ mfaToken: accessToken });
      const address = factors.find(({ authenticatorType }) => authenticatorType === "oob");
      const path = `/mfa/authenticators/${encodeURIComponent(address!.id)}`;
      expect(await send(path, undefined, accessToken, "DELETE")).toMatchObject({
        status: 400,
        body: {
          error: "invalid_request",
          error_description: "A verified email address cannot be deleted as a factor.",
        },
      });
    });

    test("and which alone asks for it, where neither the tenant nor an Action does", async () => {
      await setUpApp();
      tenant.bind();
      expect((await exchange()).status).toBe(200);
    });

    test("and not without its scope, nor by the token of a login under way", async () => {
      tenant.bind();
      const { access_token } = (await exchange({ audience: audience(), scope: "read:authenticators" })).body as {
        readonly access_token: string;
      };
      const path = "/mfa/authenticators/totp%7Cdev_1";
      expect(await send(path, undefined, access_token, "DELETE")).toMatchObject({
        status: 403,
        body: { error: "insufficient_scope" },
      });
      tenant.bind(ANY);
      const { mfa_token } = await begin();
      expect(await send(path, undefined, mfa_token, "DELETE")).toMatchObject({ status: 401 });
    });
  });

  describe("refuses", () => {
    const wrong = async (mfa_token: string) =>
      send("/oauth/token", { ...own(), grant_type: MFA_GRANTS[0], mfa_token, otp: "000000" });

    test("a token of nobody, of another client, and one of eleven minutes ago", async () => {
      const { mfa_token } = await begin();
      const other = { client_id: tenant.spa.client_id, grant_type: MFA_GRANTS[0], mfa_token, otp: "1" };
      tenant.setClient({ ...tenant.spa, grant_types: MFA_GRANTS });
      expect(await send("/oauth/token", other)).toMatchObject({
        status: 400,
        body: { error: "invalid_request", error_description: "mfa_token not issued to this client" },
      });
      expect(await wrong("nobody")).toMatchObject({
        status: 403,
        body: { error: "invalid_grant", error_description: "Malformed mfa_token" },
      });
      tenant.clock.advance(11 * 60_000);
      expect(await wrong(mfa_token)).toMatchObject({
        status: 401,
        body: { error: "expired_token", error_description: "mfa_token is expired" },
      });
    });

    test("after ten wrong codes whatever comes", async () => {
      await setUpApp();
      const { mfa_token } = await begin();
      const answers = [];
      for (let count = 0; count < 11; count += 1) answers.push((await wrong(mfa_token)).body);
      expect(answers[8]).toMatchObject({ error: "invalid_grant" });
      expect(answers[9]).toMatchObject({ error: "too_many_attempts" });
      expect(answers[10]).toMatchObject({ error_description: "Malformed mfa_token" });
    });

    test("to set up another factor for who has one, and to challenge who has none", async () => {
      const none = await begin();
      const challenge = { ...own(), mfa_token: none.mfa_token };
      expect(await send("/mfa/challenge", challenge)).toMatchObject({
        status: 400,
        body: { error: "association_required" },
      });
      await setUpApp();
      const { mfa_token } = await begin();
      expect(await send("/mfa/associate", { authenticator_types: ["otp"] }, mfa_token)).toMatchObject({
        status: 403,
        body: { error_description: "User is already enrolled." },
      });
      expect(await send("/mfa/challenge", { ...own(), mfa_token, challenge_type: "oob" })).toMatchObject({
        status: 401,
        body: { error: "unsupported_challenge_type" },
      });
      expect(await send("/mfa/challenge", { ...own(), mfa_token, authenticator_id: "totp|dev_x" })).toMatchObject({
        status: 400,
      });
    });

    test.each([
      [{ authenticator_types: ["oob"], oob_channels: ["sms"], phone_number: "+15555550100" }],
      [{ authenticator_types: ["oob"], oob_channels: ["email"] }],
      [{ authenticator_types: "otp" }],
      [{}],
    ])("to set up %j", async (asked) => {
      const { mfa_token } = await begin();
      expect(await send("/mfa/associate", asked, mfa_token)).toMatchObject({
        status: 400,
        body: { error: "invalid_request" },
      });
    });

    test("a code that was sent for another login, and a recovery code in place of the first factor", async () => {
      await sdk.users.update(ada.user_id, { email_verified: true });
      await enable({ email: true });
      const [one, other] = [await begin(), await begin()];
      const { oobCode } = await client.mfa.challengeAuthenticator({ challengeType: "oob", mfaToken: one.mfa_token });
      const grant = { ...own(), mfa_token: other.mfa_token, oob_code: oobCode, binding_code: mailed() };
      expect(await send("/oauth/token", { ...grant, grant_type: MFA_GRANTS[1] })).toMatchObject({
        status: 400,
        body: { error_description: "The oob_code doesn't match the mfa_token" },
      });
      await enable({ email: false, "recovery-code": true });
      tenant.bind(ENROLL);
      const { mfa_token } = await begin();
      const { body } = await send("/mfa/associate", { authenticator_types: ["otp"] }, mfa_token);
      const [recovery_code] = (body as { readonly recovery_codes: readonly string[] }).recovery_codes;
      const recovery = { ...own(), mfa_token, recovery_code, grant_type: MFA_GRANTS[2] };
      expect((await send("/oauth/token", recovery)).status).toBe(403);
    });

    test("a client without the grant", async () => {
      const { mfa_token } = await begin();
      tenant.setClient(tenant.web);
      try {
        expect(await wrong(mfa_token)).toMatchObject({ status: 403, body: { error: "unauthorized_client" } });
      } finally {
        tenant.setClient({ ...tenant.web, grant_types: [...tenant.web.grant_types!, ...MFA_GRANTS] });
      }
    });
  });
});
