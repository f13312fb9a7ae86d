import { isEnabledFor } from "../../connections.ts";
import { InvalidGrant, UnauthorizedClient } from "../../oauth-error.ts";
import { readRequired } from "../parameters.ts";
import { normalizeAddress, useOneTimeCode } from "../passwordless/one-time-code.ts";
import { ensurePasswordlessUser, findPasswordless } from "../passwordless/passwordless-user.ts";
import { fillInScopes } from "./fill-in-scopes.ts";
import type { Grant } from "./grant.ts";
import { loginWithCredentials, readOrganization } from "./login-with-credentials.ts";

/** Auth0's extension grant for the code that `/passwordless/start` sent. */
export const oneTimePassword: Grant = async (request) => {
  const { tenant, client, parameters } = request;
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
  const user = await ensurePasswordlessUser(tenant, connection, to);
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
