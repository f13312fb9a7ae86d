import { newId } from "../../ids.ts";
import type { Client, RefreshTokenPolicy } from "../../state/resources.ts";
import type { Tenant } from "../../tenant.ts";

/** Seconds: 30 days, and 15 without use. */
const LIFETIMES = { token_lifetime: 2_592_000, idle_token_lifetime: 1_296_000 } as const;

const NON_EXPIRING: RefreshTokenPolicy = {
  expiration_type: "non-expiring",
  leeway: 0,
  infinite_token_lifetime: true,
  infinite_idle_token_lifetime: true,
  ...LIFETIMES,
  rotation_type: "non-rotating",
};

const EXPIRING: RefreshTokenPolicy = {
  ...NON_EXPIRING,
  expiration_type: "expiring",
  infinite_token_lifetime: false,
  infinite_idle_token_lifetime: false,
};

const GRANT_TYPES = ["authorization_code", "implicit", "refresh_token", "client_credentials"] as const;
/** Kinds that cannot keep a secret, and so cannot act for themselves. */
const PUBLIC_APP_TYPES: ReadonlySet<unknown> = new Set(["spa", "native"]);

/** A policy that a request gave in part, with the rest filled in. */
export function completeRefreshToken(policy: RefreshTokenPolicy | null | undefined): RefreshTokenPolicy {
  if (policy === undefined || policy === null) return NON_EXPIRING;
  return { ...(policy.expiration_type === "expiring" ? EXPIRING : NON_EXPIRING), ...policy };
}

/** A new client as Auth0 completes it. */
export function planClient(tenant: Pick<Tenant, "name">, body: Readonly<Record<string, unknown>>): Client {
  const { name, refresh_token, jwt_configuration, ...fields } = body as Partial<Client>;
  const isPublic = PUBLIC_APP_TYPES.has(fields.app_type);
  return {
    tenant: tenant.name,
    global: false,
    is_token_endpoint_ip_header_trusted: false,
    name: name ?? "",
    is_first_party: true,
    oidc_conformant: false,
    sso_disabled: false,
    cross_origin_authentication: false,
    custom_login_page_on: true,
    callback_url_template: false,
    grant_types: GRANT_TYPES.filter((type) => !isPublic || type !== "client_credentials"),
    ...fields,
    refresh_token: completeRefreshToken(refresh_token),
    cross_origin_auth: fields.cross_origin_authentication ?? false,
    jwt_configuration: { ...JWT_CONFIGURATION, ...(jwt_configuration as object | undefined) },
    client_id: newId.client(),
    client_secret: newId.clientSecret(),
  };
}

const JWT_CONFIGURATION = { alg: "RS256", lifetime_in_seconds: 36_000, secret_encoded: false } as const;
