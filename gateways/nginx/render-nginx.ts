import { type Backend, type GatewayModel, identityHeaders, type RenderGateway } from "../model/gateway-model.ts";
import { methodsOf, renderPathPattern, sortBySpecificity } from "../model/route-pattern.ts";
import { warnOfCredentials } from "../model/warn.ts";

/** NGINX, open source, with its auth_request module; the decision is the forward-auth service's. */
export const renderNginx: RenderGateway = (model) => ({
  name: "nginx",
  files: [{ path: "gateway.conf", text: renderConfiguration(model) }],
  warnings: [
    "Every request is asked for at the forward-auth service (npm run authorizer); while it is down: 503",
    ...warnOfCredentials(model),
  ],
});

function renderConfiguration(model: GatewayModel): string {
  const backends = [...new Map(model.routes.map(({ backend }) => [backend.name, backend])).values()];
  return `${[
    "# Made by npm run gateways: change tenant.yaml, routes.yaml or stripe.json instead.",
    "# For the http block: include /etc/nginx/gateway.conf;",
    "",
    "upstream authorizer {",
    `  server ${new URL(model.authorizerUrl).host};`,
    "  keepalive 16;",
    "}",
    ...backends.flatMap(renderUpstream),
    "upstream no_backend {",
    "  server 127.0.0.1:1 down;",
    "}",
    "",
    "# Which backend. The authorizer has judged the raw path before: what it allows and is not listed here has none.",
    'map "$request_method $uri" $gateway_backend {',
    "  default http://no_backend;",
    ...sortBySpecificity(model.routes).map(
      (route) =>
        `  "~*^(?:${methodsOf(route).join("|")}) ${renderPathPattern(route).slice(1)}" ${addressOf(route.backend)};`,
    ),
    "}",
    "map $gateway_backend $gateway_host {",
    "  default $host;",
    ...backends.map((backend) => `  ${addressOf(backend)} ${new URL(backend.url).host};`),
    "}",
    ...renderOrigins(model),
    "",
    "server {",
    `  listen 127.0.0.1:${model.port};`,
    "  server_tokens off;",
    "  # A token and its claims need room: 8 kB are the authorizer's limit for it.",
    "  large_client_header_buffers 4 16k;",
    "",
    "  location / {",
    ...renderPreflight(model),
    "    auth_request /_authorize;",
    "    auth_request_set $auth_status $upstream_http_x_auth_status;",
    "    auth_request_set $auth_error $upstream_http_x_auth_error;",
    "    auth_request_set $auth_challenge $upstream_http_www_authenticate;",
    "    auth_request_set $auth_retry_after $upstream_http_retry_after;",
    ...identityHeaders.map((name) => `    auth_request_set ${variableOf(name)} $upstream_http_${underscored(name)};`),
    "    error_page 401 = @unauthorized;",
    "    error_page 403 = @refused;",
    "    # The authorizer is down, or is not the authorizer.",
    "    error_page 500 = @unavailable;",
    "",
    "    proxy_pass $gateway_backend$request_uri;",
    "    proxy_set_header Host $gateway_host;",
    ...(backends.some(({ url }) => url.startsWith("https:"))
      ? [
          "    proxy_ssl_server_name on;",
          "    proxy_ssl_name $gateway_host;",
          "    proxy_ssl_verify on;",
          "    proxy_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;",
        ]
      : []),
    "    # Always set, so that nothing a client sent under these names arrives. (NGINX drops names with underscores.)",
    ...identityHeaders.map((name) => `    proxy_set_header ${name} ${variableOf(name)};`),
    "    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;",
    "    proxy_set_header X-Forwarded-Proto $scheme;",
    ...renderCorsHeaders(model),
    "  }",
    "",
    "  location = /_authorize {",
    "    internal;",
    "    # An answer for NGINX: 401, or 403 with the real status in a header.",
    "    proxy_pass http://authorizer/auth-request;",
    "    proxy_http_version 1.1;",
    '    proxy_set_header Connection "";',
    "    proxy_set_header X-Forwarded-Method $request_method;",
    "    proxy_set_header X-Forwarded-Uri $request_uri;",
    "    proxy_pass_request_body off;",
    '    proxy_set_header Content-Length "";',
    "    proxy_connect_timeout 2s;",
    "    proxy_read_timeout 10s;",
    "  }",
    "",
    "  # auth_request hands on 401 and 403 only: the status that was meant stands in a header.",
    "  location @unauthorized {",
    "    internal;",
    "    default_type application/json;",
    ...renderCorsHeaders(model),
    `    return 401 '{"error":"$auth_error"}';`,
    "  }",
    "  location @refused {",
    "    internal;",
    "    default_type application/json;",
    "    add_header WWW-Authenticate $auth_challenge always;",
    "    add_header Retry-After $auth_retry_after always;",
    ...renderCorsHeaders(model),
    `    if ($auth_status = 402) { return 402 '{"error":"$auth_error"}'; }`,
    `    if ($auth_status = 503) { return 503 '{"error":"$auth_error"}'; }`,
    `    return 403 '{"error":"$auth_error"}';`,
    "  }",
    "  location @unavailable {",
    "    internal;",
    "    default_type application/json;",
    "    add_header Retry-After 10 always;",
    ...renderCorsHeaders(model),
    `    return 503 '{"error":"temporarily_unavailable"}';`,
    "  }",
    "}",
  ].join("\n")}\n`;
}

