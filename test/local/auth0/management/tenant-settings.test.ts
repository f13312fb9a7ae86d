import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { ManagementClient } from "auth0";
import type { LocalTenant } from "../../../../local/auth0/server.ts";
import { call, managementToken, startTestTenant } from "../../../support/local-tenant.ts";
import { createManagementClient } from "../../../support/management-client.ts";

let tenant: LocalTenant;
let sdk: ManagementClient;
beforeEach(async () => {
  tenant = await startTestTenant();
  sdk = createManagementClient(tenant);
});
afterEach(() => tenant.close());

const patch = async (body: unknown) =>
  call(tenant, "/api/v2/tenants/settings", { method: "PATCH", token: await managementToken(tenant), body });

test("a tenant that nobody changed has Auth0's defaults", async () => {
  expect(await sdk.tenants.settings.get()).toMatchObject({
    session_lifetime: 168,
    idle_session_lifetime: 72,
    enabled_locales: ["en"],
    resource_parameter_profile: "audience",
    session_cookie: { mode: "non-persistent" },
    oidc_logout: { rp_logout_end_session_endpoint_discovery: true },
    flags: { enable_sso: true, disable_impersonation: true, revoke_refresh_token_grant: false },
    sandbox_versions_available: ["22", "18", "12"],
  });
});

test("a change leaves the other settings, and inside the flags the other flags", async () => {
  const { sandbox_versions_available, ...before } = (await sdk.tenants.settings.get()) as Record<string, unknown>;
  const updated = await sdk.tenants.settings.update({
    friendly_name: "Acme",
    flags: { enable_public_signup_user_exists_error: false },
  });
  const after = {
    ...before,
    friendly_name: "Acme",
    flags: { ...(before.flags as object), enable_public_signup_user_exists_error: false },
  };
  // The answer to a change has no list of sandbox versions, as recorded.
  expect(updated).toEqual(after);
  expect(await sdk.tenants.settings.get()).toEqual({ ...after, sandbox_versions_available });
});

test("a lifetime given in minutes is kept in hours", async () => {
  const updated = await sdk.tenants.settings.update({ session_lifetime_in_minutes: 181 });
  expect(updated.session_lifetime).toBe(181 / 60);
  expect(updated).not.toHaveProperty("session_lifetime_in_minutes");
});

test("null takes a setting away", async () => {
  await patch({ error_page: { url: "https://app.test/error" } });
  const { body } = await patch({ error_page: null });
  expect(body).not.toHaveProperty("error_page");
});

test.each(["universal_login", "flags"])(
  "%s passes as real tenants take it, beyond the published schema",
  async (field) => {
    const value = field === "flags" ? { use_scope_descriptions_for_consent: true } : { colors: { primary: "#000000" } };
    expect(await patch({ [field]: value })).toMatchObject({ status: 200, body: { [field]: value } });
  },
);

test.each([
  ["an unknown setting", { colour: "red" }, "Payload validation error: 'Additional properties not allowed: colour'."],
  [
    "an unknown flag",
    { flags: { fly: true } },
    "Payload validation error: 'Additional properties not allowed: fly' on property flags (Flags used to change the behavior of this tenant.).",
  ],
  [
    "a language that Auth0 does not speak",
    { enabled_locales: ["en", "tlh"] },
    "Payload validation error: 'No enum match for: tlh' on property enabled_locales[1].",
  ],
  [
    "a lifetime twice",
    { session_lifetime: 1, session_lifetime_in_minutes: 60 },
    "Cannot set both session_lifetime and session_lifetime_in_minutes",
  ],
  [
    "a read-only field",
    { sandbox_versions_available: [] },
    "Payload validation error: 'Additional properties not allowed: sandbox_versions_available'.",
  ],
])("%s is refused", async (_name, body, message) => {
  expect(await patch(body)).toMatchObject({ status: 400, body: { message, errorCode: "invalid_body" } });
});
