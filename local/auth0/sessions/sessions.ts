import { digest, isSameSecret, newSecret } from "../digest.ts";
import { randomAlphanumeric } from "../ids.ts";
import type { Session } from "../state/session.ts";
import type { Tenant } from "../tenant.ts";
import { readSessionLifetimes } from "./lifetime.ts";

export interface NewSession {
  readonly userId: string;
  readonly connection: string;
  readonly methods: Session["authentication_methods"];
  readonly ip: string;
  readonly userAgent: string;
}

/** Starts a session; `cookie` is the only copy of its secret. */
export function startSession(tenant: Tenant, login: NewSession): { session: Session; cookie: string } {
  const now = tenant.clock();
  const lifetimes = readSessionLifetimes(tenant);
  const secret = newSecret();
  const mode = (tenant.state.settings.get("tenant")?.session_cookie as { mode?: unknown } | undefined)?.mode;
  const session: Session = {
    id: randomAlphanumeric(32),
    secret_digest: digest(secret),
    user_id: login.userId,
    created_at: now,
    updated_at: now,
    authenticated_at: now,
    last_interacted_at: now,
    expires_at: now + lifetimes.absolute,
    idle_expires_at: now + lifetimes.idle,
    clients: [],
    cookie_mode: mode === "persistent" ? "persistent" : "non-persistent",
    device: {
      initial_ip: login.ip,
      initial_user_agent: login.userAgent,
      last_ip: login.ip,
      last_user_agent: login.userAgent,
    },
    authentication_methods: login.methods,
    connection: login.connection,
  };
  tenant.state.sessions.set(session.id, session);
  return { session, cookie: `${session.id}.${secret}` };
}

/** The session that a cookie opens, if it still lasts and its user is still there. */
export function findSession(tenant: Tenant, cookie: string | undefined): Session | undefined {
  const [id = "", secret = ""] = (cookie ?? "").split(".");
  const session = tenant.state.sessions.get(id);
  if (session === undefined || !isSameSecret(digest(secret), session.secret_digest)) return undefined;
  return isLive(tenant, session) ? session : undefined;
}

export function isLive(tenant: Tenant, session: Session): boolean {
  const now = tenant.clock();
  return now < session.expires_at && now < session.idle_expires_at && tenant.state.users.has(session.user_id);
}

/** Notes that a client logged in with it: the time until it ends unused starts anew. */
export function touchSession(
  tenant: Tenant,
  session: Session,
  use: { readonly clientId: string; readonly ip: string; readonly userAgent: string },
): Session {
  const now = tenant.clock();
  return tenant.state.sessions.set(session.id, {
    ...session,
    updated_at: now,
    last_interacted_at: now,
    idle_expires_at: now + readSessionLifetimes(tenant).idle,
    clients: session.clients.includes(use.clientId) ? session.clients : [...session.clients, use.clientId],
    device: { ...session.device, last_ip: use.ip, last_user_agent: use.userAgent },
  });
}

export function endSession(tenant: Tenant, id: string): void {
  tenant.state.sessions.delete(id);
}
