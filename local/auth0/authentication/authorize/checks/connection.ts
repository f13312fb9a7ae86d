import { findConnection, isEnabledFor } from "../../../connections.ts";
import { OAuthError } from "../../../oauth-error.ts";
import type { Check } from "./check.ts";

export const checkConnection: Check = ({ tenant, client, parameters }) => {
  if (parameters.connection === undefined) return;
  const connection = findConnection(tenant, parameters.connection);
  if (connection === undefined) throw new OAuthError(400, "invalid_request", "the connection was not found");
  if (!isEnabledFor(connection, client)) {
    throw new OAuthError(400, "invalid_request", "the connection is not enabled");
  }
};
