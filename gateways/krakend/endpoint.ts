import {
  type Backend,
  CORS_ANSWER_HEADERS,
  type GatewayModel,
  type GatewayRoute,
  IDENTITY_HEADERS,
} from "../model/gateway-model.ts";
import { listNarrower } from "../model/overlap.ts";

/** Seconds: half of the ten minutes that a revoked key may live on; the cache that endpoints share has the other half. */
export const KEY_CACHE = 300;

/** One endpoint of krakend.json. */
export function planEndpoint(route: GatewayRoute, model: GatewayModel) {
  const path = renderPath(route);
  const isPublic = route.scopes === undefined;
  const asks = model.paidScopes === "authorizer" && route.paid.length > 0;
  return {
    endpoint: path,
    method: route.method,
    // Status, headers and body of the backend as they are; otherwise KrakenD would hide its errors.
    output_encoding: "no-op",
    // KrakenD passes on nothing that is not listed. Identity headers are set from the token before that, so what a client
    // sends under these names is gone; where there is no token they are not listed.
    input_headers: [
      ...PASSED_HEADERS,
      ...(isPublic ? [] : IDENTITY_HEADERS),
      // For the script that asks, which takes it away.
      ...(asks ? ["Authorization"] : []),
    ],
    input_query_strings: ["*"],
    backend: [planBackend(route.backend, path, route.method, model)],
    extra_config: {
      ...(route.scopes !== undefined && {
        "auth/validator": planValidator(
          // Of those that cost money the authorizer knows why one is missing, and whether 402 or 403 is the answer.
          asks ? route.scopes.filter((scope) => !route.paid.includes(scope)) : route.scopes,
          model,
        ),
      }),
      ...(hasValues(route) && { "modifier/lua-endpoint": planPathCheck(route, model) }),
      // Not as modifier/lua-endpoint: that runs before the rate limit, and counts what is then refused with 429. Here the
      // endpoint's timeout holds too.
      ...(asks && {
        "modifier/lua-proxy": {
          sources: ["paid.lua"],
          pre: `check_paid('${model.authorizerUrl}/authorize')`,
          // Lua's own functions for texts.
          allow_open_libs: true,
        },
      }),
      "qos/ratelimit/router": {
        client_max_rate: model.rateLimit,
        // Without it the burst is one request: of a page that asks for two things at once, one would be refused.
        client_capacity: model.rateLimit,
        every: "1m",
        ...(isPublic ? { strategy: "ip" } : { strategy: "header", key: "X-User-Sub" }),
      },
    },
  };
}

/** Whether the path holds something of the client's. */
export const hasValues = ({ segments }: GatewayRoute): boolean => segments.some(({ kind }) => kind !== "literal");

function planPathCheck(route: GatewayRoute, { routes }: GatewayModel) {
  const narrower = listNarrower(route, routes).map((other) => JSON.stringify(renderLuaPattern(other)));
  return { sources: ["path.lua"], pre: `check_path({${narrower.join(", ")}})`, allow_open_libs: true };
}

/** For the decoded path in lower case. */
function renderLuaPattern({ segments }: GatewayRoute): string {
  const parts = segments.map((segment) =>
    segment.kind === "literal" ? segment.text.replace(/[^a-z0-9]/g, "%$&") : "[^/]+",
  );
  return `^/${parts.join("/")}$`;
}

function planValidator(scopes: readonly string[], model: GatewayModel) {
  return {
    alg: "RS256",
    jwk_url: model.jwksUrl,
    ...(model.caFile !== undefined && { jwk_local_ca: model.caFile }),
    issuer: model.issuer,
    audience: [model.audience],
    cache: true,
    // Seconds. A key that the tenant has revoked lives on for this and the shared cache's time together: ten minutes.
    cache_duration: KEY_CACHE,
    // An unknown key id is not asked for again in that time. Each other one that a client invents still costs a reading.
    failed_jwk_key_cooldown: "10s",
    leeway: "5s",
    // Why a token was refused goes to the log, which never holds the token.
    operation_debug: true,
    // KrakenD always looks for a token in a cookie as well, "access_token" without this. Other sites can send a cookie
    // along: this is a name that nobody sets.
    cookie_key: "no-token-in-cookies",
    // Only both together are checked; "any" would be the default. With none, the authorizer is asked about all of them, or any
    // token will do.
    ...(scopes.length > 0 && { scopes, scopes_key: model.scopeClaim, scopes_matcher: "all" }),
    // A claim that is missing empties the header, whatever the client sent.
    propagate_claims: [
      ["sub", "X-User-Sub"],
      ["org_id", "X-Org-Id"],
      [model.scopeClaim, "X-Scopes"],
      [model.customerClaim, "X-Stripe-Customer"],
    ],
  };
}

function planBackend(backend: Backend, path: string, method: string, model: GatewayModel) {
  const { origin, pathname } = new URL(backend.url);
  const { credentials } = backend;
  return {
    host: [origin],
    url_pattern: `${pathname.replace(/\/$/, "")}${path.replaceAll("%", "%25")}`,
    method,
    encoding: "no-op",
    extra_config: {
      ...(model.origins.length > 0 && { "modifier/martian": { "header.Blacklist": HIDDEN_CORS_HEADERS } }),
      ...(credentials && {
        "auth/client-credentials": {
          // Filled in when the gateway starts (FC_ENABLE=1), so that no secret stands in this file.
          client_id: `{{ env \`${credentials.clientIdVariable}\` }}`,
          client_secret: `{{ env \`${credentials.clientSecretVariable}\` }}`,
          token_url: `${model.issuer}oauth/token`,
          ...(credentials.scopes.length > 0 && { scopes: credentials.scopes.join(",") }),
          endpoint_params: { audience: [credentials.audience] },
        },
      }),
    },
  };
}

/** What a backend says of CORS itself stays behind: browsers refuse a header that is there twice. */
const HIDDEN_CORS_HEADERS = { scope: ["response"], names: CORS_ANSWER_HEADERS };

/**
 * Parameters are named by their place: KrakenD's router refuses to start when two paths name the same place differently.
 */
function renderPath({ segments }: GatewayRoute): string {
  return `/${segments.map((segment, index) => (segment.kind === "literal" ? segment.written : `{p${index}}`)).join("/")}`;
}

const PASSED_HEADERS = [
  "Accept",
  "Accept-Language",
  "Content-Type",
  "Idempotency-Key",
  "If-Match",
  "If-None-Match",
  "User-Agent",
];
