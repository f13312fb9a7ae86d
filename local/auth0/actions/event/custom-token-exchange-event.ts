import type { Event } from "@auth0/actions/custom-token-exchange/v1";
import type { Tenant } from "../../tenant.ts";
import type { TokenExchangeContext } from "../token-exchange-context.ts";
import { buildOrganization, describeClient } from "./client.ts";
import { buildRequest } from "./request.ts";
import { buildUser } from "./user.ts";

/** The event of the Action of a token exchange profile, without secrets. Source: Auth0 docs, "Custom Token Exchange" event object. */
export function buildCustomTokenExchangeEvent(
  tenant: Pick<Tenant, "name" | "state">,
  context: TokenExchangeContext,
): Event {
  const { query: _, ...request } = buildRequest(context.request);
  const { actor, audience, organizationId, requestedScopes, requestedTokenType = null, subject } = context;
  return {
    client: describeClient(context.client),
    configuration: {},
    request,
    resource_server: { identifier: audience },
    secrets: {},
    tenant: { id: tenant.name },
    transaction: {
      requested_scopes: [...requestedScopes],
      requested_token_type: requestedTokenType,
      subject_token: subject.token,
      subject_token_type: subject.type,
      ...(actor !== undefined && {
        actor_token: actor.token,
        actor_token_type: actor.type,
        ...(actor.user !== undefined && { actor_token_user: buildUser(actor.user) }),
      }),
    },
    ...buildOrganization(tenant, organizationId),
  };
}
