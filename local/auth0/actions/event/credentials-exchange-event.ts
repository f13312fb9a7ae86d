import type { Event } from "@auth0/actions/credentials-exchange/v2";
import type { Tenant } from "../../tenant.ts";
import type { ExchangeContext } from "../login-context.ts";
import { buildOrganization, describeClient } from "./client.ts";
import { buildRequest } from "./request.ts";

/** The event of a run's first Action, without secrets. Source: Auth0 docs, "Credentials Exchange Event Object". */
export function buildCredentialsExchangeEvent(
  tenant: Pick<Tenant, "name" | "state">,
  context: ExchangeContext,
  hasTargetScopes: boolean,
): Event {
  const { correlationId, grantedScopes, requestedScopes } = context;
  return {
    accessToken: { scope: [...grantedScopes], customClaims: {} },
    client: describeClient(context.client),
    configuration: {},
    request: buildRequest(context.request),
    resource_server: { identifier: context.audience },
    secrets: {},
    tenant: { id: tenant.name },
    transaction: {
      requested_scopes: [...requestedScopes],
      ...(correlationId !== undefined && { correlation_id: correlationId }),
      ...(hasTargetScopes && { target_scopes: [...grantedScopes] }),
    },
    ...buildOrganization(tenant, context.organizationId),
  };
}
