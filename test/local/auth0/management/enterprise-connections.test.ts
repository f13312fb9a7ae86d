import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { LocalTenant } from "../../../../local/auth0/server.ts";
import { call, managementToken, startTestTenant } from "../../../support/local-tenant.ts";

/** What real tenants add to the options of a company's provider: recorded by terraform-provider-auth0 and go-auth0. */
let tenant: LocalTenant;
let token: string;
beforeAll(async () => {
  tenant = await startTestTenant();
  token = await managementToken(tenant);
});
afterAll(() => tenant.close());

interface Answer {
  readonly id: string;
  readonly options: Readonly<Record<string, unknown>>;
}
const send = async (method: string, path: string, body: unknown): Promise<Answer> =>
  (await call(tenant, `/api/v2/connections${path}`, { method, token, body })).body as Answer;

/** Made for this test, of nobody. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBxzCCAW2gAwIBAgIUdWXMNqluMz260kyEmBoIs9RtJiQwCgYIKoZIzj0EAwIw
OTELMAkGA1UEBhMCQVUxEDAOBgNVBAoMB1dpZGdpdHMxGDAWBgNVBAMMD2lkcC5l
eGFtcGxlLmNvbTAeFw0yNjEyMDEwMDQxMTdaFw0zNjExMjgwMDQxMTdaMDkxCzAJ
BgNVBAYTAkFVMRAwDgYDVQQKDAdXaWRnaXRzMRgwFgYDVQQDDA9pZHAuZXhhbXBs
ZS5jb20wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQnvV9g5J4YCW4ZOJ9s5OlQ
kowpIOUV/xfuSsEk98Q+P62yBSUAKtDo4aj4Q4jLk6lyO6FIkARm5jcb2RrI2bxW
o1MwUTAdBgNVHQ4EFgQUgPM1cZOqF/OK07UcoWSnQLblQRcwHwYDVR0jBBgwFoAU
gPM1cZOqF/OK07UcoWSnQLblQRcwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQD
AgNIADBFAiBIoGAHTL84c3IMO9DtRjs8Hqez1fL6XyMOlrJQcbH4sAIhANq+M+Fh
n7NS+cmnCO8Rj5n9YZ1udyidKpufFyzUFsxo
-----END CERTIFICATE-----
`;

const OIDC = { schema_version: "oidc-V4", connection_settings: { pkce: "auto" } };
const HIDDEN = { show_as_button: false };

describe("a new connection of", () => {
  test.each<[string, object, object]>([
    ["ad", { brute_force_protection: true }, HIDDEN],
    ["adfs", { thumbprints: [], should_trust_email_verified_connection: "always_set_emails_as_verified" }, HIDDEN],
    [
      "google-apps",
      {
        email: true,
        profile: true,
        scope: ["email", "profile"],
        handle_login_from_social: true,
        map_user_id_to_id: false,
      },
      HIDDEN,
    ],
    [
      "oidc",
      { ...OIDC, type: "front_channel", attribute_map: { mapping_mode: "bind_all" } },
      { ...HIDDEN, display_name: "new-oidc" },
    ],
    [
      "okta",
      { ...OIDC, type: "back_channel", attribute_map: { mapping_mode: "basic_profile" } },
      { ...HIDDEN, display_name: "new-okta" },
    ],
    ["samlp", { assertion_decryption_settings: { algorithm_profile: "v2026-1", algorithm_exceptions: [] } }, HIDDEN],
    [
      "waad",
      {
        identity_api: "microsoft-identity-platform-v2.0",
        should_trust_email_verified_connection: "never_set_emails_as_verified",
        useCommonEndpoint: false,
        use_wsfed: false,
        waad_common_endpoint: false,
        waad_protocol: "openid-connect",
      },
      { ...HIDDEN, display_name: "new-waad" },
    ],
    ["oauth2", {}, {}],
  ])("%s has what nobody asked for", async (strategy, options, members) => {
    const name = `new-${strategy}`;
    const made = await send("POST", "", { name, strategy, options: { client_id: "given" } });
    expect(made).toEqual({
      id: expect.any(String),
      name,
      strategy,
      is_domain_connection: false,
      authentication: { active: true },
      connected_accounts: { active: false },
      enabled_clients: [],
      realms: [name],
      ...members,
      options: { client_id: "given", ...options },
    });
  });
});

test("what is asked for stays as it is", async () => {
  const options = { type: "back_channel", attribute_map: { mapping_mode: "use_map", attributes: {} } };
  const body = { name: "asked", strategy: "oidc", display_name: "Ours", show_as_button: true, options };
  expect(await send("POST", "", body)).toMatchObject(body);
});

test.each([
  ["okta", { schema_version: "oidc-V4", attribute_map: { mapping_mode: "basic_profile" } }, "disabled"],
  ["oidc", { schema_version: "oidc-V4", attribute_map: { mapping_mode: "bind_all" } }, "disabled"],
])("options of %s that replace others are completed as well", async (strategy, added, pkce) => {
  const { id } = await send("POST", "", { name: `changed-${strategy}`, strategy, options: { client_id: "one" } });
  const { options } = await send("PATCH", `/${id}`, { options: { client_id: "two" } });
  expect(options).toEqual({ client_id: "two", ...added, connection_settings: { pkce } });
});

describe("a provider's certificate", () => {
  const described = {
    cert: CERTIFICATE,
    expires: "2036-11-28T00:41:17.000Z",
    subject: { countryName: "AU", organizationName: "Widgits", commonName: "idp.example.com" },
    thumbprints: ["9ad676a66cd70e24a601c42ebad052326da147b0"],
  };

  test.each([
    ["as it is", CERTIFICATE],
    ["in Base64", Buffer.from(CERTIFICATE).toString("base64")],
  ])("of SAML is described, given %s", async (how, signingCert) => {
    const body = { name: `saml-${how.split(" ")[0]}${how.length}`, strategy: "samlp", options: { signingCert } };
    const { id, options } = await send("POST", "", body);
    expect(options).toMatchObject({ ...described, signingCert });
    expect((await send("PATCH", `/${id}`, { options: { signingCert } })).options).toEqual({
      ...described,
      signingCert,
    });
  });

  test("of PingFederate goes by its other name", async () => {
    const options = { signingCert: CERTIFICATE, pingFederateBaseUrl: "https://ping.example.com" };
    const made = await send("POST", "", { name: "ping", strategy: "pingfederate", options });
    expect(made.options).toEqual({
      ...described,
      pingFederateBaseUrl: "https://ping.example.com",
      signInEndpoint: "https://ping.example.com",
    });
  });

  test.each(["", "none", "-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----"])(
    "that is none is kept and not described: %j",
    async (signingCert) => {
      const body = { name: `none-${signingCert.length}`, strategy: "pingfederate", options: { signingCert } };
      expect((await send("POST", "", body)).options).toEqual({ signingCert });
    },
  );
});
