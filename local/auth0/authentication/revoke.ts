import { revokeRefreshTokens } from "../sessions/revoke-refresh-tokens.ts";
import type { RefreshToken } from "../state/refresh-token.ts";
import { readTenantSetting } from "../state/tenant-settings.ts";
import type { TenantState } from "../state/tenant-state.ts";
import { matchRefreshToken } from "../tokens/refresh-tokens.ts";
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
  const client = await authenticateClient(tenant, context.req.header("authorization"), parameters);
  allowOrigin(context, client);
  const match = matchRefreshToken(tenant, token);
  if (match.kind !== "unknown" && match.record.client_id === client.client_id) {
    revokeRefreshTokens(tenant.state, isRevokedWith(tenant.state, match.record));
    const user = tenant.state.users.get(match.record.user_id);
    writeLog(tenant, { type: "srrt", client, user, caller: readCaller(context), audience: match.record.audience });
  }
  return context.body(null, 200, NO_STORE);
});

/** With the tenant's flag, the whole grant goes: every refresh token that the user gave the client for the API. */
function isRevokedWith(
  state: Pick<TenantState, "settings">,
  { id, user_id, client_id, audience }: RefreshToken,
): (token: RefreshToken) => boolean {
  if (readTenantSetting(state, "flags").revoke_refresh_token_grant !== true) return (token) => token.id === id;
  return (token) => token.user_id === user_id && token.client_id === client_id && token.audience === audience;
}
