import type { LoginOutcome } from "../../actions/outcome.ts";
import { revokeRefreshToken, revokeRefreshTokens } from "../../sessions/revoke-refresh-tokens.ts";
import { endSession } from "../../sessions/sessions.ts";
import type { TenantState } from "../../state/tenant-state.ts";

/** Ends what an Action denied the login by: the session, with its refresh tokens unless they are spared, or the token. */
export function revokeWhatActionsDenied(
  state: Pick<TenantState, "refreshTokenDigests" | "refreshTokens" | "sessions">,
  outcome: LoginOutcome,
  login: { readonly sessionId?: string | undefined; readonly refreshTokenId?: string },
): void {
  if (outcome.kind !== "denied") return;
  if (outcome.by === "refreshToken.revoke" && login.refreshTokenId !== undefined) {
    revokeRefreshToken(state, login.refreshTokenId);
  }
  if (outcome.by === "session.revoke" && login.sessionId !== undefined) {
    endSession(state, login.sessionId);
    if (outcome.preserveRefreshTokens !== true) {
      revokeRefreshTokens(state, ({ session_id }) => session_id === login.sessionId);
    }
  }
}
