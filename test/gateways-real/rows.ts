import { createSigningKey } from "../gateways/support/issuer.ts";
import { AUDIENCE, strangerFor, type TokenMaker } from "./support/tokens.ts";

interface RowRequest {
  readonly method?: string;
  readonly path?: string;
  /** As lines: one may be sent twice. */
  readonly headers: readonly string[];
}

export interface Row {
  readonly name: string;
  readonly request: (tokens: TokenMaker) => RowRequest;
  /** Any of them is right. */
  readonly status: readonly number[];
  /** What the backend must be told; names in lower case. Without it: who the token was issued to. */
  readonly identity?: Readonly<Record<string, string>>;
  /** Whether Stripe is down meanwhile. */
  readonly stripe?: "down";
  /** Whether the answer must allow the page's origin, or must not. What is passed on to a backend is left to it. */
  readonly allowsOrigin?: boolean;
}

const bearer = (token: string): RowRequest => ({ headers: [`Authorization: Bearer ${token}`] });
const SPA = "http://localhost:3000";
const customer = (id: string) => ({ [`${AUDIENCE}stripe_customer_id`]: id });
const now = () => Math.floor(Date.now() / 1000);

type Make = (tokens: TokenMaker) => RowRequest;
const row = (name: string, status: number, request: Make, more: Partial<Row> = {}): Row => ({
  name,
  status: [status],
  request,
  ...more,
});
const claims = (name: string, status: number, changes: () => Record<string, unknown>, more: Partial<Row> = {}): Row =>
  row(name, status, (tokens) => bearer(tokens.sign(changes())), more);
const order = (name: string, status: number, changes: () => Record<string, unknown>, more: Partial<Row> = {}): Row =>
  row(
    name,
    status,
    (tokens) => ({ ...bearer(tokens.sign({ scope: "post:orders", ...changes() })), method: "POST", path: "/orders" }),
    more,
  );
const SPOOFED = ["X-User-Sub: auth0|boss", "X_User_Sub: auth0|boss", "X-User_Sub: auth0|boss", "X-Org-Id: org_boss"];
const SPOOFED_CUSTOMER = ["X-Stripe-Customer: cus_other", "x-scopes: delete:users"];
const NOBODY = { "x-user-sub": "", "x-org-id": "", "x-scopes": "", "x-stripe-customer": "" };

/**
 * What every gateway is asked. Rows that find a new key stand before those with invented key ids, because after one of those
 * the issuer is left in peace for a while.
 */