/** As an upstream its name is looked up once, at start; in a variable it would take a resolver. */
function renderUpstream(backend: Backend): readonly string[] {
  const { hostname, port, protocol } = new URL(backend.url);
  const server = `${hostname}:${port || (protocol === "https:" ? 443 : 80)}`;
  return [`upstream ${upstreamOf(backend)} {`, `  server ${server};`, "}"];
}

const upstreamOf = ({ name }: Backend): string => `backend_${name.replace(/\W+/g, "_")}`;

function addressOf(backend: Backend): string {
  const { protocol, pathname } = new URL(backend.url);
  return `${protocol}//${upstreamOf(backend)}${pathname === "/" ? "" : pathname}`;
}

const underscored = (name: string): string => name.toLowerCase().replaceAll("-", "_");
const variableOf = (name: string): string => `$gateway_${underscored(name)}`;

const renderOrigins = ({ origins }: GatewayModel): readonly string[] =>
  origins.length === 0
    ? []
    : [
        "# An origin that is known, or nothing: a header with an empty value is not sent.",
        "map $http_origin $gateway_origin {",
        '  default "";',
        ...origins.map((origin) => `  "${origin}" $http_origin;`),
        "}",
        'map "$request_method:$gateway_origin:$http_access_control_request_method" $gateway_preflight {',
        "  default 0;",
        '  "~^OPTIONS:.+:.+$" 1;',
        "}",
      ];

const renderCorsHeaders = ({ origins }: GatewayModel): readonly string[] =>
  origins.length === 0
    ? []
    : [
        "    add_header Access-Control-Allow-Origin $gateway_origin always;",
        '    add_header Access-Control-Expose-Headers "WWW-Authenticate, Retry-After" always;',
        "    add_header Vary Origin always;",
      ];

function renderPreflight({ origins, routes }: GatewayModel): readonly string[] {
  if (origins.length === 0) return [];
  const methods = [...new Set(routes.map(({ method }) => method))].sort().join(", ");
  return [
    "    # Browsers send no token with a preflight, and no backend needs to see one.",
    "    if ($gateway_preflight) {",
    "      add_header Access-Control-Allow-Origin $gateway_origin;",
    `      add_header Access-Control-Allow-Methods "${methods}";`,
    '      add_header Access-Control-Allow-Headers "Authorization, Content-Type, Idempotency-Key";',
    "      add_header Access-Control-Max-Age 3600;",
    "      add_header Vary Origin;",
    "      return 204;",
    "    }",
    "",
  ];
}
