import { type GatewayModel, identityHeaders } from "../model/gateway-model.ts";
import type { PlanPolicies } from "./render-express-gateway.ts";

/**
 * The jwt policy alone takes any token that the tenant ever signed: audience, issuer and algorithm have to be said, and its
 * `scopes` are read by other policies only, so a condition compares them.
 */
export const planBuiltInPolicies: PlanPolicies = ({ scopes, paid }, model) => {
  const strip = { expression: [{ action: { jscode: renderStripHeaders() } }] };
  const limit = (by: string) => ({
    "rate-limit": [{ action: { max: model.rateLimit, windowMs: 60_000, rateLimitBy: by } }],
  });
  if (scopes === undefined) return [strip, limit(`\${req.ip}`)];
  return [
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
    ...scopes.map((scope) => ({ terminate: [refuse(renderHasScope(scope, model), 403, "insufficient_scope")] })),
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

const renderScopes = ({ scopeClaim }: GatewayModel): string =>
  scopeClaim === "permissions" ? "(req.user.permissions || [])" : "String(req.user.scope || '').split(' ')";

const renderHasScope = (scope: string, model: GatewayModel): string =>
  `${renderScopes(model)}.indexOf(${JSON.stringify(scope)}) >= 0`;

/** `eg-consumer-id` is Express Gateway's own header for who asks; it passes on what a client sends. */
function renderStripHeaders(): string {
  const names = [...identityHeaders.map((name) => name.toLowerCase()), "eg-consumer-id"];
  return `${JSON.stringify(names)}.forEach(function (name) { delete req.headers[name]; delete req.headers[name.replace(/-/g, "_")]; });`;
}

function renderSetHeaders(model: GatewayModel): string {
  return [
    `req.headers["x-user-sub"] = String(req.user.sub);`,
    `req.headers["x-scopes"] = ${renderScopes(model)}.join(" ");`,
    `if (typeof req.user.org_id === "string") req.headers["x-org-id"] = req.user.org_id;`,
  ].join(" ");
}
