import type { Request } from "../../../../types/auth0-actions/event.d.ts";
import type { ActionRequest } from "../login-context.ts";

/** Withheld from Actions since 2025-09-16 (Auth0 docs, "Deprecations and Migrations"). */
const WITHHELD = new Set(["auth_session", "authn_response", "client_secret", "client_assertion", "refresh_token"]);

export function buildRequest(request: ActionRequest): Request & { hostname: string; query: Record<string, unknown> } {
  const { ip, method, hostname, userAgent, language, geoip } = request;
  return {
    ip,
    method,
    hostname,
    geoip: geoip ?? {},
    query: withoutWithheld(request.query),
    body: withoutWithheld(request.body),
    ...(userAgent !== undefined && { user_agent: userAgent }),
    ...(language !== undefined && { language }),
  };
}

function withoutWithheld(parameters: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => !WITHHELD.has(name)));
}
