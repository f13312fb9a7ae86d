import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { ManagementClient } from "auth0";
import { decodeJwt } from "jose";
import type { User } from "../../../../local/auth0/state/user.ts";
import { call } from "../../../support/local-tenant.ts";
import { API, type LoginTenant, PASSWORD, startLoginTenant } from "../../../support/login-tenant.ts";
import { createManagementClient } from "../../../support/management-client.ts";
import { bindActions } from "../../../support/tenant-with-actions.ts";

const REALM = "http://auth0.com/oauth/grant-type/password-realm";
const OTP = "http://auth0.com/oauth/grant-type/passwordless/otp";
const ORG = "org_aaaaaaaaaaaaaaaa";
const GRANT = "cgr_machine0000000000";

describe("at the token endpoint, without a browser,", () => {
  let tenant: LoginTenant;
  let user: User;
  let sdk: ManagementClient;
  beforeAll(async () => {
    tenant = await startLoginTenant();
    sdk = createManagementClient(tenant);
    user = await tenant.addUser("ada@example.com");
    tenant.tenant.state.organizations.set(ORG, { id: ORG, name: "acme" });
    for (const [id, strategy] of [
      ["con_email00000000000", "email"],
      ["con_sms0000000000000", "sms"],
    ] as const) {
      tenant.setConnection({ ...tenant.database, id, name: strategy, strategy, realms: [strategy] });
    }
  });
  afterAll(() => tenant.close());
  beforeEach(() => {
    tenant.bind();
    bindActions(tenant.tenant, "credentials-exchange", []);
    tenant.setApi(tenant.api);
    tenant.setClient(tenant.web);
    tenant.tenant.state.users.set(user.user_id, user);
    tenant.tenant.state.settings.set("tenant", { default_directory: tenant.database.name });
    setGrant({});
  });

  const ask = (body: Record<string, unknown>) =>
    call(tenant, "/oauth/token", {
      method: "POST",
      body: { client_id: tenant.web.client_id, client_secret: tenant.web.client_secret, audience: API, ...body },
    });
  const claimsOf = (body: unknown) => decodeJwt((body as { access_token: string }).access_token);
  function setGrant(changes: Record<string, unknown>): void {
    const grant = { id: GRANT, client_id: tenant.web.client_id, audience: API, subject_type: "client" } as const;
    tenant.tenant.state.clientGrants.set(GRANT, { ...grant, scope: ["get:users", "get:orders"], ...changes });
  }

  describe("a password", () => {
    const credentials = { grant_type: "password", username: "ada@example.com", password: PASSWORD };

    test.each<[string, Record<string, string>]>([
      ["to the default directory", {}],
      ["to a realm", { grant_type: REALM, realm: "Username-Password-Authentication" }],
    ])("%s brings tokens that say so, and counts as a login", async (_name, change) => {
      const { status, body } = await ask({ ...credentials, scope: "openid offline_access", ...change });
      expect(status).toBe(200);
      expect(claimsOf(body)).toMatchObject({ sub: user.user_id, gty: "password", scope: "openid offline_access" });
      expect(decodeJwt((body as { id_token: string }).id_token)).not.toHaveProperty("sid");
      expect(body).toHaveProperty("refresh_token");
      expect(tenant.tenant.state.users.get(user.user_id)).toMatchObject({ logins_count: 1 });
    });

    test.each(["staff", "partners"])("to a realm that is another name of the database, %s, is taken", async (realm) => {
      tenant.setConnection({ ...tenant.database, realms: ["staff", "partners"] });
      const own = await ask({ ...credentials, grant_type: REALM, realm });
      tenant.setConnection(tenant.database);
      const without = await ask({ ...credentials, grant_type: REALM, realm });
      expect([own.status, without.status]).toEqual([200, 403]);
    });

    test.each<[string, boolean, string | undefined, string]>([
      [
        "all scopes, when none is asked for",
        false,
        undefined,
        "openid profile email address phone get:users post:users get:orders",
      ],
      ["all of the API's, when none of them is asked for", false, "openid", "openid get:users post:users get:orders"],
      ["those asked for", false, "openid get:users", "openid get:users"],
      ["under RBAC none that was not assigned", true, undefined, "openid profile email address phone"],
    ])("brings %s", async (_name, enforce_policies, scope, granted) => {
      tenant.setApi({ ...tenant.api, enforce_policies });
      const { body } = await ask({ ...credentials, ...(scope !== undefined && { scope }) });
      expect(body).toMatchObject({ scope: granted });
    });

    test.each<[string, Record<string, unknown>, number, string, string]>([
      ["that is wrong", { password: "wrong" }, 403, "invalid_grant", "Wrong email or password."],
      ["of nobody", { username: "nobody@example.com" }, 403, "invalid_grant", "Wrong email or password."],
      ["without a user", { username: "" }, 400, "invalid_request", "Missing required parameter: username"],
      ["that is missing", { password: undefined }, 400, "invalid_request", "Missing required parameter: password"],
      [
        "for an unknown audience",
        { audience: "https://nowhere/" },
        403,
        "access_denied",
        "Service not found: https://nowhere/",
      ],
      [
        "to an unknown realm",
        { grant_type: REALM, realm: "x" },
        403,
        "unauthorized_client",
        "the connection is not enabled for the client",
      ],
      [
        "to a realm that has none",
        { grant_type: REALM, realm: "sms" },
        403,
        "unauthorized_client",
        "the connection is not enabled for the client",
      ],
      ["to no realm", { grant_type: REALM }, 400, "invalid_request", "Missing required parameter: realm"],
      [
        "in an organization where none is allowed",
        { organization: ORG },
        400,
        "invalid_request",
        "parameter organization is not allowed for this client",
      ],
      ["with a wrong client secret", { client_secret: "wrong" }, 401, "access_denied", "Unauthorized"],
    ])("%s is refused", async (_name, change, status, error, error_description) => {
      expect(await ask({ ...credentials, ...change })).toMatchObject({ status, body: { error, error_description } });
    });

    test.each<[string, () => unknown]>([
      ["a default directory", () => tenant.tenant.state.settings.set("tenant", {})],
      ["any settings", () => tenant.tenant.state.settings.delete("tenant")],
    ])("is refused without %s", async (_what, prepare) => {
      prepare();
      expect(await ask(credentials)).toMatchObject({
        body: { error_description: "Authorization server not configured with default connection." },
      });
    });

    test("of a blocked user is refused, and counts", async () => {
      tenant.tenant.state.users.set(user.user_id, { ...user, blocked: true });
      expect(await ask(credentials)).toMatchObject({ status: 403, body: { error_description: "user is blocked" } });
      expect(tenant.tenant.state.users.get(user.user_id)).toMatchObject({ logins_count: 1 });
    });

    test("shows post-login the API that is asked for, and which method it was", async () => {
      tenant.bind(
        `api.accessToken.setCustomClaim("${API}seen", [event.resource_server?.identifier, event.authentication.methods.map(({ name }) => name)]);`,
      );
      expect(claimsOf((await ask(credentials)).body)).toMatchObject({ [`${API}seen`]: [API, ["pwd"]] });
    });

    describe("in an organization", () => {
      test.each([
        ["that the user is a member of, is taken", true, 200],
        ["that the user is not a member of, is refused", false, 403],
      ])("%s", async (_what, isMember, status) => {
        tenant.setClient({ ...tenant.web, organization_usage: "allow" });
        await sdk.organizations.enabledConnections.add(ORG, {
          connection_id: tenant.database.id,
          assign_membership_on_login: false,
        });
        if (isMember) await sdk.organizations.members.create(ORG, { members: [user.user_id] });
        const answer = await ask({ ...credentials, organization: ORG });
        await sdk.organizations.enabledConnections.delete(ORG, tenant.database.id);
        await sdk.organizations.members.delete(ORG, { members: [user.user_id] });
        expect(answer.status).toBe(status);
      });

      test("is refused to who names none, where the client requires one", async () => {
        tenant.setClient({ ...tenant.web, organization_usage: "require" });
        expect(await ask(credentials)).toMatchObject({
          status: 400,
          body: { error: "invalid_request", error_description: "parameter organization is required for this client" },
        });
      });
    });

    test("is refused where an Action denies", async () => {
      tenant.bind("api.access.deny('no ' + event.transaction.protocol)");
      expect(await ask(credentials)).toMatchObject({
        status: 403,
        body: { error: "access_denied", error_description: "no oauth2-password" },
      });
    });

    test("is refused with 500 where the tenant is set to that", async () => {
      const other = await startLoginTenant({ actions: { deniedStatus: 500 } });
      try {
        await other.addUser("ada@example.com");
        other.tenant.state.settings.set("tenant", { default_directory: other.database.name });
        other.bind("api.access.deny('no')");
        const { client_id, client_secret } = other.web;
        const body = { ...credentials, client_id, client_secret };
        expect(await call(other, "/oauth/token", { method: "POST", body })).toMatchObject({
          status: 500,
          body: { error: "access_denied", error_description: "no" },
        });
      } finally {
        await other.close();
      }
    });

    test("is refused to a client without the grant type", async () => {
      tenant.setClient({ ...tenant.web, grant_types: ["client_credentials"] });
      expect(await ask(credentials)).toMatchObject({
        status: 403,
        body: { error: "unauthorized_client", error_description: "Grant type 'password' not allowed for the client." },
      });
    });
  });

  describe("a one-time code", () => {
    const start = (body: Record<string, unknown>) =>
      call(tenant, "/passwordless/start", {
        method: "POST",
        body: { client_id: tenant.web.client_id, client_secret: tenant.web.client_secret, ...body },
      });
    const shownCode = () => /the one-time code for \S+ is (\d{6})$/.exec(tenant.lines.at(-1) ?? "")?.[1] ?? "";
    const byEmail = { connection: "email", send: "code", email: "Lin@Example.com" };
    const use = (otp: string, change: Record<string, unknown> = {}) =>
      ask({ grant_type: OTP, realm: "email", username: "lin@example.com", otp, scope: "openid email", ...change });

    test("sent by email logs in a user whose address is verified, and the same one again", async () => {
      expect(await start(byEmail)).toMatchObject({
        status: 200,
        body: { email: "lin@example.com", email_verified: false },
      });
      const first = await use(shownCode());
      await start(byEmail);
      const second = await use(shownCode());
      expect(claimsOf(first.body).sub).toMatch(/^email\|[0-9a-f]{24}$/);
      expect(claimsOf(second.body).sub).toBe(claimsOf(first.body).sub);
      expect(decodeJwt((first.body as { id_token: string }).id_token)).toMatchObject({
        email: "lin@example.com",
        email_verified: true,
      });
    });

    test("sent by SMS logs in a user without an email", async () => {
      await start({ connection: "sms", phone_number: "+1 555 0100" });
      const { body } = await use(shownCode(), { realm: "sms", username: "+15550100" });
      const made = tenant.tenant.state.users.get(String(claimsOf(body).sub));
      expect(made).toMatchObject({ phone_number: "+15550100", phone_verified: true });
      expect(made?.email).toBeUndefined();
    });

    test("is not good any more where its connection was taken from the client", async () => {
      await start(byEmail);
      const connection = tenant.tenant.state.connections.get("con_email00000000000")!;
      tenant.setConnection({ ...connection, enabled_clients: [tenant.spa.client_id] });
      const answer = await use(shownCode());
      tenant.setConnection(connection);
      expect(answer).toMatchObject({
        status: 403,
        body: {
          error: "unauthorized_client",
          error_description: "the connection is not enabled for the client",
        },
      });
    });

    test.each([
      ["email", { send: "code", email: "lin@example.com" }, "lin@example.com"],
      ["sms", { phone_number: "+15550100" }, "+15550100"],
    ])("by %s is the method that post-login sees", async (connection, to, username) => {
      const seen = 'api.accessToken.setCustomClaim("urn:seen", event.authentication.methods.map(({ name }) => name));';
      tenant.bind(seen);
      await start({ connection, ...to });
      const { body } = await use(shownCode(), { realm: connection, username });
      expect(claimsOf(body)["urn:seen"]).toEqual([connection]);
    });

    test("does not stand in the log beside the address", async () => {
      await start(byEmail);
      expect(tenant.lines.join("\n")).not.toContain("lin@example.com");
    });

    test("is good once, for three minutes, and void after three wrong guesses or a newer one", async () => {
      const refused = {
        status: 403,
        body: { error: "invalid_grant", error_description: "Wrong email or verification code." },
      };
      await start(byEmail);
      const used = shownCode();
      await use(used);
      expect(await use(used)).toMatchObject(refused);

      await start(byEmail);
      const late = shownCode();
      tenant.clock.advance(180_000);
      expect(await use(late)).toMatchObject(refused);

      await start(byEmail);
      const guessed = shownCode();
      const wrong = guessed === "000000" ? "000001" : "000000";
      for (let guess = 0; guess < 3; guess += 1) expect(await use(wrong)).toMatchObject(refused);
      expect(await use(guessed)).toMatchObject(refused);

      await start(byEmail);
      const older = shownCode();
      await start(byEmail);
      if (older !== shownCode()) expect(await use(older)).toMatchObject(refused);
    });

    test("of one address is not good for another", async () => {
      await start(byEmail);
      expect((await use(shownCode(), { username: "eve@example.com" })).status).toBe(403);
    });

    test.each<[string, Record<string, unknown>, number, string, string]>([
      ["an unknown connection", { connection: "carrier-pigeon" }, 400, "bad.connection", "Connection is disabled"],
      [
        "a link in place of a code",
        { connection: "email", email: "a@example.com" },
        400,
        "bad.request",
        "The local tenant sends codes, not links: ask with send=code.",
      ],
      ["no address", { connection: "email", send: "code", email: "nobody" }, 400, "bad.request", "email is not valid."],
      [
        "no phone number",
        { connection: "sms", phone_number: "call me" },
        400,
        "bad.request",
        "phone_number is not valid.",
      ],
      ["no secret", { ...byEmail, client_secret: undefined }, 401, "access_denied", "Unauthorized"],
    ])("is not sent to %s", async (_name, body, status, error, error_description) => {
      expect(await start(body)).toMatchObject({ status, body: { error, error_description } });
    });
  });

  describe("a client's own credentials", () => {
    const credentials = { grant_type: "client_credentials" };

    test("bring all scopes of the grant, in both claims of the dialect", async () => {
      const { body } = await ask(credentials);
      expect(body).toMatchObject({ scope: "get:users get:orders", expires_in: 7200 });
      expect(claimsOf(body)).toEqual({
        iss: `https://${tenant.domain}/`,
        sub: `${tenant.web.client_id}@clients`,
        aud: API,
        iat: expect.any(Number),
        exp: expect.any(Number),
        scope: "get:users get:orders",
        gty: "client-credentials",
        azp: tenant.web.client_id,
        permissions: ["get:users", "get:orders"],
      });
    });

    test.each<[string, Record<string, unknown>, Record<string, unknown>, string | undefined]>([
      ["fewer scopes when fewer are asked for", {}, { scope: "get:orders" }, "get:orders"],
      ["none that the grant does not hold", {}, { scope: "get:orders post:users" }, "get:orders"],
      ["scopes asked for as a list", {}, { scope: ["get:users"] }, "get:users"],
      ["none that the API has no more", { scope: ["get:users", "gone:users"] }, {}, "get:users"],
      [
        "every scope of the API where the grant says so",
        { allow_all_scopes: true },
        {},
        "get:users post:users get:orders",
      ],
    ])("bring %s", async (_name, grant, change, scope) => {
      setGrant(grant);
      expect((await ask({ ...credentials, ...change })).body).toMatchObject({ scope });
    });

    test("bring no scope at all where the grant holds none", async () => {
      setGrant({ scope: [] });
      const { status, body } = await ask(credentials);
      expect([status, Object.keys(body as object)]).toEqual([200, ["access_token", "expires_in", "token_type"]]);
    });

    test.each([
      ["as it is", "web-client-secret-of-the-tests", "web-client-secret-of-the-tests", 200],
      ["a blank as a plus", "two words", "two+words", 200],
      ["a plus and a colon as percent", "a+b:c", "a%2Bb%3Ac", 200],
      ["a plus as it is, which is a blank", "a+b", "a+b", 401],
    ])("are taken by HTTP Basic, form-encoded (RFC 6749 §2.3.1): %s", async (_, client_secret, encoded, status) => {
      tenant.setClient({ ...tenant.web, client_secret });
      const basic = Buffer.from(`${tenant.web.client_id}:${encoded}`).toString("base64");
      const answer = await call(tenant, "/oauth/token", {
        method: "POST",
        headers: { authorization: `Basic ${basic}`, "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams({ grant_type: "client_credentials", audience: API }).toString(),
      });
      expect(answer.status).toBe(status);
    });

    test.each<[string, Record<string, unknown>, number, string, string]>([
      [
        "an unknown audience",
        { audience: "https://nowhere/" },
        403,
        "access_denied",
        "Service not enabled within domain: https://nowhere/",
      ],
      [
        "no audience",
        { audience: undefined },
        403,
        "access_denied",
        "No audience parameter was provided, and no default audience has been configured",
      ],
      [
        "no grant",
        { client_id: "ungranted" },
        403,
        "access_denied",
        'Client is not authorized to access "https://api.example.com/". You need to create a "client-grant" associated to this API. See: https://auth0.com/docs/api/v2#!/Client_Grants/post_client_grants',
      ],
      [
        "an unknown grant type",
        { grant_type: "toString" },
        403,
        "unauthorized_client",
        "Grant type 'toString' not allowed for the client.",
      ],
      [
        "an organization that the grant does not allow",
        { organization: ORG },
        400,
        "invalid_request",
        "parameter organization is not allowed for this client",
      ],
    ])("are refused with %s", async (_name, change, status, error, text) => {
      tenant.setClient({ ...tenant.web, client_id: "ungranted" });
      expect(await ask({ ...credentials, ...change })).toMatchObject({
        status,
        body: { error, error_description: text },
      });
    });

    test("are refused to a public client, whose id anybody knows", async () => {
      tenant.setClient({ ...tenant.web, token_endpoint_auth_method: "none" });
      expect(await ask(credentials)).toMatchObject({ status: 401, body: { error: "access_denied" } });
    });

    test("are refused where the API denies all clients", async () => {
      tenant.setApi({ ...tenant.api, subject_type_authorization: { client: { policy: "deny_all" } } });
      expect((await ask(credentials)).status).toBe(403);
    });

    describe("in an organization", () => {
      const tie = () =>
        tenant.tenant.state.organizationClientGrants.set(`${ORG}:${GRANT}`, {
          id: `${ORG}:${GRANT}`,
          organization_id: ORG,
          grant_id: GRANT,
        });
      beforeEach(() => {
        tenant.tenant.state.organizationClientGrants.delete(`${ORG}:${GRANT}`);
      });

      test("that the grant is tied to, name it in the token", async () => {
        setGrant({ organization_usage: "allow" });
        tie();
        expect(claimsOf((await ask({ ...credentials, organization: ORG })).body)).toMatchObject({ org_id: ORG });
        expect(claimsOf((await ask(credentials)).body)).not.toHaveProperty("org_id");
      });

      test("of any kind, where the grant is open to all", async () => {
        setGrant({ organization_usage: "allow", allow_any_organization: true });
        expect(claimsOf((await ask({ ...credentials, organization: ORG })).body)).toMatchObject({ org_id: ORG });
      });

      test("that is the client's default for this flow", async () => {
        setGrant({ organization_usage: "require" });
        tie();
        const default_organization = { organization_id: ORG, flows: ["client_credentials"] };
        tenant.setClient({ ...tenant.web, default_organization });
        expect(claimsOf((await ask(credentials)).body)).toMatchObject({ org_id: ORG });
      });

      test.each<[string, Record<string, unknown>, Record<string, unknown>, number]>([
        ["that the grant is not tied to", { organization_usage: "allow" }, { organization: ORG }, 403],
        ["that does not exist", { organization_usage: "allow" }, { organization: "org_zzzzzzzzzzzzzzzz" }, 400],
        ["that is missing though required", { organization_usage: "require" }, {}, 400],
      ])("%s are refused", async (_name, grant, change, status) => {
        setGrant(grant);
        expect((await ask({ ...credentials, ...change })).status).toBe(status);
      });
    });

    test("run the Actions of credentials-exchange, which may deny and add claims", async () => {
      const exchange = (body: string) =>
        bindActions(tenant.tenant, "credentials-exchange", [
          { code: `exports.onExecuteCredentialsExchange = async (event, api) => { ${body} };` },
        ]);
      exchange(`api.accessToken.setCustomClaim("${API}plan", "free"); api.accessToken.setCustomClaim("sub", "x");`);
      expect(claimsOf((await ask(credentials)).body)).toMatchObject({
        [`${API}plan`]: "free",
        sub: `${tenant.web.client_id}@clients`,
      });
      exchange(`api.access.deny("invalid_scope", "not " + event.accessToken.scope.join());`);
      expect(await ask(credentials)).toMatchObject({
        status: 400,
        body: { error: "invalid_scope", error_description: "not get:users,get:orders" },
      });
    });
  });
});