export const rows: readonly Row[] = [
  row("a public route without a token", 200, () => ({ path: "/health", headers: [] }), { identity: NOBODY }),
  row(
    "a public route with identity headers",
    200,
    () => ({ path: "/health", headers: [...SPOOFED, ...SPOOFED_CUSTOMER] }),
    {
      identity: NOBODY,
    },
  ),
  row("no token", 401, () => ({ headers: [] })),
  claims("a good token, audience as a text", 200, () => ({ aud: AUDIENCE })),
  claims("a good token, audience in a list", 200, () => ({})),
  row("two blanks before a good token", 200, (tokens) => ({ headers: [`Authorization: Bearer  ${tokens.sign()}`] })),
  row("HEAD with a good token", 200, (tokens) => ({ ...bearer(tokens.sign()), method: "HEAD" })),
  claims("a machine's token", 200, () => ({ sub: "worker@clients", aud: AUDIENCE, gty: "client-credentials" }), {
    identity: { "x-user-sub": "worker@clients" },
  }),
  claims("a token with org_id", 200, () => ({ org_id: "org_1" }), {
    identity: { "x-user-sub": "auth0|user-1", "x-org-id": "org_1" },
  }),
  row(
    "a good token, identity headers from the client",
    200,
    (tokens) => ({ headers: [...SPOOFED, ...bearer(tokens.sign()).headers, ...SPOOFED_CUSTOMER] }),
    { identity: { "x-user-sub": "auth0|user-1", "x-org-id": "", "x-stripe-customer": "" } },
  ),
  row(
    "a preflight",
    204,
    () => ({
      method: "OPTIONS",
      headers: [
        `Origin: ${SPA}`,
        "Access-Control-Request-Method: GET",
        "Access-Control-Request-Headers: authorization",
      ],
    }),
    { status: [200, 204], identity: NOBODY, allowsOrigin: true },
  ),
  row(
    "a preflight from another site's page",
    404,
    () => ({ method: "OPTIONS", headers: ["Origin: https://evil.example", "Access-Control-Request-Method: GET"] }),
    { status: [200, 204, 404], identity: NOBODY, allowsOrigin: false },
  ),
  row("a key published later", 200, (tokens) => bearer(tokens.sign({}, { kid: tokens.nextKey.kid }, tokens.nextKey))),

  claims("the scope is missing", 403, () => ({ scope: "openid get:orders" })),
  claims("a longer scope (get:usersx)", 403, () => ({ scope: "get:usersx get:users:all" })),
  claims("no scope at all", 403, () => ({ scope: undefined })),
  claims("permissions instead of scope", 403, () => ({ scope: "openid", permissions: ["get:users"] })),
  row("a route that is not listed", 403, (tokens) => ({ ...bearer(tokens.sign()), path: "/invoices" })),
  row("another method's scope", 403, (tokens) => ({ ...bearer(tokens.sign()), method: "DELETE" })),
  row("a path out of its segment (..%2f)", 403, (tokens) => ({
    ...bearer(tokens.sign()),
    path: "/users/..%2freports",
  })),
  row("a header that overrides the method", 403, (tokens) => ({
    headers: [...bearer(tokens.sign()).headers, "X-HTTP-Method-Override: DELETE"],
  })),
  row("the same, spelled with underscores", 403, (tokens) => ({
    headers: [...bearer(tokens.sign()).headers, "X_HTTP_Method-Override: DELETE"],
  })),

  claims("an expired token", 401, () => ({ exp: now() - 60 })),
  claims("nbf ahead", 401, () => ({ nbf: now() + 600 })),
  claims("iat in the future", 401, () => ({ iat: now() + 600 })),
  claims("no exp", 401, () => ({ exp: undefined })),
  claims("a token bound to a key (DPoP)", 401, () => ({ cnf: { jkt: "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" } })),
  claims("another audience", 401, () => ({ aud: "https://other.example.com/" })),
  claims("the audience without its slash", 401, () => ({ aud: AUDIENCE.slice(0, -1) })),
  claims("another issuer", 401, () => ({ iss: "https://evil.example/" })),
  row("the issuer without its slash", 401, (tokens) => bearer(tokens.sign({ iss: tokens.issuer.slice(0, -1) }))),
  claims("an ID token", 401, () => ({ aud: "spa-client", nonce: "n-1", email: "someone@example.com" })),
  claims("an ID token for the API", 401, () => ({ nonce: "n-1" })),
  row("another key, same kid", 401, (tokens) => bearer(tokens.sign({}, {}, strangerFor(tokens.key)))),
  row("its key in the header (jwk)", 401, (tokens) => {
    const stranger = strangerFor(tokens.key);
    return bearer(tokens.sign({}, { jwk: stranger.jwk }, stranger));
  }),
  row("its keys elsewhere (jku)", 401, (tokens) =>
    bearer(tokens.sign({}, { jku: "https://evil.example/jwks.json" }, strangerFor(tokens.key))),
  ),
  row("its certificate elsewhere (x5u)", 401, (tokens) =>
    bearer(tokens.sign({}, { x5u: "https://evil.example/cert.pem" }, strangerFor(tokens.key))),
  ),
  row("HS256 with the public key", 401, (tokens) => bearer(tokens.signWithPublicKey())),
  row("alg none", 401, (tokens) => bearer(tokens.unsigned())),
  row("garbage", 401, () => bearer("garbage")),
  claims("an oversized token", 401, () => ({ pad: "x".repeat(8000) })),
  row("two tokens", 401, (tokens) => ({
    headers: [...bearer(tokens.sign()).headers, ...bearer(tokens.sign({ sub: "auth0|user-2" })).headers],
  })),
  row("a token without Bearer", 401, (tokens) => ({ headers: [`Authorization: ${tokens.sign()}`] })),
  row("a token in a cookie", 401, (tokens) => ({ headers: [`Cookie: access_token=${tokens.sign()}`] })),
  row("a token in the query", 401, (tokens) => ({ path: `/users/12?access_token=${tokens.sign()}`, headers: [] })),
  row("an unknown kid", 401, (tokens) => bearer(tokens.sign({}, { kid: "unknown" }))),
  row("a key that was rotated away", 401, (tokens) => {
    const old = createSigningKey("rotated-away");
    return bearer(tokens.sign({}, { kid: old.kid }, old));
  }),

  order("paid for (active)", 200, () => customer("cus_active"), {
    identity: { "x-user-sub": "auth0|user-1", "x-stripe-customer": "cus_active" },
  }),
  order("in its trial", 200, () => customer("cus_trialing")),
  order("not paid for", 402, () => customer("cus_none")),
  order("past due", 402, () => customer("cus_past_due")),
  order("paid for by somebody else", 402, () => ({
    ...customer("cus_none"),
    [`${AUDIENCE}email`]: "rich@example.com",
  })),
  order("left out of the token, because it is not paid for", 402, () => ({
    scope: "openid",
    permissions: ["post:orders"],
    ...customer("cus_none"),
  })),
  order("left out of the token, and paid for since", 403, () => ({
    scope: "openid",
    permissions: ["post:orders"],
    ...customer("cus_active"),
  })),
  order("nobody who pays", 402, () => ({ sub: "worker@clients", gty: "client-credentials" })),
  row("metered, paid for", 200, (tokens) => ({
    ...bearer(tokens.sign({ scope: "get:reports", ...customer("cus_active") })),
    path: "/reports/2026",
  })),
  order("Stripe is down", 503, () => customer("cus_unheard_of"), { stripe: "down" }),
];
