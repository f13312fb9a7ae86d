import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { decodeJwt } from "jose";
import * as oidc from "openid-client";
import type { User } from "../../../../local/auth0/state/user.ts";
import { linkUsers } from "../../../../local/auth0/users/link-users.ts";
import { call } from "../../../support/local-tenant.ts";
import { logIn, planLogin } from "../../../support/log-in.ts";
import { API, type LoginTenant, startLoginTenant } from "../../../support/login-tenant.ts";
import { createManagementClient } from "../../../support/management-client.ts";
import { bindActions } from "../../../support/tenant-with-actions.ts";

const GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";
const ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
const TYPE = "https://shop.example/token";

/** Auth0's custom token exchange: RFC 8693, with an Action that says whose the foreign token is. */
describe("a token exchange", () => {
  let tenant: LoginTenant;
  let ada: User;
  let people = 0;
  beforeAll(async () => {
    tenant = await startLoginTenant();
    await createManagementClient(tenant).tokenExchangeProfiles.create({
      name: "shop",
      type: "custom_authentication",
      subject_token_type: TYPE,
      action_id: "action-1",
    });
  });
  beforeEach(async () => {
    people += 1;
    ada = await tenant.addUser(`ada${people}@example.com`);
    tenant.bind();
    tenant.setClient(exchanging());
    tenant.setApi(tenant.api);
    setUser();
  });
  afterAll(() => tenant.close());

  const exchanging = () => ({
    ...tenant.web,
    oidc_conformant: true,
    token_exchange: { allow_any_profile_of_type: ["custom_authentication"] },
  });

  /** Gives the profile an Action with this body. */
  function act(body: string): void {
    const code = `exports.onExecuteCustomTokenExchange = async (event, api) => { ${body} };`;
    bindActions(tenant.tenant, "custom-token-exchange", [{ code }]);
    const { records, triggerBindings } = tenant.tenant.state;
    const { action_id } = triggerBindings.get("custom-token-exchange")!.bindings[0]!;
    const profiles = records("/token-exchange-profiles");
    for (const profile of profiles.values()) profiles.set(String(profile.id), { ...profile, action_id });
  }

  const setUser = (more = "") => act(`api.authentication.setUserById("${ada.user_id}"); ${more}`);

  function send(parameters: Readonly<Record<string, unknown>> = {}) {
    const { client_id, client_secret } = tenant.web;
    const subject = { subject_token: "foreign", subject_token_type: TYPE, audience: API, scope: "openid get:users" };
    const body = { grant_type: GRANT, client_id, client_secret, ...subject, ...parameters };
    return call(tenant, "/oauth/token", { method: "POST", body });
  }

  async function subjectOf(answer: Awaited<ReturnType<typeof send>>): Promise<User> {
    expect(answer).toMatchObject({ status: 200 });
    const { id_token } = answer.body as { id_token: string };
    return tenant.tenant.state.users.get(String(decodeJwt(id_token).sub))!;
  }

  test("brings tokens of the user that the Action names, through openid-client", async () => {
    tenant.tenant.state.assignments.set(ada.user_id, {
      roles: [],
      permissions: [{ resource_server_identifier: API, permission_name: "get:users" }],
    } as never);
    const { config } = await planLogin(tenant, tenant.web);
    const tokens = await oidc.genericGrantRequest(config, GRANT, {
      subject_token: "foreign",
      subject_token_type: TYPE,
      audience: API,
      scope: "openid offline_access get:users get:orders",
    });
    expect(tokens).toMatchObject({
      issued_token_type: "urn:ietf:params:oauth:token-type:access_token",
      token_type: "bearer",
      scope: "openid offline_access get:users",
      refresh_token: expect.any(String),
    });
    expect(tokens.claims()).toMatchObject({ sub: ada.user_id, aud: tenant.web.client_id });
    expect(decodeJwt(tokens.access_token)).toMatchObject({ sub: ada.user_id, aud: expect.arrayContaining([API]) });
    const again = await oidc.refreshTokenGrant(config, tokens.refresh_token ?? "");
    expect(decodeJwt(again.access_token).sub).toBe(ada.user_id);
    expect(tenant.tenant.logs.entries().map(({ type }) => type)).toContain("secte");
  });

  test("passes post-login, which sees how the user came", async () => {
    const claim = `api.idToken.setCustomClaim("urn:seen", [event.transaction.protocol, event.transaction.subject_token_type,
      event.transaction.actor, event.user.app_metadata.tier, event.stats.logins_count]);`;
    tenant.bind(claim);
    setUser(
      `api.authentication.setActor({ sub: "till-7" }); api.user.setAppMetadata("tier", event.request.body.tier);`,
    );
    const { body } = await send({ tier: "gold" });
    const { id_token, access_token } = body as { id_token: string; access_token: string };
    const seen = ["oauth2-token-exchange", TYPE, { sub: "till-7" }, "gold", 1];
    expect(decodeJwt(id_token)).toMatchObject({ "urn:seen": seen, act: { sub: "till-7" } });
    expect(decodeJwt(access_token)).toMatchObject({ act: { sub: "till-7" } });
  });

  test("with an actor brings no refresh token", async () => {
    setUser('api.authentication.setActor({ sub: "till-7" });');
    const { body } = await send({ scope: "openid offline_access" });
    expect(body).toMatchObject({ id_token: expect.any(String) });
    expect(body).not.toHaveProperty("refresh_token");
  });

  test("shows the Action whose id token the actor's is", async () => {
    const { tokens } = await logIn(tenant, tenant.web, ada.email!);
    const ben = await tenant.addUser(`ben${people}@example.com`);
    act(`api.authentication.setUserById("${ben.user_id}");
      api.authentication.setActor({ sub: event.transaction.actor_token_user.user_id });`);
    const { body } = await send({ actor_token: tokens.id_token, actor_token_type: ID_TOKEN });
    expect(decodeJwt((body as { id_token: string }).id_token)).toMatchObject({ act: { sub: ada.user_id } });
    const forged = `${tokens.id_token}x`;
    expect(await send({ actor_token: forged, actor_token_type: ID_TOKEN })).toMatchObject({
      status: 400,
      body: { error_description: "actor_token is not an id token of this tenant and client." },
    });
  });

  test("without scopes shows the Action that none is asked for", async () => {
    setUser(`api.authentication.setActor({ sub: JSON.stringify(event.transaction.requested_scopes) });`);
    const { body } = await send({ scope: undefined });
    expect(decodeJwt((body as { access_token: string }).access_token)).toMatchObject({ act: { sub: "[]" } });
  });

  test("shows the Action an actor's token of another type as it came, unread", async () => {
    setUser(`const { actor_token, actor_token_type, actor_token_user } = event.transaction;
      api.authentication.setActor({ sub: [actor_token, actor_token_type, actor_token_user].join(" ") });`);
    const { body } = await send({ actor_token: "till", actor_token_type: "urn:till" });
    expect(decodeJwt((body as { id_token: string }).id_token)).toMatchObject({ act: { sub: "till urn:till " } });
  });

  test("with an actor is refused where a second factor is asked for: nobody is there to bring it", async () => {
    const { factors } = createManagementClient(tenant).guardian;
    await factors.set("otp", { enabled: true });
    tenant.bind('api.multifactor.enable("any");');
    setUser('api.authentication.setActor({ sub: "till-7" });');
    const withActor = await send();
    setUser();
    const alone = await send();
    await factors.set("otp", { enabled: false });
    expect(withActor).toMatchObject({
      status: 400,
      body: { error: "invalid_request", error_description: "MFA is not supported using actor_token" },
    });
    expect(alone).toMatchObject({ status: 403, body: { error: "mfa_required" } });
  });

  describe("by an account of a connection", () => {
    const name = "Username-Password-Authentication";
    const byConnection = (user: object, creationBehavior = "create_if_not_exists", updateBehavior = "none") =>
      act(
        `api.authentication.setUserByConnection("${name}", ${JSON.stringify(user)}, ${JSON.stringify({ creationBehavior, updateBehavior })})`,
      );

    test("makes the user once", async () => {
      const id = `shop-${people}`;
      byConnection({ user_id: id, email: `Eve${people}@example.com`, email_verified: true, name: "Eve" });
      const made = await subjectOf(await send());
      expect(made).toMatchObject({ user_id: `auth0|${id}`, email: `eve${people}@example.com`, name: "Eve" });
      expect(await subjectOf(await send())).toMatchObject({ user_id: made.user_id, logins_count: 2 });
    });

    test.each<[string, object]>([
      ["replace", { given_name: "Ada", name: "Countess", shoe_size: 39 }],
      ["none", { name: expect.stringContaining("@") }],
    ])("with updateBehavior %s brings a user up to date or not", async (behaviour, expected) => {
      const [, user_id] = ada.user_id.split("|");
      byConnection({ user_id, given_name: "Ada", name: "Countess", shoe_size: 39 }, "none", behaviour);
      expect(await subjectOf(await send())).toMatchObject({ ...expected, email: ada.email });
    });

    test("finds the user that the account was linked to", async () => {
      const ben = await tenant.addUser(`ben${people}@example.com`);
      linkUsers(tenant.tenant, ben, ada);
      byConnection({ user_id: ada.user_id.split("|")[1] }, "none");
      expect((await subjectOf(await send())).user_id).toBe(ben.user_id);
    });

    test.each<[string, string, () => void]>([
      ["nobody, who is not to be made", "The user does not exist.", () => byConnection({ user_id: "nobody" }, "none")],
      [
        "a user with another email",
        "An exchange cannot change the email of a user.",
        () => byConnection(own({ email: "other@example.com" }), "none", "replace"),
      ],
      [
        "a new user with an email that is taken",
        "The user already exists.",
        () => byConnection({ user_id: "new", email: ada.email }),
      ],
      [
        "a connection that is not there",
        "The connection none is not enabled for the client.",
        () =>
          act(
            `api.authentication.setUserByConnection("none", {user_id: "1"}, {creationBehavior: "none", updateBehavior: "none"})`,
          ),
      ],
    ])("is refused for %s", async (_whom, error_description, prepare) => {
      prepare();
      expect(await send()).toMatchObject({ status: 400, body: { error: "invalid_request", error_description } });
    });

    const own = (fields: object) => ({ user_id: ada.user_id.split("|")[1], ...fields });
  });

  describe("is refused", () => {
    const TOGETHER = "actor_token and actor_token_type must be sent together.";
    test.each<[string, object, string]>([
      ["no subject token", { subject_token: undefined }, "Missing required parameter: subject_token"],
      ["no type", { subject_token_type: undefined }, "Missing required parameter: subject_token_type"],
      [
        "a type that no profile has",
        { subject_token_type: "https://shop.example/other" },
        "No token exchange profile has the subject_token_type https://shop.example/other.",
      ],
      [
        "a provider's own token",
        { subject_token_type: "http://auth0.com/oauth/token-type/google-id-token" },
        "No token exchange profile has the subject_token_type http://auth0.com/oauth/token-type/google-id-token.",
      ],
      ["several audiences", { audience: [API, API] }, "Parameter 'audience' must be a string"],
      ["an actor without its type", { actor_token: "x" }, TOGETHER],
      ["an actor's type alone", { actor_token_type: "urn:x" }, TOGETHER],
      [
        "another token asked for",
        { requested_token_type: "urn:ietf:params:oauth:token-type:saml2" },
        "The local tenant issues access tokens only, not urn:ietf:params:oauth:token-type:saml2.",
      ],
      [
        "an organization where none is allowed",
        { organization: "acme" },
        "parameter organization is not allowed for this client",
      ],
    ])("with %s", async (_what, parameters, error_description) => {
      expect(await send({ ...parameters })).toMatchObject({
        status: 400,
        body: { error: "invalid_request", error_description },
      });
    });

    test.each<[string, object]>([
      ["a client that is not enabled", { token_exchange: undefined }],
      ["a client for other profiles", { token_exchange: { allow_any_profile_of_type: [] } }],
      ["a third party's client", { is_first_party: false }],
      ["a client that is not OIDC-conformant", { oidc_conformant: false }],
    ])("to %s", async (_what, fields) => {
      tenant.setClient({ ...exchanging(), ...fields });
      expect(await send()).toMatchObject({ status: 403, body: { error: "unauthorized_client" } });
    });

    test.each<[string, () => void, object]>([
      [
        "the Action denies",
        () => act(`api.access.deny("own_code", "Not you.")`),
        { error: "own_code", error_description: "Not you." },
      ],
      ["the Action sets nobody", () => act(""), { error: "server_error" }],
      ["the Action throws", () => act(`throw new Error("broken")`), { error: "server_error" }],
      [
        "the user is not there",
        () => act(`api.authentication.setUserById("auth0|none")`),
        { error: "invalid_request", error_description: "The user does not exist." },
      ],
      [
        "the API asks for consent",
        () => void tenant.setApi({ ...tenant.api, skip_consent_for_verifiable_first_party_clients: false }),
        { error: "invalid_request", error_description: "The API must skip consent for first-party clients." },
      ],
    ])("when %s", async (_what, prepare, body) => {
      prepare();
      expect(await send()).toMatchObject({ status: 400, body });
      expect(tenant.tenant.logs.entries().at(-1)?.type).toBe("fecte");
    });

    test("to a user who is blocked, and by post-login", async () => {
      tenant.bind('api.access.deny("never")');
      expect(await send()).toMatchObject({ status: 403, body: { error: "access_denied", error_description: "never" } });
      tenant.tenant.state.users.set(ada.user_id, { ...ada, blocked: true });
      expect(await send()).toMatchObject({ status: 403, body: { error: "unauthorized" } });
    });
  });

  test("is held back after ten rejected tokens from one address, one more every ten minutes", async () => {
    act(`api.access.rejectInvalidSubjectToken("Bad token.")`);
    for (let count = 0; count < 10; count += 1) {
      expect(await send()).toMatchObject({
        status: 400,
        body: { error: "invalid_request", error_description: "Bad token." },
      });
    }
    setUser();
    expect(await send()).toMatchObject({
      status: 429,
      body: { error: "too_many_attempts", error_description: "Too many attempts to exchange an invalid token." },
    });
    tenant.clock.advance(600_000);
    expect(await send()).toMatchObject({ status: 200 });
  });

  test("that was held back goes on once the address is let in again", async () => {
    act(`api.access.rejectInvalidSubjectToken("Bad token.")`);
    for (let count = 0; count < 10; count += 1) await send();
    setUser();
    expect(await send()).toMatchObject({ status: 429 });
    const { anomaly } = createManagementClient(tenant);
    await anomaly.blocks.checkIp("127.0.0.1");
    await expect(anomaly.blocks.checkIp("10.0.0.1")).rejects.toMatchObject({ statusCode: 404 });
    await anomaly.blocks.unblockIp("127.0.0.1");
    expect(await send()).toMatchObject({ status: 200 });
    await expect(anomaly.blocks.checkIp("127.0.0.1")).rejects.toMatchObject({ statusCode: 404 });
  });
});
