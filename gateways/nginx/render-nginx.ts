import type { GatewayModel, RenderGateway } from "../model/gateway-model.ts";
import { escapePattern, methodsOf, renderPathPattern, sortBySpecificity } from "../model/route-pattern.ts";
import { warnOfCredentials, warnOfIdentifier, warnOfOrigins } from "../model/warn.ts";
import { addressOf, listBackends, renderUpstream } from "./backends.ts";
import { renderOrigins } from "./cors.ts";
import { AUTHORIZE, renderProxied, renderRefusals } from "./locations.ts";
import { renderMetadata } from "./metadata.ts";

/** NGINX, open source, with its auth_request module; the decision is the forward-auth service's. */
export const renderNginx: RenderGateway = (model) => ({
  name: "nginx",
  files: [{ path: "gateway.conf", text: renderConfiguration(model) }],
  warnings: [
    "Every request is asked for at the forward-auth service (npm run authorizer); while it is down: 503",
    ...warnOfCredentials(model),
    ...warnOfIdentifier(model),
    ...warnOfOrigins(model),
  ],
});

function renderConfiguration(model: GatewayModel): string {
  return `${[
    "# Made by npm run gateways: change tenant.yaml, routes.yaml or stripe.json instead.",
    "# For the http block: include /etc/nginx/gateway.conf;",
    "",
    ...renderUpstreams(model),
    "",
    ...renderChoiceOfBackend(model),
    ...renderOrigins(model),
    ...WEBSOCKETS,
    "",
    ...renderServer(model),
  ].join("\n")}\n`;
}

const renderUpstreams = (model: GatewayModel): readonly string[] => [
  "upstream authorizer {",
  `  server ${new URL(model.authorizerUrl).host};`,
  "  keepalive 16;",
  "}",
  ...listBackends(model).flatMap(renderUpstream),
  "upstream no_backend {",
  "  server 127.0.0.1:1 down;",
  "}",
];

const renderChoiceOfBackend = (model: GatewayModel): readonly string[] => [
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
  ...listBackends(model).map((backend) => `  "~^${escapePattern(addressOf(backend))}$" ${new URL(backend.url).host};`),
  "}",
];

/** What a client asks to be upgraded to: a WebSocket, and nothing else. */
const WEBSOCKETS: readonly string[] = [
  "# WebSockets.",
  "map $http_upgrade $gateway_connection {",
  "  default close;",
  "  ~*^websocket$ upgrade;",
  "}",
  "map $http_upgrade $gateway_upgrade {",
  '  default "";',
  "  ~*^websocket$ websocket;",
  "}",
];

const renderServer = (model: GatewayModel): readonly string[] => [
  "server {",
  `  listen 127.0.0.1:${model.port};`,
  "  server_tokens off;",
  "  # How large a body may be is for the backend to say, as behind the other gateways.",
  "  client_max_body_size 0;",
  "  # A token and its claims need room: 8 kB are the authorizer's limit for it.",
  "  large_client_header_buffers 4 16k;",
  "",
  ...renderMetadata(model),
  ...renderProxied(model),
  "",
  ...AUTHORIZE,
  "",
  ...renderRefusals(model),
  "}",
];
