import { revokeRefreshToken, revokeRefreshTokens } from "../../sessions/revoke-refresh-tokens.ts";
import type { RefreshToken } from "../../state/refresh-token.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { isoTime } from "../../timestamps.ts";
import { ACCEPTED, endpoint, ok, type Resource } from "../endpoint.ts";
import { getOr404, ManagementError } from "../error.ts";
import { CHECKPOINT_QUERY, FIELDS_QUERY, PAGE_QUERY, renderList, selectFields } from "../paging.ts";
import { getUser } from "../records/user.ts";
import { text } from "../schema.ts";

interface Owner {
  readonly user_id?: string;
  readonly client_id?: string;
  readonly audience?: string;
}

interface Revocation extends Owner {
  readonly ids?: readonly string[];
}

const OWNERS = { user_id: text("Id of the user."), client_id: text("Id of the client.") };

/** Refresh tokens of users, each with all that rotation made of it; never the token itself. */
export const refreshTokens: Resource = ({ state }) => [
  endpoint({
    method: "GET",
    path: "/users/:id/refresh-tokens",
    scopes: ["read:refresh_tokens"],
    query: { ...PAGE_QUERY, ...CHECKPOINT_QUERY },
    handle: ({ params, query }) => {
      const { user_id } = getUser(state, params.id);
      const own = state.refreshTokens.filter((token) => token.user_id === user_id);
      return ok(renderList("tokens", own.map(renderRefreshToken), { take: 50, ...query }));
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/users/:id/refresh-tokens",
    scopes: ["delete:refresh_tokens"],
    handle: ({ params }) => {
      const { user_id } = getUser(state, params.id);
      revokeRefreshTokens(state, (token) => token.user_id === user_id);
      return ACCEPTED;
    },
  }),
  endpoint({
    method: "GET",
    path: "/refresh-tokens",
    scopes: ["read:refresh_tokens"],
    query: { ...OWNERS, ...CHECKPOINT_QUERY, ...FIELDS_QUERY },
    handle: ({ query }) => {
      const found = state.refreshTokens.filter((token) => isOf(token, query)).map(renderRefreshToken);
      const rows = found.map((token) => selectFields(token, query));
      return ok(renderList("refresh_tokens", rows, { take: 50, ...query }));
    },
  }),
  endpoint<Revocation>({
    method: "POST",
    path: "/refresh-tokens/revoke",
    scopes: ["delete:refresh_tokens"],
    body: "RevokeRefreshTokensRequestContent",
    handle: ({ body }) => {
      checkRevocation(body);
      revokeRefreshTokens(state, (token) => isOf(token, body) && (body.ids?.includes(token.id) ?? true));
      return ACCEPTED;
    },
  }),
  endpoint<{ readonly refresh_token_metadata?: Readonly<Record<string, string>> | null }>({
    method: "PATCH",
    path: "/refresh-tokens/:id",
    scopes: ["update:refresh_tokens"],
    body: "UpdateRefreshTokenRequestContent",
    handle: ({ params, body: { refresh_token_metadata: given } }) => {
      const { metadata, ...token } = getRefreshToken(state, params.id);
      const kept = given === undefined ? metadata : given;
      return ok(
        renderRefreshToken(state.refreshTokens.set(token.id, { ...token, ...(kept != null && { metadata: kept }) })),
      );
    },
  }),
  endpoint({
    method: "GET",
    path: "/refresh-tokens/:id",
    scopes: ["read:refresh_tokens"],
    handle: ({ params }) => ok(renderRefreshToken(getRefreshToken(state, params.id))),
  }),
  endpoint({
    method: "DELETE",
    path: "/refresh-tokens/:id",
    scopes: ["delete:refresh_tokens"],
    handle: ({ params }) => {
      revokeRefreshToken(state, getRefreshToken(state, params.id).id);
      return ACCEPTED;
    },
  }),
];

function isOf(token: RefreshToken, owner: Owner): boolean {
  const names = ["user_id", "client_id", "audience"] as const;
  return names.every((name) => owner[name] === undefined || owner[name] === token[name]);
}

/** What names nothing would revoke all: either ids, or whose they are. */
function checkRevocation({ ids, ...owner }: Revocation): void {
  const hasOwner = owner.user_id !== undefined || owner.client_id !== undefined;
  if ((ids === undefined) === hasOwner) return;
  throw new ManagementError(400, "Name either ids, or a user_id or client_id.", "invalid_body");
}

function getRefreshToken(state: Pick<TenantState, "refreshTokens">, id = ""): RefreshToken {
  return getOr404(state.refreshTokens.get(id), "The refresh token does not exist.", "inexistent_refresh_token");
}

function renderRefreshToken(token: RefreshToken): object {
  const time = (at: number | undefined) => (at === undefined ? null : isoTime(at));
  const resource_servers = token.audience && [{ audience: token.audience, scopes: token.scope.join(" ") }];
  return {
    id: token.id,
    user_id: token.user_id,
    client_id: token.client_id,
    session_id: token.session_id ?? null,
    created_at: isoTime(token.created_at),
    idle_expires_at: time(token.idle_expires_at),
    expires_at: time(token.expires_at),
    last_exchanged_at: time(token.last_exchanged_at),
    rotating: token.rotating,
    device: token.device,
    resource_servers: resource_servers || [],
    refresh_token_metadata: token.metadata ?? null,
  };
}
