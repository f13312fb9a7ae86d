import type { Client } from "../../state/resources.ts";
import { ManagementError } from "../error.ts";
import { mergeKeys, withoutNulls } from "../merge.ts";
import { completeRefreshToken } from "./defaults.ts";

/**
 * A client with the changes of a PATCH: field by field, and inside `jwt_configuration` and `client_metadata` key by key.
 * Null takes a field away. Throws 403 when the secret is changed without the scope for it.
 */
export function updateClient(
  current: Client,
  body: Readonly<Record<string, unknown>>,
  scopes: ReadonlySet<string>,
): Client {
  if (body.client_secret !== undefined && !scopes.has("update:client_keys")) {
    const message = "Insufficient scope, expected any of: update:client_keys";
    throw new ManagementError(403, message, "insufficient_scope");
  }
  const changes = body as Partial<Client>;
  const merged = {
    ...current,
    ...changes,
    ...mergeField("jwt_configuration", current, changes),
    ...mergeField("client_metadata", current, changes),
    ...(changes.refresh_token !== undefined && {
      refresh_token: completeRefreshToken({ ...current, ...changes }, changes.refresh_token),
    }),
    ...(changes.cross_origin_authentication !== undefined && {
      cross_origin_auth: changes.cross_origin_authentication,
    }),
  };
  return withoutNulls(merged);
}

function mergeField(name: string, current: Client, changes: Partial<Client>): Record<string, unknown> {
  const change = changes[name];
  return typeof change === "object" && change !== null ? { [name]: mergeKeys(current[name], change) } : {};
}
