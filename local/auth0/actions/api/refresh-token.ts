import type { Event } from "@auth0/actions/post-login/v3";
import { checkInput } from "./check-input.ts";
import type { PostLoginContext } from "./context.ts";
import { entityApi } from "./entity.ts";

export class RefreshTokenApi extends entityApi("refresh token") {
  readonly #context: PostLoginContext;

  constructor(context: PostLoginContext) {
    super(context, {
      findShown: () => context.event.refresh_token,
      changes: context.transaction.refreshToken,
      mayComeFirst: true,
      findObstacle: (method) =>
        isOnline(context.event) ? `Cannot call ${method} on an online refresh token.` : undefined,
    });
    this.#context = context;
  }

  revoke(reason: string): void {
    checkInput({ type: "object", properties: { message: { type: "string", maxLength: 1024 } } }, { message: reason });
    const { effects, event, settings } = this.#context;
    if (event.transaction?.protocol === "oauth2-refresh-token") {
      effects.push({ type: "revoke-refresh-token", reason });
    } else if (settings.misplacedCall === "fails") {
      effects.push({ type: "abort", message: "A refresh token can only be revoked when it is exchanged." });
    }
  }
}

function isOnline(event: Event): boolean {
  // Part of the event at run time, not of every version of its type.
  const token: { id?: string; access?: unknown } | undefined = event.refresh_token;
  return token?.access === "online";
}
