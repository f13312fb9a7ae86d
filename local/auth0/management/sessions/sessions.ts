import { revokeRefreshTokens } from "../../sessions/revoke-refresh-tokens.ts";
import { endSession } from "../../sessions/sessions.ts";
import type { Session } from "../../state/session.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { isoTime } from "../../timestamps.ts";
import { ACCEPTED, endpoint, ok, type Resource } from "../endpoint.ts";
import { getOr404 } from "../error.ts";
import { CHECKPOINT_QUERY, PAGE_QUERY, renderList } from "../paging.ts";
import { getUser } from "../records/user.ts";

interface Revocation {
  readonly session_id?: string;
  readonly preserve_refresh_tokens?: boolean;
}

/** Logged-in browsers of users. */
export const sessions: Resource = ({ state }) => [
  endpoint({
    method: "GET",
    path: "/users/:id/sessions",
    scopes: ["read:sessions"],
    query: { ...PAGE_QUERY, ...CHECKPOINT_QUERY },
    handle: ({ params, query }) => {
      const { user_id } = getUser(state, params.id);
      const own = state.sessions.filter((session) => session.user_id === user_id);
      return ok(renderList("sessions", own.map(renderSession), { take: 50, ...query }));
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/users/:id/sessions",
    scopes: ["delete:sessions"],
    handle: ({ params }) => {
      const { user_id } = getUser(state, params.id);
      state.sessions.deleteWhere((session) => session.user_id === user_id);
      return ACCEPTED;
    },
  }),
  endpoint<Revocation>({
    method: "POST",
    path: "/users/:id/revoke-access",
    scopes: ["delete:sessions", "delete:refresh_tokens"],
    body: "RevokeUserAccessRequestContent",
    handle: ({ params, body }) => {
      const { user_id } = getUser(state, params.id);
      const { session_id } = body;
      state.sessions.deleteWhere(
        (session) => session.user_id === user_id && (session_id === undefined || session.id === session_id),
      );
      if (body.preserve_refresh_tokens !== true) {
        revokeRefreshTokens(
          state,
          (token) => token.user_id === user_id && (session_id === undefined || token.session_id === session_id),
        );
      }
      return ACCEPTED;
    },
  }),
  endpoint({
    method: "GET",
    path: "/sessions/:id",
    scopes: ["read:sessions"],
    handle: ({ params }) => ok(renderSession(getSession(state, params.id))),
  }),
  endpoint<{ readonly session_metadata?: Readonly<Record<string, string>> | null }>({
    method: "PATCH",
    path: "/sessions/:id",
    scopes: ["update:sessions"],
    body: "UpdateSessionRequestContent",
    handle: ({ params, body: { session_metadata: given } }) => {
      const { metadata, ...session } = getSession(state, params.id);
      const kept = given === undefined ? metadata : given;
      return ok(renderSession(state.sessions.set(session.id, { ...session, ...(kept != null && { metadata: kept }) })));
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/sessions/:id",
    scopes: ["delete:sessions"],
    handle: ({ params }) => {
      endSession(state, getSession(state, params.id).id);
      return ACCEPTED;
    },
  }),
  endpoint({
    method: "POST",
    path: "/sessions/:id/revoke",
    scopes: ["delete:sessions", "delete:refresh_tokens"],
    handle: ({ params }) => {
      const { id } = getSession(state, params.id);
      endSession(state, id);
      revokeRefreshTokens(state, ({ session_id }) => session_id === id);
      return ACCEPTED;
    },
  }),
];

function getSession(state: Pick<TenantState, "sessions">, id = ""): Session {
  return getOr404(state.sessions.get(id), "The session does not exist.", "inexistent_session");
}

function renderSession(session: Session): object {
  return {
    id: session.id,
    user_id: session.user_id,
    created_at: isoTime(session.created_at),
    updated_at: isoTime(session.updated_at),
    authenticated_at: isoTime(session.authenticated_at),
    last_interacted_at: isoTime(session.last_interacted_at),
    idle_expires_at: isoTime(session.idle_expires_at),
    expires_at: isoTime(session.expires_at),
    device: session.device,
    clients: session.clients.map((client_id) => ({ client_id })),
    authentication: {
      methods: session.authentication_methods.map(({ name, at }) => ({ name, timestamp: isoTime(at) })),
    },
    cookie: { mode: session.cookie_mode },
    session_metadata: session.metadata ?? null,
  };
}
