import type { PostLoginAPI } from "@auth0/actions/post-login/v3";
import { checkInput, type Shape } from "./check-input.ts";
import type { PostLoginContext } from "./context.ts";
import type { CookieMode } from "./effects.ts";
import { entityApi } from "./entity.ts";

const REVOCATION: Shape = {
  type: "object",
  properties: {
    message: { type: "string" },
    options: { type: "object", properties: { preserveRefreshTokens: { type: "boolean" } } },
  },
};

export class SessionApi extends entityApi("session") {
  readonly #context: PostLoginContext;

  constructor(context: PostLoginContext) {
    super(context, {
      findShown: () => context.event.session,
      changes: context.transaction.session,
      mayComeFirst: false,
      findObstacle: () => undefined,
    });
    this.#context = context;
  }

  revoke(...[reason, options]: Parameters<PostLoginAPI["session"]["revoke"]>): void {
    checkInput(REVOCATION, { message: reason, options });
    const preserveRefreshTokens = options?.preserveRefreshTokens ?? false;
    this.#context.effects.push({ type: "revoke-session", reason, preserveRefreshTokens });
  }

  setCookieMode(mode: CookieMode): void {
    if (!mode) throw new Error("Cookie mode must be provided");
    if (!["persistent", "non-persistent"].includes(mode)) {
      throw new Error(`Invalid cookie mode: ${mode}. Valid values are 'persistent' and 'non-persistent'.`);
    }
    const { effects, event, transaction } = this.#context;
    transaction.session.cookieMode = mode;
    effects.push({ type: "set-cookie-mode", mode });
    // Some flows without a session expose an empty object.
    if (event.session && Object.keys(event.session).length > 0) {
      event.session = { ...event.session, cookie: { ...event.session.cookie, mode } };
    }
  }
}
