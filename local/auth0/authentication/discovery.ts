import { readTenantSetting } from "../state/tenant-settings.ts";
import type { Tenant } from "../tenant.ts";
import { ASSERTION_ALGORITHMS } from "./client-assertion.ts";

/** What `/.well-known/openid-configuration` says: the endpoints and values that this tenant really has, no others. */
export function describeTenant({ issuer, state }: Pick<Tenant, "issuer" | "state">): Readonly<Record<string, unknown>> {
  const showsLogout = readTenantSetting(state, "oidc_logout").rp_logout_end_session_endpoint_discovery !== false;
  return {
    issuer,
    authorization_endpoint: `${issuer}authorize`,
    token_endpoint: `${issuer}oauth/token`,
    userinfo_endpoint: `${issuer}userinfo`,
    jwks_uri: `${issuer}.well-known/jwks.json`,
    revocation_endpoint: `${issuer}oauth/revoke`,
    mfa_challenge_endpoint: `${issuer}mfa/challenge`,
    ...(showsLogout && { end_session_endpoint: `${issuer}oidc/logout` }),
    scopes_supported: [
      "openid",
      "profile",
      "offline_access",
      "name",
      "given_name",
      "family_name",
      "nickname",
      "email",
      "email_verified",
      "picture",
      "created_at",
      "identities",
      "phone",
      "address",
    ],
    response_types_supported: ["code"],
    grant_types_supported: [
      "authorization_code",
      "refresh_token",
      "client_credentials",
      "password",
      "http://auth0.com/oauth/grant-type/password-realm",
      "http://auth0.com/oauth/grant-type/passwordless/otp",
      "http://auth0.com/oauth/grant-type/mfa-otp",
      "http://auth0.com/oauth/grant-type/mfa-oob",
      "http://auth0.com/oauth/grant-type/mfa-recovery-code",
      "urn:ietf:params:oauth:grant-type:token-exchange",
    ],
    code_challenge_methods_supported: ["S256", "plain"],
    response_modes_supported: ["query", "fragment", "form_post", "web_message"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "private_key_jwt", "none"],
    token_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
    claims_supported: [
      "aud",
      "auth_time",
      "created_at",
      "email",
      "email_verified",
      "exp",
      "family_name",
      "given_name",
      "iat",
      "identities",
      "iss",
      "name",
      "nickname",
      "phone_number",
      "picture",
      "sub",
    ],
    request_uri_parameter_supported: false,
    request_parameter_supported: false,
  };
}

/** RFC 7517: the keys that a token of this tenant may be signed with, now or after the next rotation. */
export function describeKeys({ signingKeys }: Pick<Tenant, "signingKeys">): Readonly<Record<string, unknown>> {
  return { keys: signingKeys.published().map((key) => key.jwk) };
}

/** `/pem`: the certificate of the current key. */
export function renderCertificate({ signingKeys }: Pick<Tenant, "signingKeys">): string {
  return signingKeys.current().certificate.toString();
}
