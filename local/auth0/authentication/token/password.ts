import { findConnection, isEnabledFor, kindOf } from "../../connections.ts";
import { InvalidGrant, ServerError, TooManyAttempts, UnauthorizedClient } from "../../oauth-error.ts";
import type { Connection } from "../../state/resources.ts";
import { TOO_MANY_ATTEMPTS } from "../database/attempts.ts";
import { matchPassword } from "../database/match-password.ts";
import { readRequired } from "../parameters.ts";
import { fillInScopes } from "./fill-in-scopes.ts";
import type { Grant, TokenRequest } from "./grant.ts";
import { loginWithCredentials, readOrganization } from "./login-with-credentials.ts";

/** RFC 6749 §4.3, against the tenant's default directory. */
export const password: Grant = (request) => {
  const name = request.tenant.state.settings.get("tenant")?.default_directory;
  const connection = typeof name === "string" ? findConnection(request.tenant.state, name) : undefined;
  if (connection === undefined) {
    throw new ServerError("Authorization server not configured with default connection.");
  }
  return loginWithPassword(request, connection);
};

/** Auth0's extension grant: the request names the database in `realm`. */
export const passwordRealm: Grant = (request) => {
  const realm = readRequired(request.parameters, "realm");
  const { connections } = request.tenant.state;
  const connection = connections.find(({ name, realms }) => name === realm || (realms ?? []).includes(realm));
  if (connection === undefined || kindOf(connection) !== "database" || !isEnabledFor(connection, request.client)) {
    throw new UnauthorizedClient("the connection is not enabled for the client");
  }
  return loginWithPassword(request, connection);
};

async function loginWithPassword(request: TokenRequest, connection: Connection) {
  const username = readRequired(request.parameters, "username");
  const password = readRequired(request.parameters, "password");
  const found = await matchPassword(request.tenant, connection, username, password, request.caller);
  if (found.kind === "too-many-attempts") {
    throw new TooManyAttempts(TOO_MANY_ATTEMPTS, { logDetails: { type: "limit_wc" } });
  }
  if (found.kind !== "right") {
    throw new InvalidGrant("Wrong email or password.");
  }
  const { user } = found;
  return loginWithCredentials(request, {
    user,
    connection,
    method: "pwd",
    protocol: "oauth2-password",
    gty: "password",
    requestedScope: fillInScopes(request),
    organizationId: readOrganization(request),
  });
}
