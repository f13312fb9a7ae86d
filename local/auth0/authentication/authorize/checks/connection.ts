import { findConnection, isEnabledFor } from "../../../connections.ts";
import { InvalidRequest } from "../../../oauth-error.ts";
import type { Check } from "./check.ts";

export const checkConnection: Check = ({ tenant, client, parameters }) => {
  if (parameters.connection === undefined) return;
  const connection = findConnection(tenant.state, parameters.connection);
  if (connection === undefined) throw new InvalidRequest("the connection was not found");
  if (!isEnabledFor(connection, client)) {
    throw new InvalidRequest("the connection is not enabled");
  }
};
