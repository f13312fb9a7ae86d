import { decodeJwt, decodeProtectedHeader } from "jose";
import { type Authorize, createAuthorizer } from "../../../gateways/authorizer/authorizer.ts";
import type { Decision } from "../../../gateways/authorizer/decision.ts";
import { parseRoutes, type Route } from "../../../gateways/authorizer/routes/route.ts";
import type { Tenant } from "../../auth0/tenant.ts";
import { isoTime } from "../../auth0/timestamps.ts";
import { ConsoleError } from "../serving/page.ts";

export interface TokenView {
  readonly header: unknown;
  readonly claims: unknown;
  /** ISO 8601; empty where the token does not say. */
  readonly expires: string;
  /** For each API whose audience the token has, each of its scopes with the request that needs it. */
  readonly apis: readonly ApiView[];
}

interface ApiView {
  readonly audience: string;
  /** Of routes.yaml, or of scopes, each of which opens a request by convention. */
  readonly of: "routes" | "scopes";
  readonly routes: readonly RouteView[];
  /** Why routes.yaml was not asked; empty if it was, or if nobody knows it. */
  readonly unread: string;
}

interface RouteView {
  /** `GET /users/{id}` */
  readonly request: string;
  readonly status: number;
  readonly why: string;
}

/** What stands before the API of routes.yaml: what costs money there is asked of Stripe. */
export interface RoutedGateway {
  readonly audience: string;
  readonly routes: readonly Route[];
  readonly authorize: Authorize;
}

/** Opens it as the project says now. @throws {Error} for a person, where its files or its settings do not do */
export type OpenGateway = () => Promise<RoutedGateway>;

/**
 * What a gateway decides on it, for each route of routes.yaml; of an API that has none, for each scope's request by convention
 * (`get:users` is GET /users).
 *
 * @param openGateway undefined where nobody knows the project
 * @throws {ConsoleError} TOKEN_UNREADABLE
 */
export async function explainToken(
  tenant: Tenant,
  text: string,
  openGateway: OpenGateway | undefined,
): Promise<TokenView> {
  const token = text.trim().replace(/^Bearer\s+/i, "");
  const { header, claims } = decode(token);
  const audiences = [claims.aud ?? []].flat();
  const apis = tenant.state.resourceServers.filter(({ identifier }) => audiences.includes(identifier));
  const opened = apis.length === 0 ? undefined : await openGateway?.().catch(describeUnread);
  return {
    header,
    claims,
    expires: typeof claims.exp === "number" ? isoTime(claims.exp * 1000) : "",
    apis: await Promise.all(
      apis.map(async ({ identifier, scopes = [] }): Promise<ApiView> => {
        if (typeof opened === "object" && opened.audience === identifier) {
          return { audience: identifier, of: "routes", routes: await askEach(opened, token), unread: "" };
        }
        const byConvention = openByConvention(tenant, identifier, scopes);
        const unread = typeof opened === "string" ? opened : "";
        return { audience: identifier, of: "scopes", routes: await askEach(byConvention, token), unread };
      }),
    ),
  };
}

const describeUnread = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function decode(token: string) {
  try {
    return { header: decodeProtectedHeader(token), claims: decodeJwt(token) };
  } catch {
    const message = "That is not a JWT. An access token without an audience is opaque: ask for one with an audience.";
    throw new ConsoleError(400, "TOKEN_UNREADABLE", message);
  }
}

function openByConvention(
  { issuer, clock, signingKeys }: Pick<Tenant, "issuer" | "clock" | "signingKeys">,
  audience: string,
  scopes: readonly { readonly value: string }[],
): RoutedGateway {
  const { authorize } = createAuthorizer({
    issuer,
    audience,
    clock,
    fetchKeySet: async () => ({ keys: signingKeys.published().map(({ jwk }) => jwk) }),
  });
  const routes = scopes.flatMap(({ value }) => {
    const [, method, segment] = /^([a-z]+):([\w-]+)$/.exec(value) ?? [];
    return method === undefined || segment === undefined ? [] : [{ method, path: `/${segment}` }];
  });
  return { audience, routes: parseRoutes({ routes }), authorize };
}

function askEach({ routes, authorize }: RoutedGateway, token: string): Promise<readonly RouteView[]> {
  return Promise.all(
    routes.map(async ({ method: listed, path }) => {
      const method = (listed === "any" ? "get" : listed).toUpperCase();
      const target = path.replaceAll(/\{\w+\}|\*/g, "1");
      const decision = await authorize({ method, target, headers: { authorization: `Bearer ${token}` } });
      return { request: `${listed.toUpperCase()} ${path}`, ...describe(decision) };
    }),
  );
}

function describe(decision: Decision): { readonly status: number; readonly why: string } {
  if (decision.kind === "refused") return { status: decision.status, why: decision.description };
  return { status: 200, why: decision.kind === "public" ? "open to everybody" : "passes" };
}
