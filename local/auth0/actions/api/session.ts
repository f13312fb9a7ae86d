import type { PostLoginAPI } from "@auth0/actions/post-login/v3";
import { checkInput, type Shape } from "./check-input.ts";
import type { PostLoginContext } from "./context.ts";
import { createEntityExpiry } from "./entity-expiry.ts";
import { createEntityMetadata } from "./entity-metadata.ts";

const revocation: Shape = {
  type: "object",
  properties: {
    message: { type: "string" },
    options: { type: "object", properties: { preserveRefreshTokens: { type: "boolean" } } },
  },
};

export const createSession = (context: PostLoginContext): PostLoginAPI["session"] => {
  const { effects, event, transaction } = context;
  const findObstacle = () => undefined;
  return {
    ...createEntityExpiry(context, "session", transaction.session, findObstacle),
    ...createEntityMetadata(context, {
      entity: "session",
      getHolder: () => event.session,
      changes: transaction.session,
      mayComeFirst: false,
      findObstacle,
    }),
    revoke(reason, options) {
      checkInput(revocation, { message: reason, options });
      effects.push({ type: "revoke-session", reason, preserveRefreshTokens: options?.preserveRefreshTokens ?? false });
    },
    setCookieMode(mode) {
      if (!mode) throw new Error("Cookie mode must be provided");
      if (!["persistent", "non-persistent"].includes(mode)) {
        throw new Error(`Invalid cookie mode: ${mode}. Valid values are 'persistent' and 'non-persistent'.`);
      }
      transaction.session.cookieMode = mode;
      effects.push({ type: "set-cookie-mode", mode });
      // Some flows without a session expose an empty object.
      if (event.session && Object.keys(event.session).length > 0) {
        event.session = { ...event.session, cookie: { ...event.session.cookie, mode } };
      }
    },
  };
};
