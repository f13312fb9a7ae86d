import { forgetFailuresOf, listBlocked } from "../../authentication/database/attempts.ts";
import type { User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import { endpoint, NO_CONTENT, ok, type Resource } from "../endpoint.ts";
import { getAsked } from "../get-asked.ts";
import { getUser } from "../records/user.ts";
import { flag, text } from "../schema.ts";

const CONSIDER = {
  consider_brute_force_enablement: flag("Whether connections without brute-force protection are left out."),
};
const IDENTIFIER = { identifier: text("Username, phone number or email of a user.") };

/** Who is kept out by brute-force protection. Blocks by an administrator are the user's `blocked`. */
export const userBlocks: Resource = (tenant) => [
  endpoint({
    method: "GET",
    path: "/user-blocks",
    scopes: ["read:users"],
    query: { ...IDENTIFIER, ...CONSIDER },
    handle: ({ query }) => ok(renderBlocks(tenant, [getAsked(query, "identifier")])),
  }),
  endpoint({
    method: "DELETE",
    path: "/user-blocks",
    scopes: ["update:users"],
    query: IDENTIFIER,
    handle: ({ query }) => {
      forgetFailuresOf(tenant.inFlight, [getAsked(query, "identifier")]);
      return NO_CONTENT;
    },
  }),
  endpoint({
    method: "GET",
    path: "/user-blocks/:id",
    scopes: ["read:users"],
    query: CONSIDER,
    handle: ({ params }) => ok(renderBlocks(tenant, namesOf(getUser(tenant.state, params.id)))),
  }),
  endpoint({
    method: "DELETE",
    path: "/user-blocks/:id",
    scopes: ["update:users"],
    handle: ({ params }) => {
      forgetFailuresOf(tenant.inFlight, namesOf(getUser(tenant.state, params.id)));
      return NO_CONTENT;
    },
  }),
];

const namesOf = ({ email, phone_number, username }: User): readonly string[] =>
  [email, username, phone_number].filter((name) => name !== undefined);

function renderBlocks({ inFlight }: Pick<Tenant, "inFlight">, identifiers: readonly string[]): object {
  const blocked = listBlocked(inFlight, identifiers);
  return {
    blocked_for: blocked.map(({ connection, identifier, ip }) => ({ identifier, ip, connection: connection.name })),
  };
}
