import type { PostLoginAPI } from "@auth0/actions/post-login/v3";
import type { JourneyContext } from "./context.ts";
import { REDIRECT_AND_RENDER } from "./prompt.ts";
import { checkSessionToken, encodeSessionToken } from "./session-token.ts";

const DEFAULT_TOKEN_LIFETIME = 900;

type Redirect = PostLoginAPI["redirect"];

export class RedirectApi<Returned> {
  readonly #context: JourneyContext<Returned>;

  constructor(context: JourneyContext<Returned>) {
    this.#context = context;
  }

  sendUserTo(...[target, options]: Parameters<Redirect["sendUserTo"]>): Returned {
    const { effects, getApi } = this.#context;
    if (effects.some(({ type }) => type === "render-prompt")) {
      effects.push({ type: "abort", message: REDIRECT_AND_RENDER });
      return getApi();
    }
    const url = new URL(target);
    for (const [name, value] of Object.entries(options?.query ?? {})) url.searchParams.set(name, value);
    effects.push({ type: "redirect", url: url.href });
    return getApi();
  }

  encodeToken({ expiresInSeconds, payload, secret }: Parameters<Redirect["encodeToken"]>[0]): string {
    const { event, now } = this.#context;
    const iat = toSeconds(now());
    const { hostname: iss, ip } = event.request;
    const exp = iat + (expiresInSeconds ?? DEFAULT_TOKEN_LIFETIME);
    return encodeSessionToken({ iat, iss, sub: event.user.user_id, exp, ip, ...payload }, secret);
  }

  validateToken({ secret, tokenParameterName }: Parameters<Redirect["validateToken"]>[0]): Record<string, unknown> {
    const { event, now, settings } = this.#context;
    const name = tokenParameterName || "session_token";
    const parameters: Record<string, unknown> = { ...event.request.query, ...event.request.body };
    const token = parameters[name];
    if (!token) {
      throw new Error(`There is no parameter called '${name}' available in either the POST body or query string.`);
    }
    const check = checkSessionToken(token, secret, {
      iss: settings.sessionTokenIssuer === "hostname" ? event.request.hostname : undefined,
      sub: event.user.user_id,
      state: parameters.state,
      now: toSeconds(now()),
    });
    if (!check.valid) throw new Error(`The session token is invalid: ${check.reason}`);
    return check.payload;
  }
}

const toSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);
