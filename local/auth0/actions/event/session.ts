import type { Device } from "../../../../types/auth0-actions/event.d.ts";
import type { RefreshToken, Session } from "../../../../types/auth0-actions/post-login-event.d.ts";
import { isoTime } from "../../timestamps.ts";
import type { DeviceSummary, LoginContext, RefreshTokenSummary, SessionSummary } from "../login-context.ts";

export function buildSession(session: SessionSummary, { userId }: LoginContext): Session {
  return {
    id: session.id,
    user_id: userId,
    created_at: isoTime(session.createdAt),
    updated_at: isoTime(session.updatedAt),
    authenticated_at: isoTime(session.authenticatedAt),
    last_interacted_at: isoTime(session.lastInteractedAt),
    clients: session.clientIds.map((client_id) => ({ client_id })),
    cookie: { mode: session.cookieMode ?? "persistent" },
    metadata: { ...session.metadata },
    ...buildExpiry(session),
    ...(session.device && { device: buildDevice(session.device) }),
  };
}

export function buildRefreshToken(token: RefreshTokenSummary, { userId, client }: LoginContext): RefreshToken {
  return {
    id: token.id,
    user_id: userId,
    client_id: client.client_id,
    created_at: isoTime(token.createdAt),
    rotating: token.rotating,
    access: token.access ?? "offline",
    metadata: { ...token.metadata },
    resource_servers: token.resourceServers.map(({ audience, scopes }) => ({ audience, scopes: scopes.join(" ") })),
    ...(token.sessionId !== undefined && { session_id: token.sessionId }),
    ...(token.lastExchangedAt !== undefined && { last_exchanged_at: isoTime(token.lastExchangedAt) }),
    ...buildExpiry(token),
    ...(token.device && { device: buildDevice(token.device) }),
  };
}

function buildExpiry({ expiresAt, idleExpiresAt }: { readonly expiresAt?: number; readonly idleExpiresAt?: number }) {
  return {
    ...(expiresAt !== undefined && { expires_at: isoTime(expiresAt) }),
    ...(idleExpiresAt !== undefined && { idle_expires_at: isoTime(idleExpiresAt) }),
  };
}

function buildDevice({ initialIp, initialUserAgent, lastIp, lastUserAgent }: DeviceSummary): Device {
  return {
    ...(initialIp !== undefined && { initial_ip: initialIp }),
    ...(initialUserAgent !== undefined && { initial_user_agent: initialUserAgent }),
    ...(lastIp !== undefined && { last_ip: lastIp }),
    ...(lastUserAgent !== undefined && { last_user_agent: lastUserAgent }),
  };
}
