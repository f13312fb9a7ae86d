import { sendVerification } from "../../authentication/database/sign-up.ts";
import { describeCallerRequest } from "../../authentication/post-login/describe.ts";
import { describeConnection } from "../../connections.ts";
import type { Connection } from "../../state/resources.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import type { User } from "../../state/user.ts";
import { IDENTIFIERS, identifierKey } from "../../state/user-keys.ts";
import { createUser, DATABASE_STRATEGY, type NewUser, PASSWORDLESS_STRATEGIES } from "../../users/create-user.ts";
import { registerUser } from "../../users/register-user.ts";
import { deleteUser } from "../../users/write-users.ts";
import { created, endpoint, NO_CONTENT, ok, type Query, type Resource } from "../endpoint.ts";
import { ManagementError } from "../error.ts";
import { getAsked } from "../get-asked.ts";
import { refuseUnimplemented } from "../not-implemented.ts";
import { FIELDS_QUERY, PAGE_QUERY, selectFields, slicePage } from "../paging.ts";
import { getUser } from "../records/user.ts";
import { matchesQuery } from "../search/match.ts";
import { parseSearch, type Search } from "../search/parse.ts";
import { readRequired } from "../search/read-required.ts";
import { checkDepth, sortRecords } from "../search/sort.ts";
import { type UserUpdate, updateUser } from "./update.ts";
import { withManagementErrors } from "./user-error.ts";

interface CreateBody extends Omit<NewUser, "id"> {
  readonly connection: string;
  readonly user_id?: string;
  readonly verify_email?: boolean;
}

export const users: Resource = (tenant) => [
  endpoint({
    method: "GET",
    path: "/users",
    scopes: ["read:users", "read:user_idp_tokens"],
    query: {
      ...PAGE_QUERY,
      ...FIELDS_QUERY,
      sort: { type: "string", description: "Field to sort by. Use field:order where order is 1 or -1." },
      connection: { type: "string", description: "Connection filter." },
      q: { type: "string", description: "Query in Lucene query string syntax." },
      search_engine: { type: "string", enum: ["v3"], description: "The version of the search engine." },
      primary_order: { type: "boolean" },
    },
    handle: ({ query }) => ok(renderUserPage(searchUsers(tenant.state, query), query)),
  }),

  endpoint<CreateBody>({
    method: "POST",
    path: "/users",
    summary: "Create a User",
    scopes: ["create:users"],
    body: "CreateUserRequestContent",
    handle: async ({ body, ...caller }) => {
      const { connection: name, user_id, verify_email = body.email_verified !== true, ...profile } = body;
      const connection = getConnection(tenant.state, name);
      const given = { ...profile, ...(user_id !== undefined && user_id !== "" && { id: user_id }) };
      const user = await withManagementErrors(async () => {
        const isPast = connection.strategy === DATABASE_STRATEGY && tenant.actions.runAtManagement;
        if (!isPast) return createUser(tenant, connection, given);
        const { password: _, ...shown } = body;
        const request = describeCallerRequest(tenant, caller, "POST", { body: shown });
        return (await registerUser(tenant, connection, given, { request })).user;
      });
      if (verify_email && connection.strategy === DATABASE_STRATEGY)
        sendVerification(tenant, user, describeCallerRequest(tenant, caller, "POST", {}));
      return created(user);
    },
  }),

  endpoint({
    method: "GET",
    path: "/users-by-email",
    scopes: ["read:users"],
    query: { ...FIELDS_QUERY, email: { type: "string", format: "email" } },
    handle: ({ query }) => {
      const asked = getAsked(query, "email");
      const found = tenant.state.users.findBy(identifierKey("email", asked)).filter(({ email }) => email === asked);
      return ok(found.map((user) => selectFields(user, query)));
    },
  }),

  endpoint({
    method: "GET",
    path: "/users/:id",
    scopes: ["read:users", "read:user_idp_tokens"],
    params: { id: { type: "string", pattern: "^.+\\|.+$", description: "The user_id of the user to retrieve" } },
    query: FIELDS_QUERY,
    handle: ({ params, query }) => ok(selectFields(getUser(tenant.state, params.id), query)),
  }),

  endpoint<UserUpdate>({
    method: "PATCH",
    path: "/users/:id",
    summary: "Update a User",
    scopes: ["update:users", "update:users_app_metadata"],
    body: "UpdateUserRequestContent",
    handle: async ({ params, body, scopes, ...caller }) => {
      const others = Object.keys(body).filter((field) => field !== "app_metadata");
      if (!scopes.has("update:users") && others.length > 0) {
        throw new ManagementError(403, "Insufficient scope, expected any of: update:users", "insufficient_scope");
      }
      if (body.verify_phone_number === true) refuseUnimplemented(tenant, "verify_phone_number");
      const user = await withManagementErrors(() => updateUser(tenant, params.id ?? "", body));
      if (body.verify_email === true)
        sendVerification(tenant, user, describeCallerRequest(tenant, caller, "PATCH", {}));
      if (typeof body.password === "string" && tenant.actions.runAtManagement) {
        const connection = describeConnection(tenant.state, body.connection ?? user.identities[0]?.connection ?? "");
        const { password: _, ...shown } = body;
        tenant.actions.runPostChangePassword({
          connection,
          request: describeCallerRequest(tenant, caller, "PATCH", { body: shown }),
          user,
        });
      }
      return ok(user);
    },
  }),

  endpoint({
    method: "DELETE",
    path: "/users/:id",
    summary: "Delete a User",
    scopes: ["delete:users"],
    /** 204 also for a user who is not there: what was asked for is so. */
    handle: ({ params }) => {
      deleteUser(tenant.state, params.id ?? "");
      return NO_CONTENT;
    },
  }),
];

function getConnection({ connections }: Pick<TenantState, "connections">, name: string): Connection {
  const connection = connections.find((candidate) => candidate.name === name);
  if (connection === undefined) {
    throw new ManagementError(400, "The connection does not exist.", "inexistent_connection");
  }
  if (connection.strategy !== DATABASE_STRATEGY && !PASSWORDLESS_STRATEGIES.includes(connection.strategy)) {
    const message =
      "Connection does not support user creation through the API. It must either be a database or passwordless connection.";
    throw new ManagementError(400, message, "invalid_body");
  }
  return connection;
}

function searchUsers({ users }: Pick<TenantState, "users">, { q, connection, sort }: Query): readonly User[] {
  const matching = typeof q === "string" && q !== "" ? findMatches(users, parseSearch(q)) : users.values();
  const found =
    connection === undefined
      ? matching
      : matching.filter(({ identities }) => identities.some((identity) => identity.connection === connection));
  return typeof sort === "string" ? sortRecords(found, sort) : found;
}

function findMatches(users: TenantState["users"], search: Search): User[] {
  const matches = matchesQuery(search);
  for (const name of IDENTIFIERS) {
    const value = readRequired(search, name);
    if (value !== undefined) return users.findBy(identifierKey(name, value)).filter(matches);
  }
  return users.filter(matches);
}

function renderUserPage(found: readonly User[], query: Query): unknown {
  checkDepth(query);
  const { rows, start, limit } = slicePage(found, query);
  const shown = rows.map((user) => selectFields(user, query));
  if (query.include_totals !== true) return shown;
  return { start, limit, length: shown.length, users: shown, total: found.length };
}
