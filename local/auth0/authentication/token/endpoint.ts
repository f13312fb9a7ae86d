import { InvalidRequest, OAuthError, UnauthorizedClient } from "../../oauth-error.ts";
import type { Client } from "../../state/resources.ts";
import type { Tenant } from "../../tenant.ts";
import { readCaller } from "../caller.ts";
import { authenticateClient } from "../client-authentication.ts";
import { forClients, NO_STORE } from "../client-endpoint.ts";
import { allowOrigin } from "../cors.ts";
import { writeLog } from "../log-event.ts";
import { type Parameters, readParameters, readRequired } from "../parameters.ts";
import { authorizationCode } from "./authorization-code.ts";
import { clientCredentials } from "./client-credentials.ts";
import type { Grant, Granted, TokenRequest } from "./grant.ts";
import { oneTimePassword } from "./one-time-password.ts";
import { password, passwordRealm } from "./password.ts";
import { refreshToken } from "./refresh-token.ts";
import { mfaOob, mfaOtp, mfaRecoveryCode } from "./second-factor.ts";
import { isExchangeAllowed, tokenExchange } from "./token-exchange.ts";

interface GrantType {
  readonly grant: Grant;
  /** Where the client's grant types do not say it. */
  readonly isAllowed?: (client: Client) => boolean;
  /** Types of the tenant log's entries for an exchange that succeeded, and for one that did not. */
  readonly logged: readonly [success: string, failure: string];
}

/** The grant types this tenant knows. Adding one is a line here and a file beside this one. */
const GRANTS: Readonly<Record<string, GrantType>> = {
  authorization_code: { grant: authorizationCode, logged: ["seacft", "feacft"] },
  refresh_token: { grant: refreshToken, logged: ["sertft", "fertft"] },
  client_credentials: { grant: clientCredentials, logged: ["seccft", "feccft"] },
  password: { grant: password, logged: ["sepft", "fepft"] },
  "http://auth0.com/oauth/grant-type/password-realm": { grant: passwordRealm, logged: ["sepft", "fepft"] },
  "urn:ietf:params:oauth:grant-type:token-exchange": {
    grant: tokenExchange,
    isAllowed: isExchangeAllowed,
    logged: ["secte", "fecte"],
  },
  "http://auth0.com/oauth/grant-type/passwordless/otp": { grant: oneTimePassword, logged: ["s", "f"] },
  "http://auth0.com/oauth/grant-type/mfa-otp": { grant: mfaOtp, logged: ["seotpft", "feotpft"] },
  "http://auth0.com/oauth/grant-type/mfa-oob": { grant: mfaOob, logged: ["seoobft", "feoobft"] },
  "http://auth0.com/oauth/grant-type/mfa-recovery-code": { grant: mfaRecoveryCode, logged: ["sercft", "fercft"] },
};

/** `POST /oauth/token`, form or JSON. */
export const handleTokenRequest = forClients(async (tenant, context) => {
  const parameters = await readParameters(context);
  checkImplemented(tenant, parameters, context.req.header("dpop"));
  const grantType = readRequired(parameters, "grant_type");
  const client = await authenticateClient(tenant, context.req.header("authorization"), parameters);
  allowOrigin(context, client);
  const known = Object.hasOwn(GRANTS, grantType) ? GRANTS[grantType] : undefined;
  const isAllowed = known?.isAllowed?.(client) ?? (client.grant_types ?? []).includes(grantType);
  if (known === undefined || !isAllowed) {
    throw new UnauthorizedClient(`Grant type '${grantType}' not allowed for the client.`, {
      uri: "https://auth0.com/docs/clients/client-grant-types",
    });
  }
  const { response, headers } = await exchange(known, { tenant, client, parameters, caller: readCaller(context) });
  return context.json(response, 200, { ...NO_STORE, ...headers });
});

/** What a client counts on to make its token safer (RFC 9396, RFC 9449): with a plain one it would go on in good faith. */
function checkImplemented({ log }: Pick<Tenant, "log">, parameters: Parameters, proof: string | undefined): void {
  if (proof !== undefined) {
    log("not implemented by the local tenant: DPoP at /oauth/token");
    throw new InvalidRequest("The local tenant does not bind tokens to keys (DPoP).");
  }
  if (parameters.authorization_details === undefined) return;
  log("not implemented by the local tenant: authorization_details at /oauth/token");
  throw new OAuthError(400, "invalid_authorization_details", "Rich authorization requests are not supported.");
}

/** Runs the grant, and writes down how it went. */
async function exchange({ grant, logged }: GrantType, request: TokenRequest): Promise<Granted> {
  const { tenant, client, caller } = request;
  const [success, failure] = logged;
  try {
    const granted = await grant(request);
    writeLog(tenant, { type: success, client, caller, ...granted.log });
    return granted;
  } catch (error) {
    if (error instanceof OAuthError) {
      const { type = failure, ...details } = error.logDetails;
      writeLog(tenant, { type: String(type), client, caller, description: error.message, details });
    }
    throw error;
  }
}
