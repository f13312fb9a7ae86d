import type { BillingRules } from "../../gateways/authorizer/billing/rules.ts";
import { isRecord, Problems } from "../../gateways/authorizer/problems.ts";
import { conventionalScope } from "../../gateways/authorizer/routes/convention.ts";
import type { Route } from "../../gateways/authorizer/routes/route.ts";
import type { GatewayModel, GatewayRoute } from "../../gateways/model/gateway-model.ts";
import type { TenantDocument, TenantResourceServer } from "../tenant/document.ts";
import { findMarkers } from "../tenant/keywords.ts";
import type { Environment } from "../tenant/read-environment.ts";
import { type Address, readAddresses } from "./addresses.ts";
import { findBackend, parseBackends } from "./backends.ts";

export interface ModelInputs {
  /** With the keywords filled that have a value. */
  readonly tenant: TenantDocument;
  readonly routes: readonly Route[];
  /** routes.yaml as it was read: the routes' backends, and the list of them. */
  readonly routesFile: unknown;
  readonly billing: BillingRules;
  readonly environment: Environment;
}

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/**
 * One model for all gateways, from the tenant, the routes, the prices and the environment. Pure.
 *
 * @throws ConfigurationError naming all that does not fit together
 */
export function planModel({ tenant, routes, routesFile, billing, environment }: ModelInputs): GatewayModel {
  const problems = new Problems("The gateways' configuration");
  const addresses = readAddresses(environment, problems);
  const api = findApi(tenant, problems);
  const entries = isRecord(routesFile) && Array.isArray(routesFile.routes) ? (routesFile.routes as unknown[]) : [];
  const backends = parseBackends(isRecord(routesFile) ? routesFile.backends : undefined, problems);
  const planned = routes.flatMap((route, index): readonly GatewayRoute[] => {
    const entry = entries[index];
    const name = `${route.method.toUpperCase()} ${route.path}`;
    const backend = findBackend(isRecord(entry) ? entry.backend : undefined, backends, name, problems);
    const scopes = readScopes(route, name, problems);
    if (api !== undefined) checkDefined(scopes ?? [], api, name, problems);
    if (backend === undefined || scopes === false) return [];
    const paid = (scopes ?? []).filter((scope) => billing.paid.has(scope));
    const own = { path: route.path, segments: route.segments, scopes, paid, metered: route.metered, backend };
    return listMethods(route, routes).map((method) => ({ method, ...own }));
  });
  for (const scope of billing.paid.keys()) {
    if (api !== undefined) checkDefined([scope], api, "stripe.json", problems);
    if (!planned.some(({ paid }) => paid.includes(scope)))
      problems.add("stripe.json", `${scope} costs money, and no route needs it`);
  }
  if (api === undefined || addresses === undefined) throw problems.toError();
  const scopeClaim = readScopeClaim(environment, api, problems);
  const paidScopes = readPaidScopes(environment, problems);
  problems.throwIfAny();
  return {
    ...toModel(addresses),
    audience: api.identifier,
    scopeClaim,
    paidScopes,
    customerClaim: billing.customerClaim ?? `${api.identifier}stripe_customer_id`,
    origins: listOrigins(tenant),
    routes: planned,
  };
}

const toModel = ({ issuer, jwksUrl, authorizerUrl, port, caFile, rateLimit }: Address) => ({
  issuer,
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
  return methods.filter((method) => !same.includes(method));
}

const shape = ({ segments }: Route): string =>
  segments.map((segment) => (segment.kind === "literal" ? segment.text : `{${segment.kind}}`)).join("/");

function findApi(tenant: TenantDocument, problems: Problems): TenantResourceServer | undefined {
  const apis = tenant.resourceServers ?? [];
  const [api] = apis;
  if (api === undefined || apis.length > 1)
    return problems.add("tenant.yaml", `expected one API (resourceServers), found ${apis.length}`);
  const [marker] = findMarkers(api.identifier);
  if (marker !== undefined) return problems.add("tenant.yaml", `the API's identifier needs a value for ${marker.name}`);
  if (!/^[\x21\x23-\x5b\x5d-\x7e]+\/$/.test(api.identifier))
    problems.add("tenant.yaml", "the API's identifier must end in a slash: claims are named after it");
  if ((api.signing_alg ?? "RS256") !== "RS256")
    problems.add("tenant.yaml", "the API must sign with RS256: a gateway must not hold a key that can sign");
  return api;
}

/** False: no scope can be named. Undefined: no token is asked for. */
function readScopes(route: Route, name: string, problems: Problems): readonly string[] | undefined | false {
  const { access, method, segments } = route;
  if (access.kind === "public") return undefined;
  if (access.kind === "scopes") return access.scopes;
  if (method === "any") {
    problems.add(name, "say which scope it needs: by convention each method has another one");
    return false;
  }
  const first = segments[0];
  const scope = first?.kind === "literal" ? conventionalScope(method, [first.text]) : undefined;
  if (scope !== undefined) return [scope];
  problems.add(name, "say which scope it needs: no scope can be named after its path");
  return false;
}

function checkDefined(
  scopes: readonly string[] | false,
  api: TenantResourceServer,
  name: string,
  problems: Problems,
): void {
  const defined = (api.scopes ?? []).map(({ value }) => value);
  for (const scope of scopes === false ? [] : scopes) {
    if (!defined.includes(scope))
      problems.add(name, `the API does not define the scope ${scope}; it has ${defined.join(", ") || "none"}`);
  }
}

/**
 * `scope` is in the token under every dialect, and what Actions take away is gone from it. `permissions` holds all that is
 * assigned, and is there only under the dialects that say so.
 */
function readScopeClaim(environment: Environment, api: TenantResourceServer, problems: Problems) {
  const wanted = environment.GATEWAY_SCOPE_CLAIM || "scope";
  if (wanted === "permissions" && !api.token_dialect?.endsWith("_authz"))
    problems.add("GATEWAY_SCOPE_CLAIM", "permissions are in the token only under a dialect that ends in _authz");
  if (wanted !== "scope" && wanted !== "permissions")
    problems.add("GATEWAY_SCOPE_CLAIM", "expected scope or permissions");
  return wanted === "permissions" ? "permissions" : "scope";
}

function readPaidScopes(environment: Environment, problems: Problems): GatewayModel["paidScopes"] {
  const wanted = environment.GATEWAY_PAID_SCOPES || "authorizer";
  if (wanted === "authorizer" || wanted === "token") return wanted;
  problems.add("GATEWAY_PAID_SCOPES", "expected authorizer or token");
  return "authorizer";
}

/** Where the tenant's single-page applications are served from. */
function listOrigins(tenant: TenantDocument): readonly string[] {
  const origins = (tenant.clients ?? []).flatMap((client) =>
    client.app_type === "spa" ? (client.web_origins ?? []) : [],
  );
  return [...new Set(origins)].filter((origin) => URL.canParse(origin) && new URL(origin).origin === origin).sort();
}
