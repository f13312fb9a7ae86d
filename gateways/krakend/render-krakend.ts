import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isLoopback } from "../authorizer/loopback.ts";
import { CORS_PAGE, type GatewayModel, type GatewayRoute, type RenderGateway } from "../model/gateway-model.ts";
import { warnOfIdentifier, warnOfIssuers, warnOfOrigins } from "../model/warn.ts";
import { renderComposeFile } from "./compose-file.ts";
import { hasValues, KEY_CACHE, planEndpoint } from "./endpoint.ts";
import { planMetadataEndpoints } from "./metadata.ts";

const read = (name: string) => ({ path: name, text: readFileSync(join(import.meta.dirname, name), "utf8") });
const scripts = { paid: read("paid.lua"), path: read("path.lua") };

/** KrakenD Community Edition 2.13 (krakend.io/schema/v2.13/krakend.json). */
export const renderKrakend: RenderGateway = (model) => {
  const left = model.routes.map((route) => ({ route, why: findObstacle(route) }));
  const routes = left.filter(({ why }) => why === undefined).map(({ route }) => route);
  const paid = model.paidScopes === "authorizer" && routes.some((route) => route.paid.length > 0);
  return {
    name: "krakend",
    files: [
      { path: "krakend.json", text: `${JSON.stringify(planConfiguration({ ...model, routes }), undefined, 2)}\n` },
      { path: "docker-compose.yml", text: renderComposeFile(model) },
      ...(routes.some(hasValues) ? [scripts.path] : []),
      ...(paid ? [scripts.paid] : []),
    ],
    warnings: [
      ...left.flatMap(({ route: { method, path }, why }) =>
        why === undefined ? [] : [`${method} ${path} is left out: ${why}`],
      ),
      "A token without exp is accepted (Auth0 issues none), and so is one without the word Bearer before it",
      "A token that is bound to a key (cnf: DPoP, mTLS) is taken from anybody: do not let the API ask for such",
      "Refusals have no body and no WWW-Authenticate header; HEAD is answered with 405",
      "A method in the query (_method) is not looked at: the backend must not honour it",
      "What a backend sends piece by piece, as server-sent events, is held back; WebSockets do not pass",
      ...warnOfIdentifier(model),
      ...warnOfIssuers(model),
      ...warnOfOrigins(model),
      ...(isNested(model.customerClaim)
        ? [
            `The claim ${model.customerClaim} is not found, because KrakenD takes dots for nesting: backends do not learn who pays`,
          ]
        : []),
      ...(model.caFile === undefined && isLoopback(new URL(model.issuer))
        ? [
            "The issuer is on this machine, and no authority for its certificate is known: KrakenD will refuse every token. " +
              "Set GATEWAY_CA_FILE to the file that npm run local prints",
          ]
        : []),
      ...(paid
        ? [
            "Paid scopes are asked for at the forward-auth service (npm run authorizer); while it is down they answer 500, " +
              "and 402 and 503 have no body and no Retry-After",
          ]
        : []),
    ],
  };
};

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** Why KrakenD cannot have the route: it would drop it with a line in its log, not start, or serve other paths by it. */
function findObstacle({ method, segments, path, backend }: GatewayRoute): string | undefined {
  if (segments.some(({ kind }) => kind === "rest")) return "wildcards are in KrakenD's Enterprise Edition only";
  if (segments.some((segment) => segment.kind === "literal" && segment.written.includes(":")))
    return "KrakenD takes a colon for a value";
  if (/^\/__(?:debug|echo|health)(?:\/|$)/.test(path)) return "the path is KrakenD's own";
  if (new URL(backend.url).hostname.startsWith("[")) return "KrakenD takes no IPv6 address for a backend";
  return METHODS.includes(method) ? undefined : `KrakenD has no endpoints for ${method}`;
}

/** A name that is an address is taken as it is. */
const isNested = (claim: string): boolean => claim.includes(".") && !claim.startsWith("http");

function planConfiguration(model: GatewayModel) {
  return {
    $schema: "https://www.krakend.io/schema/v2.13/krakend.json",
    version: 3,
    name: "Made by npm run gateways: change tenant.yaml, routes.yaml or stripe.json instead",
    // On this machine alone; behind a load balancer: the address that it reaches.
    listen_ip: "127.0.0.1",
    port: model.port,
    timeout: "10s",
    extra_config: {
      // One set of keys for all endpoints. Seconds.
      "auth/validator": { shared_cache_duration: KEY_CACHE },
      // Without the second a path with dots in it would be answered with a redirect to what it might mean.
      router: { hide_version_header: true, disable_redirect_fixed_path: true },
      ...(model.origins.length > 0 && { "security/cors": planCors(model) }),
    },
    endpoints: [...planMetadataEndpoints(model), ...model.routes.map((route) => planEndpoint(route, model))],
  };
}

function planCors({ origins, routes }: GatewayModel) {
  return {
    allow_origins: origins,
    allow_methods: [...new Set(routes.map(({ method }) => method))].sort(),
    allow_headers: CORS_PAGE.sends,
    expose_headers: CORS_PAGE.reads,
    max_age: "1h",
  };
}
