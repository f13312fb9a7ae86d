import type { Event } from "@auth0/actions/post-login/v3";
import { listEnrolledFactors } from "../../mfa/factors.ts";
import type { User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import { isoTime } from "../../timestamps.ts";
import type { LoginContext } from "../login-context.ts";
import type { EffectiveRole } from "../runtime/protocol.ts";
import { buildClient, buildOrganization } from "./client.ts";
import { buildRequest } from "./request.ts";
import { buildRefreshToken, buildSession } from "./session.ts";
import { buildTransaction } from "./transaction.ts";
import { buildUser } from "./user.ts";

/** What is known of the login besides its context. */
export interface LoginFacts {
  readonly user: User;
  readonly roles: readonly EffectiveRole[];
  /** Whether the tenant has target scopes. */
  readonly hasTargetScopes: boolean;
}

/** The event of a run's first Action, without secrets. Source: Auth0 docs, "Post Login Event Object". */
export function buildPostLoginEvent(
  tenant: Pick<Tenant, "name" | "state">,
  context: LoginContext,
  facts: LoginFacts,
): Event {
  const { audience, authenticationMethods, connection, refreshToken, session } = context;
  const enrolledFactors = listEnrolledFactors(tenant.state, facts.user).map((type) => ({ type }));
  const methods = authenticationMethods.map(({ name, at }) => ({ name, timestamp: isoTime(at) }));
  return {
    authentication: { methods },
    authorization: { roles: facts.roles.map(({ name }) => name) },
    client: buildClient(context.client),
    configuration: {},
    connection: { ...connection, metadata: { ...connection.metadata } },
    request: buildRequest(context.request),
    secrets: {},
    stats: { logins_count: facts.user.logins_count ?? 0 },
    tenant: { id: tenant.name },
    transaction: buildTransaction(context, facts.hasTargetScopes),
    user: { ...buildUser(facts.user), enrolledFactors },
    ...buildOrganization(tenant, context.organizationId),
    ...(audience !== undefined && { resource_server: { identifier: audience } }),
    ...(session !== undefined && { session: buildSession(session, context) }),
    ...(refreshToken !== undefined && { refresh_token: buildRefreshToken(refreshToken, context) }),
  };
}
