import type { RefreshToken } from "../state/refresh-token.ts";
import type { TenantState } from "../state/tenant-state.ts";
import { matchRefreshToken, revokeRefreshToken } from "../tokens/refresh-tokens.ts";
import { readCaller } from "./caller.ts";
import { authenticateClient } from "./client-authentication.ts";
import { forClients, NO_STORE } from "./client-endpoint.ts";
import { allowOrigin } from "./cors.ts";
import { writeLog } from "./log-event.ts";
import { readParameters, readRequired } from "./parameters.ts";

/** `POST /oauth/revoke` (RFC 7009): refresh tokens only. A token that is unknown, or another client's, is not an error. */
export const handleRevoke = forClients(async (tenant, context) => {
  const parameters = await readParameters(context);
  const token = readRequired(parameters, "token");
  const client = authenticateClient(tenant.state, context.req.header("authorization"), parameters);
  allowOrigin(context, client);
  const match = matchRefreshToken(tenant, token);
  if (match.kind !== "unknown" && match.record.client_id === client.client_id) {
    for (const { id } of listRevoked(tenant.state, match.record)) revokeRefreshToken(tenant.state, id);
    const user = tenant.state.users.get(match.record.user_id);
    writeLog(tenant, { type: "srrt", client, user, caller: readCaller(context), audience: match.record.audience });
  }
  return context.body(null, 200, NO_STORE);
});

/** With the tenant's flag, the whole grant goes: every refresh token that the user gave the client for the API. */
function listRevoked(
  { refreshTokens, settings }: Pick<TenantState, "refreshTokens" | "settings">,
  record: RefreshToken,
): readonly RefreshToken[] {
  const flags = settings.get("tenant")?.flags as Readonly<Record<string, unknown>> | undefined;
  if (flags?.revoke_refresh_token_grant !== true) return [record];
  return refreshTokens.filter(
    (other) =>
      other.user_id === record.user_id && other.client_id === record.client_id && other.audience === record.audience,
  );
}
