import { maskAddress } from "../../mfa/mask-address.ts";
import type { Authenticator, PhoneAuthenticator } from "../../state/authenticator.ts";
import type { Tenant } from "../../tenant.ts";
import { isoTime } from "../../timestamps.ts";
import { created, type Endpoint, endpoint, NO_CONTENT, ok, type Resource } from "../endpoint.ts";
import { getOr404, ManagementError } from "../error.ts";
import { PAGE_QUERY, renderList } from "../paging.ts";
import { getUser } from "../records/user.ts";
import { addMethod, checkMethod, type NewMethod } from "./add-authentication-method.ts";

/** Second factors of users. What of them a login asks for is said by mfa/factors.ts. */
export const authenticationMethods: Resource = (tenant) => [
  endpoint({
    method: "GET",
    path: "/users/:id/authentication-methods",
    scopes: ["read:authentication_methods"],
    query: PAGE_QUERY,
    handle: ({ params, query }) => ok(renderList("authenticators", listOf(tenant, params.id).map(render), query)),
  }),
  endpoint<NewMethod>({
    method: "POST",
    path: "/users/:id/authentication-methods",
    scopes: ["create:authentication_methods"],
    body: "CreateUserAuthenticationMethodRequestContent",
    handle: ({ params, body }) => created(renderMade(addMethod(tenant, getUser(tenant.state, params.id), body))),
  }),
  endpoint<readonly NewMethod[]>({
    method: "PUT",
    path: "/users/:id/authentication-methods",
    scopes: ["update:authentication_methods"],
    body: "SetUserAuthenticationMethodsRequestContent",
    handle: ({ params, body }) => {
      const user = getUser(tenant.state, params.id);
      if (new Set(body.map(({ type }) => type)).size < body.length) {
        throw new ManagementError(400, "A user can have one authentication method of each type.", "invalid_body");
      }
      for (const method of body) checkMethod(tenant, method);
      removeAll(tenant, user.user_id);
      return ok(body.map((method) => renderMade(addMethod(tenant, user, method))));
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/users/:id/authentication-methods",
    scopes: ["delete:authentication_methods"],
    handle: ({ params }) => {
      removeAll(tenant, params.id);
      return NO_CONTENT;
    },
  }),
  ...ofOne(tenant),
];

function ofOne(tenant: Tenant): readonly Endpoint[] {
  const path = "/users/:id/authentication-methods/:authentication_method_id";
  return [
    endpoint({
      method: "GET",
      path,
      scopes: ["read:authentication_methods"],
      handle: ({ params }) => ok(render(get(tenant, params))),
    }),
    endpoint<{ readonly name?: string }>({
      method: "PATCH",
      path,
      scopes: ["update:authentication_methods"],
      body: "UpdateUserAuthenticationMethodRequestContent",
      handle: ({ params, body: { name } }) => {
        const current = get(tenant, params);
        const renamed = { ...current, ...(name !== undefined && { name }) };
        return ok(render(tenant.state.authenticators.set(current.id, renamed)));
      },
    }),
    endpoint({
      method: "DELETE",
      path,
      scopes: ["delete:authentication_methods"],
      handle: ({ params }) => {
        tenant.state.authenticators.delete(get(tenant, params).id);
        return NO_CONTENT;
      },
    }),
  ];
}

type Stored = Pick<Tenant, "state">;

function listOf({ state }: Stored, userId: string | undefined): readonly Authenticator[] {
  const user = getUser(state, userId);
  return state.authenticators.filter(({ user_id }) => user_id === user.user_id);
}

function get(tenant: Stored, { id, authentication_method_id }: Readonly<Record<string, string>>): Authenticator {
  const found = listOf(tenant, id).find((one) => one.id === authentication_method_id);
  return getOr404(found, "The authentication method does not exist.", "inexistent_authentication_method");
}

function removeAll(tenant: Stored, userId: string | undefined): void {
  for (const { id } of listOf(tenant, userId)) tenant.state.authenticators.delete(id);
}

/** Addresses and numbers are told in full to who gives them, and masked afterwards. */
function render(one: Authenticator): object {
  const { id, type, name, created_at, last_auth_at } = one;
  const confirmed = one.confirmed !== false;
  return {
    id,
    type,
    confirmed,
    ...(one.type === "email" && { email: maskAddress(one.email) }),
    ...(one.type === "phone" && { ...renderPhone(one), phone_number: maskAddress(one.phone_number) }),
    ...(name !== undefined && { name }),
    created_at: isoTime(created_at),
    ...(confirmed && { enrolled_at: isoTime(created_at) }),
    ...(last_auth_at !== undefined && { last_auth_at: isoTime(last_auth_at) }),
  };
}

/** The one answer that has the secret. */
const renderMade = (made: Authenticator): object => ({
  ...render(made),
  ...(made.type === "totp" && { totp_secret: made.secret }),
  ...(made.type === "email" && { email: made.email }),
  ...(made.type === "phone" && { phone_number: made.phone_number }),
});

const renderPhone = ({ id, preferred_authentication_method: type }: PhoneAuthenticator) => ({
  preferred_authentication_method: type,
  authentication_methods: [{ id: id.replace(/^phone/, type), type }],
});
