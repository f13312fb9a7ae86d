import type { Client } from "../../state/resources.ts";
import { ManagementError } from "../error.ts";
import { mergeKeys, withoutNulls } from "../merge.ts";
import { completeRefreshToken, completeSessionTransfer } from "./defaults.ts";

/** Settings of which an update changes the members that it names. */
const MERGED = ["jwt_configuration", "client_metadata", "mobile", "native_social_login", "session_transfer"];

/**
 * A client with the changes of a PATCH: field by field, and inside some settings key by key.
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
    ...mergeFields(current, changes),
    ...(changes.refresh_token !== undefined && {
      refresh_token: completeRefreshToken({ ...current, ...changes }, changes.refresh_token),
    }),
    ...(changes.cross_origin_authentication !== undefined && {
      cross_origin_auth: changes.cross_origin_authentication,
    }),
  };
  return withoutNulls({ ...merged, ...completeSessionTransfer(merged.session_transfer) });
}

function mergeFields(current: Client, changes: Partial<Client>): Record<string, unknown> {
  return Object.fromEntries(
    MERGED.flatMap((name) => {
      const change = changes[name];
      return typeof change === "object" && change !== null ? [[name, mergeKeys(current[name], change)]] : [];
    }),
  );
}
