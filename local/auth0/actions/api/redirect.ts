import type { PostLoginAPI } from "@auth0/actions/post-login/v3";
import type { PostLoginContext } from "./context.ts";
import { REDIRECT_AND_RENDER } from "./prompt.ts";
import { checkSessionToken, encodeSessionToken } from "./session-token.ts";

const DEFAULT_TOKEN_LIFETIME = 900;

const protocolsWithoutRedirect = new Set<unknown>([
  "oauth2-resource-owner",
  "oauth2-refresh-token",
  "oauth2-password",
  "oauth2-webauthn",
]);

export const createRedirect = (context: PostLoginContext): PostLoginAPI["redirect"] => {
  const { effects, event, getApi, now, settings } = context;
  const readSeconds = () => Math.floor(now() / 1000);
  return {
    sendUserTo(target, options) {
      if (effects.some(({ type }) => type === "render-prompt")) {
        effects.push({ type: "abort", message: REDIRECT_AND_RENDER });
        return getApi();
      }
      const url = new URL(target);
      for (const [name, value] of Object.entries(options?.query ?? {})) url.searchParams.set(name, value);
      effects.push({ type: "redirect", url: url.href });
      return getApi();
    },
    encodeToken({ expiresInSeconds, payload, secret }) {
      const iat = readSeconds();
      const { hostname: iss, ip } = event.request;
      const exp = iat + (expiresInSeconds ?? DEFAULT_TOKEN_LIFETIME);
      return encodeSessionToken({ iat, iss, sub: event.user.user_id, exp, ip, ...payload }, secret);
    },
    validateToken({ secret, tokenParameterName }) {
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
        now: readSeconds(),
      });
      if (!check.valid) throw new Error(`The session token is invalid: ${check.reason}`);
      return check.payload;
    },
    canRedirect: () =>
      event.request.query.prompt !== "none" && !protocolsWithoutRedirect.has(event.transaction?.protocol),
  };
};
