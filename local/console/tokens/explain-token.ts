import { decodeJwt, decodeProtectedHeader } from "jose";
import { createAuthorizer } from "../../../gateways/authorizer/authorizer.ts";
import type { Decision } from "../../../gateways/authorizer/decision.ts";
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
  readonly routes: readonly { readonly request: string; readonly status: number; readonly why: string }[];
}

/**
 * What the authorizer of a gateway decides on it, for each scope's request by convention (`get:users` is GET /users). Whether a paid
 * scope is paid for it does not ask: the Actions have done that.
 *
 * @throws {ConsoleError} TOKEN_UNREADABLE
 */
export async function explainToken(tenant: Tenant, text: string): Promise<TokenView> {
  const token = text.trim().replace(/^Bearer\s+/i, "");
  const { header, claims } = decode(token);
  const audiences = [claims.aud ?? []].flat();
  const apis = tenant.state.resourceServers.filter(({ identifier }) => audiences.includes(identifier));
  return {
    header,
    claims,
    expires: typeof claims.exp === "number" ? isoTime(claims.exp * 1000) : "",
    apis: await Promise.all(
      apis.map(async ({ identifier, scopes = [] }) => ({
        audience: identifier,
        routes: await askForEach(
          tenant,
          identifier,
          token,
          scopes.map(({ value }) => value),
        ),
      })),
    ),
  };
}

function decode(token: string) {
  try {
    return { header: decodeProtectedHeader(token), claims: decodeJwt(token) };
  } catch {
    const message = "That is not a JWT. An access token without an audience is opaque: ask for one with an audience.";
    throw new ConsoleError(400, "TOKEN_UNREADABLE", message);
  }
}

function askForEach(tenant: Tenant, audience: string, token: string, scopes: readonly string[]) {
  const { authorize } = createAuthorizer({
    issuer: tenant.issuer,
    audience,
    clock: tenant.clock,
    fetchKeySet: async () => ({ keys: tenant.signingKeys.published().map(({ jwk }) => jwk) }),
  });
  const requests = scopes.flatMap((scope) => {
    const [, method, segment] = /^([a-z]+):([\w-]+)$/.exec(scope) ?? [];
    return method === undefined || segment === undefined ? [] : [{ method, segment }];
  });
  return Promise.all(
    requests.map(async ({ method, segment }) => {
      const request = {
        method: method.toUpperCase(),
        target: `/${segment}`,
        headers: { authorization: `Bearer ${token}` },
      };
      return { request: `${request.method} ${request.target}`, ...describe(await authorize(request)) };
    }),
  );
}

function describe(decision: Decision): { readonly status: number; readonly why: string } {
  if (decision.kind !== "refused") return { status: 200, why: "passes" };
  return { status: decision.status, why: decision.description };
}
