import { isEnabledFor } from "../../connections.ts";
import { InvalidGrant, OAuthError, UnauthorizedClient } from "../../oauth-error.ts";
import { RegistrationRefused } from "../../users/user-error.ts";
import { readRequired } from "../parameters.ts";
import { normalizeAddress, useOneTimeCode } from "../passwordless/one-time-code.ts";
import { ensurePasswordlessUser, findPasswordless } from "../passwordless/passwordless-user.ts";
import { describeCallerRequest } from "../post-login/describe.ts";
import { fillInScopes } from "./fill-in-scopes.ts";
import type { Grant } from "./grant.ts";
import { loginWithCredentials, readOrganization } from "./login-with-credentials.ts";

/** Auth0's extension grant for the code that `/passwordless/start` sent. */
export const oneTimePassword: Grant = async (request) => {
  const { tenant, caller, client, parameters } = request;
  const username = readRequired(parameters, "username");
  const code = readRequired(parameters, "otp");
  const connection = findPasswordless(tenant.state, parameters.realm);
  if (connection === undefined || !isEnabledFor(connection, client)) {
    throw new UnauthorizedClient("the connection is not enabled for the client");
  }
  const to = normalizeAddress(connection, username);
  if (!useOneTimeCode(tenant.inFlight, connection, to, code)) {
    const what = connection.strategy === "email" ? "email" : "phone number";
    throw new InvalidGrant(`Wrong ${what} or verification code.`);
  }
  const how = { caller, client, request: describeCallerRequest(tenant, caller, "POST", { body: parameters }) };
  const user = await ensurePasswordlessUser(tenant, connection, to, how).catch((error: unknown) => {
    if (error instanceof RegistrationRefused) throw new OAuthError(400, error.code, error.message);
    throw error;
  });
  const method = connection.strategy === "email" ? "email" : "sms";
  return loginWithCredentials(request, {
    user,
    connection,
    method,
    protocol: "oauth2-password",
    requestedScope: fillInScopes(request),
    organizationId: readOrganization(request),
  });
};
