import type { Event } from "@auth0/actions/password-reset-post-challenge/v1";
import type { Connection } from "../../../../types/auth0-actions/post-login-event.d.ts";
import type { User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import { isoTime } from "../../timestamps.ts";
import type { PasswordResetContext } from "../password-reset-context.ts";
import type { EffectiveRole } from "../runtime/protocol.ts";
import { describeClient } from "./client.ts";
import { buildRequest } from "./request.ts";
import { buildUser } from "./user.ts";

/** The event of a run's first Action, without secrets. Source: Auth0 docs, "Password Reset / Post Challenge" event object. */
export function buildPasswordResetEvent(
  tenant: Pick<Tenant, "name">,
  { client, connection, openedAt, request }: PasswordResetContext,
  { user, roles }: { readonly user: User; readonly roles: readonly EffectiveRole[] },
): Event {
  return {
    // Who has opened the link has shown to read the user's mail.
    authentication: { methods: [{ name: "email", timestamp: isoTime(openedAt) }] },
    authorization: { roles: roles.map(({ name }) => name) },
    client: describeClient(client),
    configuration: {},
    connection: { ...connection } as Connection,
    request: buildRequest(request),
    secrets: {},
    stats: { logins_count: user.logins_count ?? 0 },
    tenant: { id: tenant.name },
    transaction: { locale: request.language ?? "en", ui_locales: [] },
    user: buildUser(user),
  };
}
