import type { PostLoginAPI } from "@auth0/actions/post-login/v3";
import { checkInput } from "./check-input.ts";
import type { PostLoginContext } from "./context.ts";
import { createEntityExpiry } from "./entity-expiry.ts";
import { createEntityMetadata } from "./entity-metadata.ts";

export const createRefreshToken = (context: PostLoginContext): PostLoginAPI["refreshToken"] => {
  const { effects, event, settings, transaction } = context;
  const findObstacle = (method: string) => {
    // Part of the event at run time, not of every version of its type.
    const token: { id?: string; access?: unknown } | undefined = event.refresh_token;
    return token?.access === "online" ? `Cannot call ${method} on an online refresh token.` : undefined;
  };
  return {
    ...createEntityExpiry(context, "refresh token", transaction.refreshToken, findObstacle),
    ...createEntityMetadata(context, {
      entity: "refresh token",
      getHolder: () => event.refresh_token,
      changes: transaction.refreshToken,
      mayComeFirst: true,
      findObstacle,
    }),
    revoke(reason) {
      checkInput({ type: "object", properties: { message: { type: "string", maxLength: 1024 } } }, { message: reason });
      if (event.transaction?.protocol === "oauth2-refresh-token") {
        effects.push({ type: "revoke-refresh-token", reason });
      } else if (settings.misplacedCall === "fails") {
        effects.push({ type: "abort", message: "A refresh token can only be revoked when it is exchanged." });
      }
    },
  };
};
