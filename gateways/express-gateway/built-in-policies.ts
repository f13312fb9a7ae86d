import { type GatewayModel, IDENTITY_HEADERS } from "../model/gateway-model.ts";
import { HOP_BY_HOP } from "../model/hop-by-hop.ts";
import { renderAnswerHeaders } from "./metadata.ts";
import { renderPathCondition } from "./path-condition.ts";
import type { PlanPolicies } from "./render-express-gateway.ts";

/**
 * The jwt policy alone takes any token that the tenant ever signed: audience, issuer and algorithm have to be said, and its
 * `scopes` are read by other policies only, so a condition compares them.
 */
export const planBuiltInPolicies: PlanPolicies = (route, model) => {
  const { scopes, paid } = route;
  const strip = { expression: [{ action: { jscode: renderStripHeaders() } }] };
  const limit = (by: string) => ({
    // Its default is to answer every request after the first one a second later than the one before.
    "rate-limit": [{ action: { max: model.rateLimit, windowMs: 60_000, delayMs: 0, rateLimitBy: by } }],
  });
  const plain = {
    terminate: [
      refuse(renderPathCondition(route, model), 403, "invalid_path"),
      refuse(IS_OWN_METHOD, 403, "invalid_method"),
    ],
  };
  if (scopes === undefined) return [plain, strip, limit(`\${req.ip}`)];
  return [
    planChallenge(model),
    { terminate: [refuse(HAS_ONE_TOKEN, 401, "invalid_request")] },
    {
      jwt: [
        {
          action: {
            secretOrPublicKeyFile: "./key/pubKey.pem",
            // Users are in the tenant, not in the gateway.
            checkCredentialExistence: false,
            audience: model.audience,
            issuer: model.issuer,
            algorithms: ["RS256"],
          },
        },
      ],
    },
    { terminate: [refuse(IS_ACCESS_TOKEN, 401, "invalid_token")] },
    // What is refused from here on, another token would not help.
    NO_CHALLENGE,
    plain,
    ...(scopes.length > 0 ? [planChallenge(model, scopes)] : []),
    ...scopes.map((scope) => ({ terminate: [refuse(renderHasScope(scope, model), 403, "insufficient_scope")] })),
    ...(scopes.length > 0 ? [NO_CHALLENGE] : []),
    ...(paid.length > 0 && model.paidScopes === "authorizer"
      ? [{ terminate: [{ action: { statusCode: 402, message: "subscription_required" } }] }]
      : []),
    strip,
    { expression: [{ action: { jscode: renderSetHeaders(model) } }] },
    limit(`\${req.user.sub}`),
  ];
};

const refuse = (unless: string, statusCode: number, message: string) => ({
  condition: { name: "not", condition: { name: "expression", expression: unless } },
  action: { statusCode, message },
});

/** RFC 6750 §3, RFC 9728 §5.1; set before what refuses, because that sets no header of its own. */
function planChallenge({ audience, metadata }: GatewayModel, missing: readonly string[] = []) {
  const parameters = [
    `realm="${audience}"`,
    ...(missing.length > 0 ? ['error="insufficient_scope"', `scope="${missing.join(" ")}"`] : []),
    ...(metadata ? [`resource_metadata="${metadata.url}"`] : []),
  ];
  const header = { "WWW-Authenticate": `Bearer ${parameters.join(", ")}` };
  return { expression: [{ action: { jscode: renderAnswerHeaders(header) } }] };
}

const NO_CHALLENGE = { expression: [{ action: { jscode: 'res.removeHeader("WWW-Authenticate");' } }] };

const renderScopes = ({ scopeClaim }: GatewayModel): string =>
  scopeClaim === "permissions" ? "(req.user.permissions || [])" : "String(req.user.scope || '').split(' ')";

const renderHasScope = (scope: string, model: GatewayModel): string =>
  `${renderScopes(model)}.indexOf(${JSON.stringify(scope)}) >= 0`;

/** A backend that honours these would carry out another method than the one that was judged. */
const IS_OWN_METHOD =
  "!Object.keys(req.headers).some(function (name) { return /^x[-_](http[-_]method([-_]override)?|method[-_]override)$/.test(name); })" +
  " && !Object.keys(req.query).some(function (name) { return /^[_. [\\]]method$/i.test(name); })";

/** Of two the gateway would read the first, in silence. 8 kB are enough for any token. */
const HAS_ONE_TOKEN =
  "req.rawHeaders.filter(function (text, index) { return index % 2 === 0 && text.toLowerCase() === 'authorization'; }).length < 2" +
  " && String(req.headers.authorization || '').length < 8200";

/** What the jwt policy leaves out: that a token ends, was made in the past, is not an ID token and not bound to a key. */
const IS_ACCESS_TOKEN =
  "typeof req.user.exp === 'number' && !(req.user.iat > Date.now() / 1000 + 5)" +
  " && req.user.nonce === undefined && req.user.at_hash === undefined && req.user.cnf === undefined";

/** `eg-consumer-id` is Express Gateway's own header for who asks; it passes on what a client sends. */
const stripped = [...IDENTITY_HEADERS.map((name) => name.toLowerCase()), "eg-consumer-id", ...HOP_BY_HOP];

/** Connection would also tell a proxy behind which headers to leave out. */
const renderStripHeaders = (): string =>
  `req.headers.connection = /\\bclose\\b/i.test(req.headers.connection || "") ? "close" : "keep-alive"; ` +
  `Object.keys(req.headers).forEach(function (name) { if (${JSON.stringify(stripped)}.indexOf(name.replace(/_/g, "-")) >= 0) delete req.headers[name]; });`;

function renderSetHeaders(model: GatewayModel): string {
  return [
    `req.headers["x-user-sub"] = String(req.user.sub);`,
    `req.headers["x-scopes"] = ${renderScopes(model)}.join(" ");`,
    `if (typeof req.user.org_id === "string") req.headers["x-org-id"] = req.user.org_id;`,
  ].join(" ");
}
