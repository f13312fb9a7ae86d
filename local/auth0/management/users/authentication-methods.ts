import { randomAlphanumeric } from "../../ids.ts";
import { isTotpSecret, newTotpSecret } from "../../mfa/totp.ts";
import type { Authenticator } from "../../state/authenticator.ts";
import type { Tenant } from "../../tenant.ts";
import { isoTime } from "../../timestamps.ts";
import { created, type Endpoint, endpoint, NO_CONTENT, ok, type Resource } from "../endpoint.ts";
import { getOr404, ManagementError } from "../error.ts";
import { refuseUnimplemented } from "../not-implemented.ts";
import { PAGE_QUERY, renderList } from "../paging.ts";
import { getUser } from "../records/user.ts";

interface NewMethod {
  readonly type: string;
  readonly name?: string;
  readonly totp_secret?: string;
}

/** Second factors of users that can be set up: here an app with one-time passwords. */
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
    handle: ({ params, body }) => created(renderMade(add(tenant, params.id, body))),
  }),
  endpoint<readonly NewMethod[]>({
    method: "PUT",
    path: "/users/:id/authentication-methods",
    scopes: ["update:authentication_methods"],
    body: "SetUserAuthenticationMethodsRequestContent",
    handle: ({ params, body }) => {
      if (body.length > 1)
        throw new ManagementError(400, "A user can have one app with one-time passwords.", "invalid_body");
      for (const method of body) check(tenant, method);
      removeAll(tenant, params.id);
      return ok(body.map((method) => renderMade(add(tenant, params.id, method))));
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

function check(tenant: Tenant, { type, totp_secret: secret }: NewMethod): void {
  if (type !== "totp") refuseUnimplemented(tenant, `authentication methods of type ${type}`);
  if (secret !== undefined && !isTotpSecret(secret)) {
    throw new ManagementError(400, "totp_secret must be base32, of 16 characters at least", "invalid_body");
  }
}

function add(tenant: Tenant, userId: string | undefined, method: NewMethod): Authenticator {
  check(tenant, method);
  const { user_id } = getUser(tenant.state, userId);
  if (listOf(tenant, userId).length > 0) {
    throw new ManagementError(
      409,
      "The user has an app with one-time passwords already.",
      "authentication_method_exists",
    );
  }
  const id = `totp|dev_${randomAlphanumeric(16)}`;
  return tenant.state.authenticators.set(id, {
    id,
    user_id,
    type: "totp",
    secret: method.totp_secret ?? newTotpSecret(),
    created_at: tenant.clock(),
    ...(method.name !== undefined && { name: method.name }),
  });
}

function render({ id, type, name, created_at, last_auth_at }: Authenticator): object {
  return {
    id,
    type,
    confirmed: true,
    ...(name !== undefined && { name }),
    created_at: isoTime(created_at),
    enrolled_at: isoTime(created_at),
    ...(last_auth_at !== undefined && { last_auth_at: isoTime(last_auth_at) }),
  };
}

/** The one answer that has the secret. */
const renderMade = (made: Authenticator): object => ({ ...render(made), totp_secret: made.secret });
