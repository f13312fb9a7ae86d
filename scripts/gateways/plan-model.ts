import type { BillingRules } from "../../gateways/authorizer/billing/rules.ts";
import { isRecord, Problems } from "../../gateways/authorizer/problems.ts";
import { planResourceMetadata } from "../../gateways/authorizer/resource-metadata.ts";
import { findRouteScopes } from "../../gateways/authorizer/routes/convention.ts";
import type { Route } from "../../gateways/authorizer/routes/route.ts";
import type { GatewayModel, GatewayRoute } from "../../gateways/model/gateway-model.ts";
import type { TenantDocument } from "../tenant/document.ts";
import type { Environment } from "../tenant/read-environment.ts";
import { type Address, parseAddresses } from "./addresses.ts";
import { findApi, reportUndefined, sortOrigins } from "./api.ts";
import { createFindBackend, parseBackends } from "./backends.ts";
import { choosePaidScopes, chooseScopeClaim } from "./choices.ts";

export interface ModelInputs {
  /** With the keywords filled that have a value. */
  readonly tenant: TenantDocument;
  readonly routes: readonly Route[];
  /** routes.yaml as it was read: the routes' backends, and the list of them. */
  readonly routesFile: unknown;
  readonly billing: BillingRules;
  readonly environment: Environment;
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/**
 * One model for all gateways, from the tenant, the routes, the prices and the environment. Pure.
 *
 * @throws {ConfigurationError} naming all that does not fit together
 */
export function planModel({ tenant, routes, routesFile, billing, environment }: ModelInputs): GatewayModel {
  const problems = new Problems("The gateways' configuration");
  const addresses = parseAddresses(environment, problems);
  const api = findApi(tenant, environment, problems);
  const entries = isRecord(routesFile) && Array.isArray(routesFile.routes) ? (routesFile.routes as unknown[]) : [];
  const backends = parseBackends(isRecord(routesFile) ? routesFile.backends : undefined, problems);
  const findBackend = createFindBackend(backends, problems);
  const planned = routes.flatMap((route, index): readonly GatewayRoute[] => {
    const entry = entries[index];
    const name = `${route.method.toUpperCase()} ${route.path}`;
    const backend = findBackend(isRecord(entry) ? entry.backend : undefined, name);
    const scopes = planScopes(route, name, problems);
    if (api !== undefined) reportUndefined(scopes ?? [], api, name, problems);
    if (backend === undefined || scopes === false) return [];
    const paid = (scopes ?? []).filter((scope) => billing.paid.has(scope));
    const own = { path: route.path, segments: route.segments, scopes, paid, metered: route.metered, backend };
    return listMethods(route, routes).map((method) => ({ method, ...own }));
  });
  for (const scope of billing.paid.keys()) {
    if (api !== undefined) reportUndefined([scope], api, "stripe.json", problems);
    if (!planned.some(({ paid }) => paid.includes(scope)))
      problems.add("stripe.json", `${scope} costs money, and no route needs it`);
  }
  if (api === undefined || addresses === undefined) throw problems.toError();
  const scopeClaim = chooseScopeClaim(environment, api, problems);
  const paidScopes = choosePaidScopes(environment, problems);
  problems.throwIfAny();
  return {
    ...toModel(addresses),
    audience: api.identifier,
    scopeClaim,
    paidScopes,
    customerClaim: billing.customerClaim ?? `${api.identifier}stripe_customer_id`,
    metadata: planResourceMetadata({
      audience: api.identifier,
      issuers: [addresses.issuer],
      routes,
      name: api.name,
    }),
    ...sortOrigins(tenant),
    routes: planned,
  };
}

const toModel = ({ issuer, furtherIssuers, jwksUrl, authorizerUrl, port, caFile, rateLimit }: Address) => ({
  issuer,
  furtherIssuers,
  jwksUrl,
  authorizerUrl,
  port,
  caFile,
  rateLimit,
});

/** A route for ANY method yields to those of the same path that name theirs, as it does in the authorizer. */
function listMethods(route: Route, routes: readonly Route[]): readonly string[] {
  if (route.method !== "any") return [route.method.toUpperCase()];
  const same = routes.filter((other) => shape(other) === shape(route)).map(({ method }) => method.toUpperCase());
  return METHODS.filter((method) => !same.includes(method));
}

const shape = ({ segments }: Route): string =>
  segments.map((segment) => (segment.kind === "literal" ? segment.text : `{${segment.kind}}`)).join("/");

/** False: no scope can be named. Undefined: no token is asked for. */
function planScopes(route: Route, name: string, problems: Problems): readonly string[] | undefined | false {
  if (route.access.kind === "public") return undefined;
  const scopes = findRouteScopes(route);
  if (scopes !== undefined) return scopes;
  const why =
    route.method === "any" ? "by convention each method has another one" : "no scope can be named after its path";
  problems.add(name, `say which scope it needs: ${why}`);
  return false;
}
