import { revokeRefreshToken } from "../../sessions/revoke-refresh-tokens.ts";
import type { RefreshToken } from "../../state/refresh-token.ts";
import { endpoint, NO_CONTENT, ok, type Resource } from "../endpoint.ts";
import { FIELDS_QUERY, PAGE_QUERY, renderList, selectFields } from "../paging.ts";
import { text } from "../schema.ts";

const TYPES = ["public_key", "refresh_token", "rotating_refresh_token"];

/** Refresh tokens by the name that they had first. There are no public keys here: only a user's own token can add one. */
export const deviceCredentials: Resource = ({ state }) => [
  endpoint({
    method: "GET",
    path: "/device-credentials",
    scopes: ["read:device_credentials"],
    query: {
      ...PAGE_QUERY,
      ...FIELDS_QUERY,
      user_id: text("user_id of the devices to retrieve."),
      client_id: text("client_id of the devices to retrieve."),
      type: { type: "string", enum: TYPES, description: "Type of credentials to retrieve." },
    },
    handle: ({ query }) => {
      const { type = "public_key", user_id, client_id } = query;
      const found = state.refreshTokens.filter(
        (token) =>
          typeOf(token) === type &&
          (user_id === undefined || token.user_id === user_id) &&
          (client_id === undefined || token.client_id === client_id),
      );
      const rows = found.map((token) => selectFields(renderCredential(token), query));
      return ok(renderList("device_credentials", rows, query));
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/device-credentials/:id",
    scopes: ["delete:device_credentials"],
    /** 204 also for one that is not there: its published status codes have no 404. */
    handle: ({ params }) => {
      revokeRefreshToken(state, params.id ?? "");
      return NO_CONTENT;
    },
  }),
];

const typeOf = ({ rotating }: RefreshToken): string => (rotating ? "rotating_refresh_token" : "refresh_token");

/** Auth0's `device_name` is what a client says of itself at /authorize, `device`, else its user agent. */
const renderCredential = (token: RefreshToken): object => ({
  id: token.id,
  device_name: token.device.initial_user_agent,
  type: typeOf(token),
  user_id: token.user_id,
  client_id: token.client_id,
});
