import type { PlanPolicies } from "./render-express-gateway.ts";

/** The core decides about every request by its own routes: the policy needs no settings of its own. */
export const planPluginPolicies: PlanPolicies = ({ scopes }, { rateLimit }) => [
  { "auth0-authorizer": [{ action: {} }] },
  {
    "rate-limit": [
      {
        action: {
          max: rateLimit,
          windowMs: 60_000,
          // Its default is to answer every request after the first one a second later than the one before.
          delayMs: 0,
          // The gateway fills it in for each request.
          rateLimitBy: scopes === undefined ? `\${req.ip}` : `\${req.headers['x-user-sub']}`,
        },
      },
    ],
  },
  { "auth0-meter": [{ action: {} }] },
];
