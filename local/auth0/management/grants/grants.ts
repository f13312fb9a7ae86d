import { createHash } from "node:crypto";
import { revokeRefreshTokens } from "../../sessions/revoke-refresh-tokens.ts";
import type { Consent } from "../../state/consent.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { endpoint, NO_CONTENT, ok, type Resource } from "../endpoint.ts";
import { getAsked } from "../get-asked.ts";
import { PAGE_QUERY, renderList } from "../paging.ts";
import { text } from "../schema.ts";

const OWNERS = {
  user_id: text("user_id of the grants to retrieve."),
  client_id: text("client_id of the grants to retrieve."),
  audience: text("audience of the grants to retrieve."),
};

/** What users have agreed that clients may have. Without it a client has to ask again, and has no refresh tokens any more. */
export const grants: Resource = ({ state }) => [
  endpoint({
    method: "GET",
    path: "/grants",
    scopes: ["read:grants"],
    query: { ...PAGE_QUERY, ...OWNERS },
    handle: ({ query }) => {
      const names = ["user_id", "client_id", "audience"] as const;
      const found = state.consents.filter((consent) =>
        names.every((name) => query[name] === undefined || query[name] === consent[name]),
      );
      return ok(renderList("grants", found.map(renderGrant), query));
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/grants",
    scopes: ["delete:grants"],
    query: { user_id: text("user_id of the grant to delete.") },
    handle: ({ query }) => {
      const userId = getAsked(query, "user_id");
      revoke(state, ({ user_id }) => user_id === userId);
      return NO_CONTENT;
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/grants/:id",
    scopes: ["delete:grants"],
    /** 204 also for one that is not there: its published status codes have no 404. */
    handle: ({ params }) => {
      revoke(state, (consent) => idOf(consent) === params.id);
      return NO_CONTENT;
    },
  }),
];

/** Auth0 docs, "Revoke refresh tokens": all tokens that were issued for the same user, application and audience go along. */
function revoke(state: TenantState, matches: (consent: Consent) => boolean): void {
  for (const consent of state.consents.filter(matches)) {
    const { user_id, client_id, audience } = consent;
    state.consents.deleteWhere((other) => other === consent);
    revokeRefreshTokens(
      state,
      (token) => token.user_id === user_id && token.client_id === client_id && (token.audience ?? "") === audience,
    );
  }
}

function renderGrant(consent: Consent): object {
  const { client_id, user_id, audience, scope } = consent;
  return { id: idOf(consent), clientID: client_id, user_id, ...(audience !== "" && { audience }), scope };
}

/** 24 hexadecimal digits, always the same ones. */
const idOf = ({ user_id, client_id, audience }: Consent): string =>
  createHash("sha256")
    .update(JSON.stringify([user_id, client_id, audience]))
    .digest("hex")
    .slice(0, 24);
