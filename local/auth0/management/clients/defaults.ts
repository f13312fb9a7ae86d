import { newId } from "../../ids.ts";
import type { Client, RefreshTokenPolicy } from "../../state/resources.ts";
import type { Tenant } from "../../tenant.ts";
import { isStrict } from "../../third-party.ts";
import { withoutNulls } from "../merge.ts";

/** Seconds: 30 days, and 15 without use; where a server keeps the tokens, a year and 30 days. */
const LIFETIMES = { token_lifetime: 2_592_000, idle_token_lifetime: 1_296_000 } as const;
const LIFETIMES_ON_SERVERS = { token_lifetime: 31_557_600, idle_token_lifetime: 2_592_000 } as const;
const SERVERS: ReadonlySet<unknown> = new Set(["regular_web", "non_interactive"]);
const BY_SECRET: ReadonlySet<unknown> = new Set(["client_secret_post", "client_secret_basic"]);
/** Kinds that cannot keep a secret, and so cannot act for themselves. */
const PUBLIC_APP_TYPES: ReadonlySet<unknown> = new Set(["spa", "native"]);

const GRANT_TYPES = ["authorization_code", "implicit", "refresh_token", "client_credentials"] as const;
const JWT_CONFIGURATION = { alg: "RS256", secret_encoded: false } as const;

type Fields = Readonly<Record<string, unknown>>;
type Kind = Pick<Client, "app_type" | "is_first_party" | "token_endpoint_auth_method">;

const SESSION_TRANSFER = {
  can_create_session_transfer_token: false,
  allowed_authentication_methods: [],
  enforce_device_binding: "ip",
  allow_refresh_token: false,
  enforce_online_refresh_tokens: true,
  enforce_cascade_revocation: true,
} as const;

/** With what a request left out, once it names any of it. */
export const completeSessionTransfer = (given: object | null | undefined): Fields =>
  given ? { session_transfer: { ...SESSION_TRANSFER, ...withoutNulls(given) } } : {};

/** The policy of a client for which a request gave none, or with what a request left out of it. */
export function completeRefreshToken(
  { app_type, is_first_party, token_endpoint_auth_method: method }: Kind,
  given: RefreshTokenPolicy | null | undefined,
): RefreshTokenPolicy {
  const isThirdParty = is_first_party === false;
  const isPublic = PUBLIC_APP_TYPES.has(app_type);
  const expires = given?.expiration_type === "expiring" || (!given && isThirdParty);
  return {
    rotation_type: isThirdParty && isPublic ? "rotating" : "non-rotating",
    expiration_type: expires ? "expiring" : "non-expiring",
    leeway: 0,
    ...(SERVERS.has(app_type) || BY_SECRET.has(method) ? LIFETIMES_ON_SERVERS : LIFETIMES),
    infinite_token_lifetime: !expires || (!given && !isPublic),
    infinite_idle_token_lifetime: !expires,
    ...given,
  };
}

/** A new client as Auth0 completes it: as recorded, kind by kind. */
export function planClient(tenant: Pick<Tenant, "name">, body: Fields): Client {
  const { name = "", refresh_token, jwt_configuration, ...fields } = body as Partial<Client>;
  const hasStrictMode = isStrict(fields);
  return {
    tenant: tenant.name,
    global: false,
    is_token_endpoint_ip_header_trusted: false,
    name,
    is_first_party: true,
    oidc_conformant: false,
    sso_disabled: false,
    cross_origin_authentication: false,
    custom_login_page_on: true,
    callback_url_template: false,
    ...planKind(fields, hasStrictMode),
    ...fields,
    ...completeSessionTransfer(fields.session_transfer),
    refresh_token: completeRefreshToken(fields, refresh_token),
    cross_origin_auth: fields.cross_origin_authentication ?? false,
    jwt_configuration: { ...planJwtConfiguration(fields, hasStrictMode), ...(jwt_configuration as object | undefined) },
    client_id: hasStrictMode ? newId.thirdPartyClient() : newId.client(),
    client_secret: newId.clientSecret(),
  };
}

function planKind({ app_type, is_first_party }: Kind, hasStrictMode: boolean): Fields {
  if (app_type === "resource_server") return { grant_types: [], oidc_conformant: true };
  if (app_type === "express_configuration") {
    return {
      grant_types: ["authorization_code", "client_credentials"],
      oidc_conformant: true,
      callbacks: ["https://system-admin.okta.com/admin/app/generic/oauth20redirect"],
      organization_usage: "require",
      organization_require_behavior: "pre_login_prompt",
      client_authentication_methods: { private_key_jwt: { credentials: [] } },
    };
  }
  const grant_types = GRANT_TYPES.filter((type) => !PUBLIC_APP_TYPES.has(app_type) || type !== "client_credentials");
  return {
    grant_types: hasStrictMode ? ["authorization_code"] : grant_types,
    ...(is_first_party === false && { oidc_conformant: true, third_party_security_mode: "permissive" }),
  };
}

function planJwtConfiguration({ app_type }: Kind, hasStrictMode: boolean): Fields {
  if (app_type === "resource_server" || app_type === "express_configuration") return JWT_CONFIGURATION;
  return { ...JWT_CONFIGURATION, lifetime_in_seconds: hasStrictMode ? 3600 : 36_000 };
}
