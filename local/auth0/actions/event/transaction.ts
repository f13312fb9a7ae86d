import type { Protocol, Transaction } from "../../../../types/auth0-actions/post-login-event.d.ts";
import type { LoginContext } from "../login-context.ts";

/** In these flows an Action does not learn from the transaction what was asked for (Auth0 support: requested scopes). */
const WITHOUT_REQUESTED_SCOPES = new Set<Protocol>([
  "oauth2-refresh-token",
  "oauth2-password",
  "oauth2-resource-owner",
]);

export function buildTransaction(context: LoginContext, hasTargetScopes: boolean): Transaction {
  const { protocol, transaction } = context;
  const { requestedScopes, metadata, ...parameters } = transaction;
  const shown = Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined));
  return {
    ...shown,
    protocol,
    metadata: { ...metadata },
    ...(!WITHOUT_REQUESTED_SCOPES.has(protocol) && { requested_scopes: [...requestedScopes] }),
    ...(hasTargetScopes && { target_scopes: [...new Set(listTargetScopes(context))] }),
  };
}

/** A refresh exchange that names no scope starts from what was granted earlier (Auth0 docs, "Handling scopes in Actions"). */
function listTargetScopes({ audience, refreshToken, transaction }: LoginContext): readonly string[] {
  if (refreshToken === undefined || transaction.requestedScopes.length > 0) return transaction.requestedScopes;
  return refreshToken.resourceServers.filter((api) => api.audience === audience).flatMap(({ scopes }) => scopes);
}
