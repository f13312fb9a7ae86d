import type { Event as PostChangePasswordEvent } from "@auth0/actions/post-change-password/v2";
import type { Event as PostUserRegistrationEvent } from "@auth0/actions/post-user-registration/v2";
import type { Event as PreUserRegistrationEvent } from "@auth0/actions/pre-user-registration/v2";
import type { Connection } from "../../../../types/auth0-actions/post-login-event.d.ts";
import type { Tenant } from "../../tenant.ts";
import type { ActionRequest, ConnectionSummary } from "../login-context.ts";
import type { PasswordChangeContext, RegisteredContext, RegistrationContext } from "../registration-context.ts";
import { describeClient } from "./client.ts";
import { buildRequest } from "./request.ts";
import { buildUser } from "./user.ts";

/** Events of a run's first Action, without secrets. Source: Auth0 docs, the triggers' event object references. */
const common = (tenant: Pick<Tenant, "name">, connection: ConnectionSummary) => ({
  configuration: {},
  connection: { ...connection } as Connection,
  secrets: {},
  tenant: { id: tenant.name },
});

export function buildPreUserRegistrationEvent(
  tenant: Pick<Tenant, "name">,
  { client, connection, request, transaction, user }: RegistrationContext,
): PreUserRegistrationEvent {
  const { query: _, ...shown } = buildRequest(request);
  return {
    ...common(tenant, connection),
    request: shown,
    user: { ...user },
    ...(client !== undefined && { client: describeClient(client) }),
    ...(transaction !== undefined && { transaction }),
  };
}

export function buildPostUserRegistrationEvent(
  tenant: Pick<Tenant, "name">,
  { connection, request, transaction, user }: RegisteredContext,
): PostUserRegistrationEvent {
  const { enrolledFactors: _, identities: __, multifactor: ___, ...shown } = buildUser(user);
  return {
    ...common(tenant, connection),
    request: withoutContent(request),
    user: shown,
    ...(transaction !== undefined && { transaction }),
  };
}

const SHOWN_OF_CHANGED = [
  "email",
  "email_verified",
  "last_password_reset",
  "phone_number",
  "phone_verified",
  "username",
] as const;

export function buildPostChangePasswordEvent(
  tenant: Pick<Tenant, "name">,
  { connection, request, user }: PasswordChangeContext,
): PostChangePasswordEvent {
  const shown = SHOWN_OF_CHANGED.filter((name) => user[name] !== undefined).map((name) => [name, user[name]]);
  return {
    ...common(tenant, connection),
    request: withoutContent(request),
    user: { ...Object.fromEntries(shown), user_id: user.user_id },
  };
}

function withoutContent(request: ActionRequest) {
  const { body: _, query: __, ...shown } = buildRequest(request);
  return shown;
}
