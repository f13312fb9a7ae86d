import { type GatewayModel, IDENTITY_HEADERS } from "../model/gateway-model.ts";
import { HOP_BY_HOP } from "../model/hop-by-hop.ts";
import { listBackends } from "./backends.ts";
import { renderCorsHeaders, renderHiddenCorsHeaders, renderPreflight } from "./cors.ts";

/** What comes from outside: the authorizer is asked, then the backend. */
export const renderProxied = (model: GatewayModel): readonly string[] => [
  "  location / {",
  ...renderPreflight(model),
  "    auth_request /_authorize;",
  "    auth_request_set $auth_status $upstream_http_x_auth_status;",
  "    auth_request_set $auth_body $upstream_http_x_auth_body;",
  "    auth_request_set $auth_challenge $upstream_http_www_authenticate;",
  "    auth_request_set $auth_retry_after $upstream_http_retry_after;",
  ...IDENTITY_HEADERS.map((name) => `    auth_request_set ${variableOf(name)} $upstream_http_${underscored(name)};`),
  "    error_page 401 = @unauthorized;",
  "    error_page 403 = @refused;",
  "    # The authorizer is down, or is not the authorizer.",
  "    error_page 500 = @unavailable;",
  "    error_page 502 504 = @unreachable;",
  "",
  "    proxy_pass $gateway_backend$request_uri;",
  "    # Server-sent events, and whatever else comes piece by piece, is for the client at once.",
  "    proxy_buffering off;",
  "    proxy_http_version 1.1;",
  "    proxy_set_header Connection $gateway_connection;",
  "    proxy_set_header Upgrade $gateway_upgrade;",
  "    proxy_set_header Host $gateway_host;",
  ...renderVerification(model),
  "    # Always set, so that nothing a client sent under these names arrives. (NGINX drops names with underscores.)",
  ...IDENTITY_HEADERS.map((name) => `    proxy_set_header ${name} ${variableOf(name)};`),
  ...HOP_BY_HOP.map((name) => `    proxy_set_header ${name} "";`),
  ...renderHiddenCorsHeaders(model),
  "    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;",
  "    proxy_set_header X-Forwarded-Proto $scheme;",
  ...renderCorsHeaders(model),
  "  }",
];

/** NGINX verifies no certificate unless it is told to. */
const renderVerification = (model: GatewayModel): readonly string[] =>
  listBackends(model).some(({ url }) => url.startsWith("https:"))
    ? [
        "    proxy_ssl_server_name on;",
        "    proxy_ssl_name $gateway_host;",
        "    proxy_ssl_verify on;",
        "    proxy_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;",
      ]
    : [];

/** The question to the authorizer. */
export const AUTHORIZE: readonly string[] = [
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
];

/** What is answered instead of the backend. */
export const renderRefusals = (model: GatewayModel): readonly string[] => [
  "  # auth_request hands on 401 and 403 only: the status that was meant stands in a header.",
  "  location @unauthorized {",
  "    internal;",
  "    default_type application/json;",
  ...renderCorsHeaders(model),
  "    return 401 $auth_body;",
  "  }",
  "  location @refused {",
  "    internal;",
  "    default_type application/json;",
  "    add_header WWW-Authenticate $auth_challenge always;",
  "    add_header Retry-After $auth_retry_after always;",
  ...renderCorsHeaders(model),
  "    if ($auth_status = 402) { return 402 $auth_body; }",
  "    if ($auth_status = 503) { return 503 $auth_body; }",
  "    return 403 $auth_body;",
  "  }",
  "  location @unavailable {",
  "    internal;",
  "    default_type application/json;",
  "    add_header Retry-After 10 always;",
  ...renderCorsHeaders(model),
  `    return 503 '{"error":"temporarily_unavailable"}';`,
  "  }",
  "  location @unreachable {",
  "    internal;",
  "    default_type application/json;",
  ...renderCorsHeaders(model),
  `    if ($gateway_backend = http://no_backend) { return 404 '{"error":"not_found"}'; }`,
  `    return 502 '{"error":"bad_gateway"}';`,
  "  }",
];

const underscored = (name: string): string => name.toLowerCase().replaceAll("-", "_");
const variableOf = (name: string): string => `$gateway_${underscored(name)}`;
