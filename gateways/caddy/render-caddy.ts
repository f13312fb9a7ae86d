import {
  CORS_PAGE,
  type GatewayModel,
  type GatewayRoute,
  IDENTITY_HEADERS,
  type RenderGateway,
} from "../model/gateway-model.ts";
import { methodsOf, renderPathPattern, sortBySpecificity } from "../model/route-pattern.ts";
import { warnOfCredentials, warnOfIdentifier, warnOfOrigins } from "../model/warn.ts";
import { renderMetadata } from "./metadata.ts";

/** Caddy 2.6 or later, as it comes; the decision is the forward-auth service's. */
export const renderCaddy: RenderGateway = (model) => ({
  name: "caddy",
  files: [{ path: "Caddyfile", text: renderCaddyfile(model) }],
  warnings: [
    "Every request is asked for at the forward-auth service (npm run authorizer); while it is down: 502",
    ...warnOfCredentials(model),
    ...warnOfIdentifier(model),
    ...warnOfOrigins(model),
  ],
});

function renderCaddyfile(model: GatewayModel): string {
  return `${[
    "# Made by npm run gateways: change tenant.yaml, routes.yaml or stripe.json instead.",
    "{",
    "\tadmin off",
    "\tauto_https off",
    "}",
    "",
    `http://:${model.port} {`,
    "\tbind 127.0.0.1",
    "\t# In this order: outside of route, request_header would run after forward_auth and take away what that has set.",
    "\troute {",
    ...renderMetadata(model),
    ...renderCors(model),
    "\t\t# Caddy leaves out what Connection names (RFC 9110, 7.6.1) before a backend is asked: no client may name the headers below.",
    "\t\trequest_header -Connection",
    "\t\t@upgrade header Upgrade *",
    "\t\trequest_header @upgrade Connection Upgrade",
    ...IDENTITY_HEADERS.map((name) => `\t\trequest_header -${name}`),
    "\t\t# Backends behind CGI or WSGI read an underscore as a hyphen.",
    ...["X_*", "X-User_*", "X-Org_*", "X-Stripe_*"].map((pattern) => `\t\trequest_header -${pattern}`),
    `\t\tforward_auth ${new URL(model.authorizerUrl).host} {`,
    "\t\t\turi /authorize",
    `\t\t\tcopy_headers ${IDENTITY_HEADERS.join(" ")}`,
    "\t\t\t# An authorizer that hangs must not hang clients.",
    "\t\t\ttransport http {",
    "\t\t\t\tdial_timeout 2s",
    "\t\t\t\tresponse_header_timeout 10s",
    "\t\t\t}",
    "\t\t}",
    ...sortBySpecificity(model.routes).flatMap((route, index) => renderRoute(route, index, model)),
    '\t\trespond `{"error":"not_found"}` 404',
    "\t}",
    "}",
  ].join("\n")}\n`;
}

function renderRoute(route: GatewayRoute, index: number, { origins }: GatewayModel): readonly string[] {
  const { origin, pathname, host, protocol } = new URL(route.backend.url);
  const matcher = `@route${index}`;
  return [
    `\t\t${matcher} {`,
    `\t\t\tmethod ${methodsOf(route).join(" ")}`,
    // In quotes that no path has: a blank would begin another argument.
    `\t\t\tpath_regexp \`(?i)${renderPathPattern(route)}\``,
    "\t\t}",
    ...(pathname === "/" ? [] : [`\t\trewrite ${matcher} ${pathname}{uri}`]),
    `\t\treverse_proxy ${matcher} ${origin} {`,
    ...(protocol === "https:" ? [`\t\t\theader_up Host ${host}`] : []),
    // What a backend says of CORS itself stays behind: browsers refuse a header that is there twice.
    ...(origins.length > 0 ? ["\t\t\theader_down -Access-Control-*"] : []),
    "\t\t}",
  ];
}

function renderCors({ origins, routes }: GatewayModel): readonly string[] {
  const methods = [...new Set(routes.map(({ method }) => method))].sort().join(", ");
  return origins.flatMap((origin, index) => [
    `\t\t@origin${index} header Origin ${origin}`,
    `\t\theader @origin${index} {`,
    `\t\t\tAccess-Control-Allow-Origin ${origin}`,
    `\t\t\tAccess-Control-Expose-Headers "${CORS_PAGE.reads.join(", ")}"`,
    "\t\t\t+Vary Origin",
    "\t\t}",
    `\t\t@preflight${index} {`,
    "\t\t\tmethod OPTIONS",
    `\t\t\theader Origin ${origin}`,
    "\t\t\theader Access-Control-Request-Method *",
    "\t\t}",
    "\t\t# Browsers send no token with a preflight, and no backend needs to see one.",
    `\t\theader @preflight${index} {`,
    `\t\t\tAccess-Control-Allow-Methods "${methods}"`,
    `\t\t\tAccess-Control-Allow-Headers "${CORS_PAGE.sends.join(", ")}"`,
    "\t\t\tAccess-Control-Max-Age 3600",
    "\t\t}",
    `\t\trespond @preflight${index} 204`,
  ]);
}
