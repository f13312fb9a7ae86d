import type { RefreshToken } from "../state/refresh-token.ts";
import type { TenantState } from "../state/tenant-state.ts";

/** Ends the family: every token that was ever made of it. */
export function revokeRefreshToken(
  { refreshTokenDigests, refreshTokens }: Pick<TenantState, "refreshTokenDigests" | "refreshTokens">,
  id: string,
): void {
  refreshTokens.delete(id);
  refreshTokenDigests.deleteWhere((digest) => digest.refresh_token_id === id);
}

/** Ends every family that matches. */
export function revokeRefreshTokens(
  state: Pick<TenantState, "refreshTokenDigests" | "refreshTokens">,
  matches: (token: RefreshToken) => boolean,
): void {
  for (const { id } of state.refreshTokens.filter(matches)) revokeRefreshToken(state, id);
}
