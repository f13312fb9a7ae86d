import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { decodeJwt } from "jose";
import type { Client } from "../../../../local/auth0/state/resources.ts";
import type { User } from "../../../../local/auth0/state/user.ts";
import { passLoginPage, planLogin, redeem } from "../../../support/log-in.ts";
import { API, type LoginTenant, startLoginTenant } from "../../../support/login-tenant.ts";
import { wordsOf } from "../../../support/words-of.ts";

const ACME = "org_aaaaaaaaaaaaaaaa";
const GLOBEX = "org_bbbbbbbbbbbbbbbb";

describe("a login to an organization", () => {
  let tenant: LoginTenant;
  let user: User;
  beforeAll(async () => {
    tenant = await startLoginTenant();
    user = await tenant.addUser("ada@example.com");
    const { state } = tenant.tenant;
    state.organizations.set(ACME, { id: ACME, name: "acme", display_name: "Acme & Sons" });
    state.organizations.set(GLOBEX, { id: GLOBEX, name: "globex" });
    for (const [id, name] of [
      ["rol_global", "get:users"],
      ["rol_acme", "get:orders"],
    ] as const) {
      const permissions = [{ permission_name: name, resource_server_identifier: API }];
      state.roles.set(id, { id, name: id, description: "", permissions });
    }
    state.assignments.set(user.user_id, {
      user_id: user.user_id,
      roles: ["rol_global"],
      permissions: [{ permission_name: "post:users", resource_server_identifier: API }],
    });
  });
  afterAll(() => tenant.close());
  beforeEach(() => {
    tenant.setClient({ ...tenant.spa, organization_usage: "allow" });
    for (const id of [ACME, GLOBEX]) {
      enable(id, {});
      tenant.tenant.state.organizationMembers.delete(`${id}:${user.user_id}`);
    }
  });

  const enable = (organization: string, changes: Record<string, unknown>) => {
    const id = `${organization}:${tenant.database.id}`;
    tenant.tenant.state.organizationConnections.set(id, {
      id,
      organization_id: organization,
      connection_id: tenant.database.id,
      assign_membership_on_login: false,
      is_signup_enabled: false,
      show_as_button: true,
      is_enabled: true,
      organization_access_level: "none",
      ...changes,
    });
  };
  const join = (organization: string, roles: string[] = []) => {
    const id = `${organization}:${user.user_id}`;
    tenant.tenant.state.organizationMembers.set(id, {
      id,
      organization_id: organization,
      user_id: user.user_id,
      roles,
    });
  };
  const attemptWith = (parameters: Record<string, string>) =>
    planLogin(tenant, tenant.spa, { scope: "openid get:users get:orders post:users", ...parameters });
  const usage = (changes: Partial<Client>) => tenant.setClient({ ...tenant.spa, ...changes });

  test("names it in both tokens, with the roles held there and no others", async () => {
    join(ACME, ["rol_acme"]);
    const attempt = await attemptWith({ organization: ACME });
    const { url } = await passLoginPage(tenant.browser(), attempt, "ada@example.com");
    const { access_token, id_token } = await redeem(attempt, url);
    expect(decodeJwt(access_token)).toMatchObject({
      org_id: ACME,
      scope: "openid get:orders",
      permissions: ["get:orders"],
    });
    expect(decodeJwt(id_token!)).toMatchObject({ org_id: ACME });
    expect(decodeJwt(id_token!)).not.toHaveProperty("org_name");
  });

  test("names it by its name as well, where the tenant takes names", async () => {
    join(ACME);
    tenant.tenant.state.settings.set("tenant", { allow_organization_name_in_authentication_api: true });
    const attempt = await attemptWith({ organization: "acme" });
    const { url } = await passLoginPage(tenant.browser(), attempt, "ada@example.com");
    const { id_token } = await redeem(attempt, url);
    tenant.tenant.state.settings.set("tenant", {});
    expect(decodeJwt(id_token!)).toMatchObject({ org_id: ACME, org_name: "acme" });
  });

  test("without one counts the global roles, not those of organizations", async () => {
    join(ACME, ["rol_acme"]);
    const attempt = await attemptWith({});
    const { url } = await passLoginPage(tenant.browser(), attempt, "ada@example.com");
    const { access_token } = await redeem(attempt, url);
    expect(decodeJwt(access_token)).toMatchObject({ scope: "openid get:users post:users" });
    expect(decodeJwt(access_token)).not.toHaveProperty("org_id");
  });

  test("by somebody who is not a member is refused", async () => {
    const attempt = await attemptWith({ organization: ACME });
    const { url } = await passLoginPage(tenant.browser(), attempt, "ada@example.com");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      error: "access_denied",
      error_description: `user ${user.user_id} is not part of the ${ACME} organization`,
      state: attempt.state,
    });
  });

  describe("that names the applications its members may use", () => {
    const entitle = (isActive: boolean, useForMemberAccess?: boolean) => {
      const { state } = tenant.tenant;
      state.organizations.set(ACME, { ...state.organizations.get(ACME)!, is_app_entitlement_active: isActive });
      const id = `${ACME}:${tenant.spa.client_id}`;
      state.organizationClients.delete(id);
      if (useForMemberAccess === undefined) return;
      const link = { id, organization_id: ACME, client_id: tenant.spa.client_id };
      state.organizationClients.set(id, { ...link, use_for_member_access: useForMemberAccess });
    };
    afterEach(() => {
      entitle(false);
      tenant.setConnection(tenant.database);
    });

    test.each<[string, boolean, boolean | undefined, Partial<Client>, boolean]>([
      ["is refused to one that it does not name", true, undefined, {}, false],
      ["is refused to one whose access is off", true, false, {}, false],
      ["is given to one that it names", true, true, {}, true],
      ["is given to all while it is not active", false, undefined, {}, true],
      ["is given whatever was named while it is not active", false, false, {}, true],
      ["is refused to a third party whose access is off", true, false, { is_first_party: false }, false],
      ["is given to a third party that it does not name", true, undefined, { is_first_party: false }, true],
    ])("%s", async (_, isActive, useForMemberAccess, changes, isGiven) => {
      join(ACME);
      usage({ organization_usage: "allow", ...changes });
      // Third parties have no others.
      tenant.setConnection({ ...tenant.database, is_domain_connection: true });
      entitle(isActive, useForMemberAccess);
      const attempt = await attemptWith({ organization: ACME });
      const page = await passLoginPage(tenant.browser(), attempt, "ada@example.com");
      const { error } = Object.fromEntries(page.url.searchParams);
      expect(error).toBe(isGiven ? undefined : "access_denied");
      const [entry] = tenant.tenant.state.logs.values().slice(-1);
      if (!isGiven) expect(entry).toMatchObject({ type: "organization_access_denied" });
    });
  });

  test("makes somebody a member where the connection says so", async () => {
    enable(ACME, { assign_membership_on_login: true });
    const attempt = await attemptWith({ organization: ACME });
    const { url } = await passLoginPage(tenant.browser(), attempt, "ada@example.com");
    expect(url.searchParams.has("code")).toBe(true);
    expect(tenant.tenant.state.organizationMembers.has(`${ACME}:${user.user_id}`)).toBe(true);
  });

  test("offers none of the connections that it has not enabled", async () => {
    join(ACME);
    enable(ACME, { is_enabled: false });
    const { url } = await attemptWith({ organization: ACME });
    expect((await tenant.browser().open(url.href)).text).toContain("no connections enabled for the client");
  });

  test.each<[string, Partial<Client>, Record<string, string>, string]>([
    [
      "that is not named though required",
      { organization_usage: "require" },
      {},
      "parameter organization is required for this client",
    ],
    [
      "that does not exist",
      { organization_usage: "allow" },
      { organization: "org_zzzzzzzzzzzzzzzz" },
      "parameter organization is invalid",
    ],
    [
      "of a client that denies them",
      { organization_usage: "deny" },
      { organization: ACME },
      "parameter organization is not allowed for this client",
    ],
  ])("%s is refused", async (_name, client, parameters, description) => {
    usage(client);
    const { url } = await attemptWith(parameters);
    const answer = (await tenant.browser().open(url.href)).url.searchParams;
    expect([answer.get("error"), answer.get("error_description")]).toEqual(["invalid_request", description]);
  });

  test.each([
    [false, 403],
    [true, 302],
  ])("takes sign-ups where its connection is open to them: %p", async (is_signup_enabled, status) => {
    enable(ACME, { is_signup_enabled, assign_membership_on_login: true });
    const browser = tenant.browser();
    const attempt = await attemptWith({ organization: ACME, screen_hint: "signup" });
    const page = await browser.open(attempt.url.href);
    const person = { email: `new-${status}@example.com`, password: "correct-horse-Battery-9" };
    const { url, status: answered } = await browser.submit(page, person, "password");
    expect(url.searchParams.has("code")).toBe(is_signup_enabled);
    expect(answered).toBe(status);
  });

  test("asks for its name first, where the client says so", async () => {
    usage({ organization_usage: "require", organization_require_behavior: "pre_login_prompt" });
    join(ACME);
    const browser = tenant.browser();
    const attempt = await attemptWith({});
    const question = await browser.open(attempt.url.href);
    expect(question.status).toBe(200);
    expect(wordsOf(question)).toEqual(["Enter Your Organization", "Organization name", "Continue"]);
    const wrong = await browser.submit(question, { organization: "nowhere" });
    expect(wrong.status).toBe(400);
    expect(wordsOf(wrong)).toEqual([
      "Enter Your Organization",
      "The organization you entered is invalid",
      "Organization name",
      "Continue",
    ]);
    const page = await browser.submit(wrong, { organization: "ACME" });
    const { url } = await browser.submit(
      page,
      { username: "ada@example.com", password: "correct-horse-Battery-9" },
      "password",
    );
    const { id_token } = await redeem(attempt, url);
    expect(decodeJwt(id_token!)).toMatchObject({ org_id: ACME });
  });

  describe("chosen after the login", () => {
    beforeEach(() => {
      usage({ organization_usage: "require", organization_require_behavior: "post_login_prompt" });
    });

    test("is refused to a user without any", async () => {
      const attempt = await attemptWith({});
      const { url } = await passLoginPage(tenant.browser(), attempt, "ada@example.com");
      expect(url.searchParams.get("error_description")).toBe(
        "client requires organization membership, but user does not belong to any organization",
      );
    });

    test("is the only one there is", async () => {
      join(GLOBEX);
      const attempt = await attemptWith({});
      const { url } = await passLoginPage(tenant.browser(), attempt, "ada@example.com");
      expect(decodeJwt((await redeem(attempt, url)).id_token!)).toMatchObject({ org_id: GLOBEX });
    });

    test("is the user's choice of several, and of no others", async () => {
      join(ACME);
      join(GLOBEX);
      tenant.tenant.state.organizations.set("org_other", { id: "org_other", name: "other" });
      const browser = tenant.browser();
      const attempt = await attemptWith({});
      const question = await passLoginPage(browser, attempt, "ada@example.com");
      expect(question.status).toBe(200);
      expect(wordsOf(question)).toEqual(["Select an Organization", "Acme & Sons", "globex"]);
      const { url } = await browser.submit(question, { organization: "globex" });
      expect(decodeJwt((await redeem(attempt, url)).id_token!)).toMatchObject({ org_id: GLOBEX });
    });
  });
});
