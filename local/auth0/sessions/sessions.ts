import { digest, isSameSecret, newSecret } from "../digest.ts";
import { randomAlphanumeric } from "../ids.ts";
import type { Session } from "../state/session.ts";
import type { TenantState } from "../state/tenant-state.ts";
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
export function startSession(
  { clock, state }: Pick<Tenant, "clock" | "state">,
  login: NewSession,
): { session: Session; cookie: string } {
  const now = clock();
  const lifetimes = readSessionLifetimes(state);
  const secret = newSecret();
  const mode = (state.settings.get("tenant")?.session_cookie as { mode?: unknown } | undefined)?.mode;
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
  state.sessions.set(session.id, session);
  return { session, cookie: `${session.id}.${secret}` };
}

/** Gives the session another cookie: the browser has lost the one that opened it, and nobody else may use that. */
export function renewSecret(
  { sessions }: Pick<TenantState, "sessions">,
  session: Session,
): { session: Session; cookie: string } {
  const secret = newSecret();
  const renewed = sessions.set(session.id, { ...session, secret_digest: digest(secret) });
  return { session: renewed, cookie: `${session.id}.${secret}` };
}

/** The session that a cookie opens, if it still lasts and its user is still there. */
export function findSession(tenant: Pick<Tenant, "clock" | "state">, cookie: string | undefined): Session | undefined {
  const [id = "", secret = ""] = (cookie ?? "").split(".");
  const session = tenant.state.sessions.get(id);
  if (session === undefined || !isSameSecret(digest(secret), session.secret_digest)) return undefined;
  return isLive(tenant, session) ? session : undefined;
}

export function isLive({ clock, state }: Pick<Tenant, "clock" | "state">, session: Session): boolean {
  const now = clock();
  return now < session.expires_at && now < session.idle_expires_at && state.users.has(session.user_id);
}

/** Notes that a client logged in with it: the time until it ends unused starts anew. */
export function touchSession(
  { clock, state }: Pick<Tenant, "clock" | "state">,
  session: Session,
  use: { readonly clientId: string; readonly ip: string; readonly userAgent: string },
): Session {
  const now = clock();
  return state.sessions.set(session.id, {
    ...session,
    updated_at: now,
    last_interacted_at: now,
    idle_expires_at: now + readSessionLifetimes(state).idle,
    clients: session.clients.includes(use.clientId) ? session.clients : [...session.clients, use.clientId],
    device: { ...session.device, last_ip: use.ip, last_user_agent: use.userAgent },
  });
}

export function endSession({ sessions }: Pick<TenantState, "sessions">, id: string): void {
  sessions.delete(id);
}
