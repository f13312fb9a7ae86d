import type { Claims } from "./token/claims.ts";

/** What a request is charged for. */
export interface Usage {
  /** `cus_…`, never an email address. */
  readonly customer: string;
  /** The meter's `event_name` at Stripe. */
  readonly meter: string;
  /** Whole units. */
  readonly value: number;
}

export interface Allowed {
  readonly kind: "allowed";
  readonly subject: string;
  /** All that the token carries, not only what this request needed. */
  readonly scopes: readonly string[];
  /** The token's `org_id`. */
  readonly organization: string | undefined;
  /** Known when a paid scope was asked for, or when the token names it. */
  readonly customer: string | undefined;
  /** To be counted, once, before the answer leaves. */
  readonly usage: Usage | undefined;
  readonly claims: Claims;
}

/** No token is asked for: a CORS preflight, or a route that says `public`. Whoever sends it is not known. */
export interface Public {
  readonly kind: "public";
}

export type RefusalCode =
  | "no_token"
  | "malformed_authorization"
  | "token_too_large"
  | "token_malformed"
  | "algorithm_not_allowed"
  | "token_type_not_allowed"
  | "key_unknown"
  | "keys_unavailable"
  | "signature_invalid"
  | "claims_malformed"
  | "issuer_wrong"
  | "id_token"
  | "audience_wrong"
  | "expiry_missing"
  | "expired"
  | "not_yet_valid"
  | "subject_missing"
  | "token_bound"
  | "path_ambiguous"
  | "method_overridden"
  | "route_unknown"
  | "organization_missing"
  | "organization_not_allowed"
  | "scope_missing"
  | "customer_unknown"
  | "subscription_missing"
  | "billing_unavailable"
  | "metering_unavailable";

export interface Refused {
  readonly kind: "refused";
  readonly status: 401 | 402 | 403 | 503;
  /** For logs and counters: finer than `error`. It never holds anything of the token. */
  readonly code: RefusalCode;
  /** For the client: RFC 6750 §3.1 where that has a word for it. */
  readonly error: string;
  readonly description: string;
  /** The header's value; on 401 always, on 403 when a scope is missing. */
  readonly wwwAuthenticate: string | undefined;
  /** Seconds. */
  readonly retryAfter: number | undefined;
  /** JSON. */
  readonly body: string;
}

export type Decision = Allowed | Public | Refused;
