import type { PostLoginAPI } from "@auth0/actions/post-login/v3";
import { checkInput } from "./check-input.ts";
import type { PostLoginContext } from "./context.ts";
import { createEntityExpiry } from "./entity-expiry.ts";
import { createEntityMetadata } from "./entity-metadata.ts";

export const createRefreshToken = (context: PostLoginContext): PostLoginAPI["refreshToken"] => {
  const { effects, event, settings, transaction } = context;
  const checkChangeable = (method: string) => {
    const token: { access?: unknown } | undefined = event.refresh_token;
    if (token?.access === "online") throw new Error(`Cannot call ${method} on an online refresh token.`);
  };
  return {
    ...createEntityExpiry(context, "refresh token", transaction.refreshToken, checkChangeable),
    ...createEntityMetadata({
      entity: "refresh token",
      checkChangeable,
      // Unlike a session's, set before there is a token: it is for the one that this login will create.
      read: () => transaction.refreshToken.metadata ?? event.refresh_token?.metadata ?? {},
      write: (metadata) => {
        if (event.refresh_token) event.refresh_token.metadata = { ...metadata };
        transaction.refreshToken.metadata = metadata;
        effects.push({ type: "set-entity-metadata", entity: "refresh token", metadata: { ...metadata } });
      },
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
