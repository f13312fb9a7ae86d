import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { decodeJwt } from "jose";
import { newTotpSecret, renderTotp } from "../../../../local/auth0/mfa/totp.ts";
import { enrollTotp } from "../../../../local/auth0/mfa/use-totp.ts";
import type { Client, ResourceServer } from "../../../../local/auth0/state/resources.ts";
import { call } from "../../../support/local-tenant.ts";
import { logIn } from "../../../support/log-in.ts";
import { API, type LoginTenant, startLoginTenant } from "../../../support/login-tenant.ts";
import { createManagementClient } from "../../../support/management-client.ts";

const ACME = "org_aaaaaaaaaaaaaaaa";
const BILLING = "https://billing.example.com/";
const POLICIES = [{ audience: BILLING, scope: ["read:bills", "pay:bills"] }];

/** One refresh token, several APIs (Auth0 docs, "Multi-Resource Refresh Token"). */
describe("a refresh token that is exchanged for another API", () => {
  let tenant: LoginTenant;
  beforeAll(async () => {
    tenant = await startLoginTenant();
    await tenant.addUser("ada@example.com");
  });
  afterAll(() => tenant.close());
  beforeEach(() => setBilling());

  function setBilling(changes: Partial<ResourceServer> = {}): void {
    const scopes = ["read:bills", "pay:bills", "delete:bills"].map((value) => ({ value }));
    const record = { id: "billing", identifier: BILLING, scopes, enforce_policies: false };
    tenant.setApi({ ...tenant.api, ...record, ...changes });
  }

  async function obtain(): Promise<string> {
    tenant.setClient(tenant.spa);
    return (await logIn(tenant, tenant.spa, "ada@example.com")).tokens.refresh_token!;
  }

  function exchange(refresh_token: string, parameters: object = {}) {
    const body = { grant_type: "refresh_token", client_id: tenant.spa.client_id, refresh_token, ...parameters };
    return call(tenant, "/oauth/token", { method: "POST", body });
  }

  async function refresh(parameters: object, client: Partial<Client> = { refresh_token: withPolicies(POLICIES) }) {
    const token = await obtain();
    tenant.setClient({ ...tenant.spa, ...client });
    return exchange(token, parameters);
  }

  function withPolicies(policies: unknown): NonNullable<Client["refresh_token"]> {
    return { ...tenant.spa.refresh_token!, policies } as NonNullable<Client["refresh_token"]>;
  }

  test.each([
    ["all that the policy allows", {}, "openid profile email offline_access read:bills pay:bills"],
    ["what is asked for", { scope: "openid pay:bills" }, "openid pay:bills"],
    ["no more than the policy allows", { scope: "pay:bills delete:bills" }, "pay:bills"],
    ["nothing of the first API", { scope: "get:users read:bills" }, "read:bills"],
  ])("brings a token of that API with %s", async (_what, parameters, scope) => {
    const { status, body } = await refresh({ audience: BILLING, ...parameters });
    const { access_token, ...answer } = body as Record<string, string>;
    expect({ status, scope: answer.scope }).toEqual({ status: 200, scope });
    expect([decodeJwt(access_token!).aud].flat()).toContain(BILLING);
  });

  test.each<[string, Partial<ResourceServer>, object, string]>([
    ["no scope that the API does not define", {}, { scope: ["read:bills", "void:bills"] }, "read:bills"],
    ["no scope that nobody assigned, with RBAC", { enforce_policies: true }, {}, ""],
    ["nothing but who the user is, for an empty policy", {}, { scope: [] }, ""],
  ])("brings %s", async (_what, api, policy, scope) => {
    setBilling(api);
    const policies = [{ ...POLICIES[0], ...policy }];
    const { status, body } = await refresh({ audience: BILLING }, { refresh_token: withPolicies(policies) });
    const granted = ["openid profile email offline_access", scope].filter((part) => part !== "").join(" ");
    expect({ status, scope: (body as Record<string, string>).scope }).toEqual({ status: 200, scope: granted });
  });

  test("of a login that named no API is for that API, and then for none again", async () => {
    tenant.setClient(tenant.spa);
    const { tokens } = await logIn(tenant, tenant.spa, "ada@example.com", { audience: undefined });
    tenant.setClient({ ...tenant.spa, refresh_token: withPolicies(POLICIES) });
    const first = (await exchange(tokens.refresh_token!, { audience: BILLING })).body as Record<string, string>;
    expect(decodeJwt(first.access_token!)).toMatchObject({ aud: expect.arrayContaining([BILLING]) });
    const second = (await exchange(first.refresh_token!)).body as Record<string, string>;
    expect(second.scope).toBe("openid profile email offline_access");
    expect(() => decodeJwt(second.access_token!)).toThrow();
  });

  /** Auth0 docs, "Use Multi-resource refresh token with Actions", its example. */
  test("for the first API brings what the login was granted and what the policy adds", async () => {
    const policies = [{ audience: API, scope: ["get:orders"] }];
    tenant.setApi({ ...tenant.api, enforce_policies: false });
    const { body } = await refresh({}, { refresh_token: withPolicies(policies) });
    tenant.setApi(tenant.api);
    expect((body as Record<string, string>).scope).toBe("openid profile email offline_access get:users get:orders");
  });

  test("and was rotated away ends its family, whichever API it was for", async () => {
    const token = await obtain();
    tenant.setClient({ ...tenant.spa, refresh_token: withPolicies(POLICIES) });
    const { body } = await exchange(token, { audience: BILLING });
    const used = { status: 403, body: { error: "invalid_grant" } };
    expect(await exchange(token, { audience: BILLING })).toMatchObject(used);
    expect(await exchange((body as Record<string, string>).refresh_token!)).toMatchObject(used);
  });

  test("tells Actions which API the token is for, and the next exchange is for the first again", async () => {
    tenant.bind('api.accessToken.setCustomClaim("urn:for", event.resource_server.identifier);');
    const { body } = await refresh({ audience: BILLING });
    const { access_token, refresh_token } = body as Record<string, string>;
    expect(decodeJwt(access_token!)).toMatchObject({ "urn:for": BILLING });
    const again = await exchange(refresh_token!);
    expect(decodeJwt((again.body as Record<string, string>).access_token!)).toMatchObject({ "urn:for": API });
    tenant.bind();
  });

  test.each<[string, object, (() => Partial<Client>) | undefined]>([
    ["the first API by name", { audience: API }, () => ({ refresh_token: withPolicies(null) })],
    ["none at all", { audience: "" }, () => ({ refresh_token: withPolicies(null) })],
  ])("for %s needs no policy", async (_name, parameters, client) => {
    const { status, body } = await refresh(parameters, client?.());
    expect(status).toBe(200);
    expect([decodeJwt((body as Record<string, string>).access_token!).aud].flat()).toContain(API);
  });

  /** The local tenant's own words. */
  const refusal = (audience: string) => ({
    error: "invalid_request",
    error_description: `The refresh token policies of the client do not allow the audience ${audience}.`,
  });
  test.each<[string, () => Partial<Client>]>([
    ["no policy", () => ({ refresh_token: withPolicies([]) })],
    ["a policy for another API", () => ({ refresh_token: withPolicies([{ audience: API, scope: ["get:users"] }]) })],
    ["a client of a third party", () => ({ is_first_party: false, refresh_token: withPolicies(POLICIES) })],
    [
      "a policy for an API that is gone",
      () => {
        tenant.tenant.state.resourceServers.delete("billing");
        return { refresh_token: withPolicies(POLICIES) };
      },
    ],
    [
      "an API whose consent nobody skips",
      () => {
        setBilling({ skip_consent_for_verifiable_first_party_clients: false });
        return { refresh_token: withPolicies(POLICIES) };
      },
    ],
  ])("with %s is refused, and the token stays good", async (_name, client) => {
    const token = await obtain();
    tenant.setClient({ ...tenant.spa, ...client() });
    const refused = await exchange(token, { audience: BILLING });
    expect(refused).toMatchObject({ status: 400, body: refusal(BILLING) });
    expect(await exchange(token)).toMatchObject({ status: 200 });
  });

  test("is refused for an API that is closed to users, and the token stays good", async () => {
    setBilling({ subject_type_authorization: { user: { policy: "deny_all" }, client: { policy: "deny_all" } } });
    const token = await obtain();
    tenant.setClient({ ...tenant.spa, refresh_token: withPolicies(POLICIES) });
    const error_description = `Client is not authorized to access "${BILLING}".`;
    const refused = { status: 403, body: { error: "access_denied", error_description } };
    expect(await exchange(token, { audience: BILLING })).toMatchObject(refused);
    expect(await exchange(token)).toMatchObject({ status: 200 });
  });

  test("of a login to an organization brings a token of that organization, with what its roles give there", async () => {
    const { state } = tenant.tenant;
    setBilling({ enforce_policies: true });
    const user = state.users.values().find(({ email }) => email === "ada@example.com")!;
    state.organizations.set(ACME, { id: ACME, name: "acme" });
    const [connection, member] = [`${ACME}:${tenant.database.id}`, `${ACME}:${user.user_id}`];
    state.organizationConnections.set(connection, {
      id: connection,
      organization_id: ACME,
      connection_id: tenant.database.id,
      assign_membership_on_login: false,
      is_signup_enabled: false,
      show_as_button: true,
      is_enabled: true,
      organization_access_level: "none",
    });
    const permissions = [{ permission_name: "read:bills", resource_server_identifier: BILLING }];
    state.roles.set("rol_reader", { id: "rol_reader", name: "reader", description: "", permissions });
    state.organizationMembers.set(member, {
      id: member,
      organization_id: ACME,
      user_id: user.user_id,
      roles: ["rol_reader"],
    });
    const assigned = [{ permission_name: "pay:bills", resource_server_identifier: BILLING }];
    state.assignments.set(user.user_id, { user_id: user.user_id, roles: [], permissions: assigned });
    const client = { ...tenant.spa, organization_usage: "allow", refresh_token: withPolicies(POLICIES) } as const;
    tenant.setClient(client);
    const { tokens } = await logIn(tenant, client, "ada@example.com", { organization: ACME });
    const { body } = await exchange(tokens.refresh_token!, { audience: BILLING });
    const { access_token, scope } = body as Record<string, string>;
    expect(decodeJwt(access_token!)).toMatchObject({ aud: expect.arrayContaining([BILLING]), org_id: ACME });
    expect(scope).toBe("openid profile email offline_access read:bills");
    state.assignments.delete(user.user_id);
  });

  test("waits for the second factor that an Action wants for that API alone, and keeps the token until then", async () => {
    const { user_id } = tenant.tenant.state.users.values().find(({ email }) => email === "ada@example.com")!;
    await createManagementClient(tenant).guardian.factors.set("otp", { enabled: true });
    const secret = newTotpSecret();
    const codeNow = () => renderTotp(secret, Math.floor(tenant.clock.now() / 30_000));
    enrollTotp(tenant.tenant, user_id, secret, codeNow());
    // A code is good once.
    tenant.clock.advance(30_000);
    const MFA_OTP = "http://auth0.com/oauth/grant-type/mfa-otp";
    const token = await obtain();
    tenant.setClient({
      ...tenant.spa,
      grant_types: [...tenant.spa.grant_types!, MFA_OTP],
      refresh_token: withPolicies(POLICIES),
    });
    tenant.bind(
      `if (event.resource_server.identifier === "${BILLING}") api.authentication.challengeWith({ type: "otp" });`,
    );
    const asked = await exchange(token, { audience: BILLING });
    expect(asked).toMatchObject({ status: 403, body: { error: "mfa_required" } });
    const { mfa_token } = asked.body as Record<string, string>;
    const body = { grant_type: MFA_OTP, client_id: tenant.spa.client_id, mfa_token, otp: codeNow() };
    const passed = await call(tenant, "/oauth/token", { method: "POST", body });
    const { access_token, refresh_token } = passed.body as Record<string, string>;
    expect(decodeJwt(access_token!).aud).toContain(BILLING);
    expect(await exchange(token)).toMatchObject({ status: 403, body: { error: "invalid_grant" } });
    expect(refresh_token).not.toBe(token);
    tenant.bind();
  });

  test("is refused for the Management API, whatever the policies say", async () => {
    const audience = `https://${tenant.domain}/api/v2/`;
    const refused = await refresh({ audience }, { refresh_token: withPolicies([{ audience, scope: ["read:users"] }]) });
    expect(refused).toMatchObject({ status: 400, body: refusal(audience) });
  });
});
