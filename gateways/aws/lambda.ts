import { routesFile, rulesFile } from "gateway:configuration";
import { parseBillingRules } from "../authorizer/billing/rules.ts";
import { Problems } from "../authorizer/problems.ts";
import { parseRoutes } from "../authorizer/routes/route.ts";
import { openStripe } from "../billing/stripe-client.ts";
import { createStripeSource } from "../billing/stripe-source.ts";
import { openGateway } from "../open-gateway.ts";
import { createListGrantable } from "./grantable.ts";
import { createLambdaAuthorizer } from "./handler.ts";

/**
 * What AWS runs. Settings come from the function's environment: AUTH0_ISSUER, API_IDENTIFIER, STRIPE_GATEWAY_KEY where scopes
 * cost money, METERING=elsewhere where they have a meter (a function has no disk that outlasts it), RESPONSES=policy without
 * EnableSimpleResponses, BASE_PATH behind a custom domain with a mapping key, and CACHED_BY=token where API Gateway keeps answers by the token alone.
 */
const { env } = process;
const problems = new Problems("The function's environment");
for (const name of ["AUTH0_ISSUER", "API_IDENTIFIER"]) if (!env[name]) problems.add(name, "is missing");
if (!/^(?:\/[\w.-]+)*$/.test(env.BASE_PATH ?? "")) problems.add("BASE_PATH", "expected the mapping key as /v1");
problems.throwIfAny();

const routes = parseRoutes(routesFile);
const rules = parseBillingRules(rulesFile);
const isPaid = (scope: string): boolean => rules.paid.has(scope);

const gateway = openGateway({
  issuer: (env.AUTH0_ISSUER ?? "").split(",").map((one) => one.trim()),
  audience: env.API_IDENTIFIER ?? "",
  routes,
  rules,
  jwksUrl: env.AUTH0_JWKS_URL || undefined,
  source: env.STRIPE_GATEWAY_KEY
    ? createStripeSource(openStripe({ secretKey: env.STRIPE_GATEWAY_KEY, url: env.STRIPE_API_URL || undefined }))
    : undefined,
  log: (line) => console.error(line),
  scopeClaim: env.GATEWAY_SCOPE_CLAIM === "permissions" ? "permissions" : "scope",
  metering: env.METERING === "elsewhere" ? "elsewhere" : undefined,
  // A function is frozen between requests, and a reading in the background with it: old keys must not live on for a day.
  keyTimes: { maxStale: 60 * 60_000 },
});
// While the function starts, which is not charged to the first request.
void gateway.authorizer.keys.load();

export const handler = createLambdaAuthorizer({
  gateway,
  responses: env.RESPONSES === "policy" ? "policy" : "simple",
  basePath: env.BASE_PATH || undefined,
  listGrantable: env.CACHED_BY === "token" ? createListGrantable(routes, isPaid) : undefined,
});
