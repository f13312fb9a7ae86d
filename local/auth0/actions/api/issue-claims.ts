import { type ApiSettings, DEFAULT_API_SETTINGS } from "./settings.ts";

/** Auth0 docs, "Create custom claims": restricted claims, ignored without an error. `scope` throws at the call instead. */
const RESTRICTED = new Set(
  `acr act active amr at_hash ath attest aud auth_time authorization_details azp c_hash client_id cnf cty dest entitlements
   events exp groups gty htm htu iat internalService iss jcard jku jti jwe jwk kid may_act mky nbf nonce object_id org_id
   org_name orig origid permissions roles rph s_hash sid sip_callid sip_cseq_num sip_date sip_from_tag sip_via_branch scope
   sub sub_jwk toe txn typ uuid vot vtm x5t#S256`.split(/\s+/),
);

/** OpenID Connect Core §5.4: the claims that each scope asks for. */
const SCOPE_OF_PROFILE_CLAIM = new Map(
  Object.entries({
    profile: `name given_name family_name middle_name nickname preferred_username picture website gender birthdate zoneinfo
      locale profile updated_at`,
    email: "email email_verified",
    address: "address",
    phone: "phone_number phone_number_verified",
  }).flatMap(([scope, names]) => names.split(/\s+/).map((name) => [name, scope] as const)),
);

const RESERVED_HOSTS = ["auth0.com", "webtask.io", "webtask.run"];
const MAX_BYTES = 100 * 1024;

export interface ClaimsContext {
  /** Scopes of the token, or for an id token those requested. */
  scopes: readonly string[];
  /** Whether the audience is one of Auth0's own APIs; `/userinfo` is not meant. */
  isAuth0Api: boolean;
  settings?: Pick<ApiSettings, "nullClaim">;
}

export type DropReason =
  | "undefined"
  | "null"
  | "restricted"
  | "scope-not-granted"
  | "not-namespaced"
  | "reserved-namespace";

export interface IssuedClaims {
  claims: Record<string, unknown>;
  /** For the log: Auth0 drops them without a word, which is hard to find. */
  dropped: { name: string; reason: DropReason }[];
}

/** The transaction fails: custom claims of one token have more than 100 KB. */
export class CustomClaimsTooLargeError extends Error {
  override readonly name = "CustomClaimsTooLargeError";
  readonly code = "custom_claims_too_large";
}

function isReservedNamespace(name: string): boolean {
  if (name.startsWith("urn:auth0")) return true;
  const { hostname } = new URL(name);
  return RESERVED_HOSTS.some((host) => hostname === host || hostname.endsWith(`.${host}`));
}

function findDropReason(name: string, value: unknown, context: ClaimsContext): DropReason | undefined {
  const { nullClaim } = context.settings ?? DEFAULT_API_SETTINGS;
  if (value === undefined) return "undefined";
  if (value === null && nullClaim === "dropped") return "null";
  if (RESTRICTED.has(name)) return "restricted";
  if (URL.canParse(name)) return isReservedNamespace(name) ? "reserved-namespace" : undefined;
  const scope = SCOPE_OF_PROFILE_CLAIM.get(name);
  if (scope !== undefined && !context.scopes.includes(scope)) return "scope-not-granted";
  return context.isAuth0Api ? "not-namespaced" : undefined;
}

/**
 * What becomes of the claims that Actions asked for when one token is issued.
 *
 * @param asked of `transaction.claims.accessToken` or `.idToken`
 * @throws {CustomClaimsTooLargeError}
 */
export function issueClaims(asked: ReadonlyMap<string, unknown>, context: ClaimsContext): IssuedClaims {
  const issued: [string, unknown][] = [];
  const dropped: IssuedClaims["dropped"] = [];
  for (const [name, value] of asked) {
    const reason = findDropReason(name, value, context);
    if (reason === undefined) issued.push([name, value]);
    else dropped.push({ name, reason });
  }
  const bytes = issued.reduce((sum, [name, value]) => sum + Buffer.byteLength(name + JSON.stringify(value)), 0);
  if (bytes > MAX_BYTES) {
    throw new CustomClaimsTooLargeError(`Custom claims of one token have ${bytes} bytes, the limit is ${MAX_BYTES}.`);
  }
  return { claims: Object.fromEntries(issued), dropped };
}
