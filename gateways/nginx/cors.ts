import { CORS_ANSWER_HEADERS, CORS_PAGE, type GatewayModel } from "../model/gateway-model.ts";
import { escapePattern } from "../model/route-pattern.ts";

/** Maps of the http block: is this origin known, is this request a preflight of it. */
export const renderOrigins = ({ origins }: GatewayModel): readonly string[] =>
  origins.length === 0
    ? []
    : [
        "# An origin that is known, or nothing: a header with an empty value is not sent.",
        "map $http_origin $gateway_origin {",
        '  default "";',
        // Expressions, because a table of texts has 64 bytes for each.
        ...origins.map((origin) => `  "~^${escapePattern(origin)}$" $http_origin;`),
        "}",
        'map "$request_method:$gateway_origin:$http_access_control_request_method" $gateway_preflight {',
        "  default 0;",
        '  "~^OPTIONS:.+:.+$" 1;',
        "}",
      ];

/** For every answer, refusals too: without them a page sees no status. */
export const renderCorsHeaders = ({ origins }: GatewayModel): readonly string[] =>
  origins.length === 0
    ? []
    : [
        "    add_header Access-Control-Allow-Origin $gateway_origin always;",
        `    add_header Access-Control-Expose-Headers "${CORS_PAGE.reads.join(", ")}" always;`,
        "    add_header Vary Origin always;",
      ];

/** What a backend says of CORS itself stays behind: browsers refuse a header that is there twice. */
export const renderHiddenCorsHeaders = ({ origins }: GatewayModel): readonly string[] =>
  origins.length === 0 ? [] : CORS_ANSWER_HEADERS.map((name) => `    proxy_hide_header ${name};`);

/** Answers a preflight at once. */
export function renderPreflight({ origins, routes }: GatewayModel): readonly string[] {
  if (origins.length === 0) return [];
  const methods = [...new Set(routes.map(({ method }) => method))].sort().join(", ");
  return [
    "    # Browsers send no token with a preflight, and no backend needs to see one.",
    "    if ($gateway_preflight) {",
    "      add_header Access-Control-Allow-Origin $gateway_origin;",
    `      add_header Access-Control-Allow-Methods "${methods}";`,
    `      add_header Access-Control-Allow-Headers "${CORS_PAGE.sends.join(", ")}";`,
    "      add_header Access-Control-Max-Age 3600;",
    "      add_header Vary Origin;",
    "      return 204;",
    "    }",
    "",
  ];
}
