import type { Context } from "hono";
import type { Tenant } from "../../tenant.ts";
import { readCaller } from "../caller.ts";
import { OAuthError } from "../oauth-error.ts";
import { authorizationCode } from "./authorization-code.ts";
import { authenticateClient } from "./client-authentication.ts";
import { clientCredentials } from "./client-credentials.ts";
import type { Grant, TokenParameters } from "./grant.ts";

/** The grant types this tenant knows. Adding one is a line here and a file beside this one. */
const GRANTS: Readonly<Record<string, Grant>> = {
  authorization_code: authorizationCode,
  client_credentials: clientCredentials,
};

/** `POST /oauth/token`, form or JSON. */
export async function handleTokenRequest(tenant: Tenant, context: Context): Promise<Response> {
  try {
    const parameters = await readParameters(context);
    const grantType = parameters.grant_type;
    if (typeof grantType !== "string" || grantType === "") {
      throw new OAuthError(400, "invalid_request", "Missing required parameter: grant_type");
    }
    const client = authenticateClient(tenant, context.req.header("authorization"), parameters);
    const grant = GRANTS[grantType];
    if (grant === undefined || !(client.grant_types ?? []).includes(grantType)) {
      throw new OAuthError(403, "unauthorized_client", `Grant type '${grantType}' not allowed for the client.`, {
        error_uri: "https://auth0.com/docs/clients/client-grant-types",
      });
    }
    const response = await grant({ tenant, client, parameters, caller: readCaller(context) });
    return context.json(response, 200, NO_STORE);
  } catch (error) {
    if (error instanceof OAuthError) return context.json(error.toBody(), error.status as 400, NO_STORE);
    throw error;
  }
}

/** RFC 6749 §5.1: a token answer is never cached. */
const NO_STORE = { "cache-control": "no-store", pragma: "no-cache" } as const;

async function readParameters(context: Context): Promise<TokenParameters> {
  const text = await context.req.text();
  if (!context.req.header("content-type")?.startsWith("application/json")) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  const invalid = new OAuthError(400, "invalid_request", "Invalid request payload JSON format");
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== "object" || body === null || Array.isArray(body)) throw invalid;
    return body as TokenParameters;
  } catch {
    throw invalid;
  }
}
