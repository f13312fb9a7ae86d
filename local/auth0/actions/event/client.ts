import type { Organization } from "../../../../types/auth0-actions/event.d.ts";
import type { Client as EventClient } from "../../../../types/auth0-actions/post-login-event.d.ts";
import type { Client } from "../../state/resources.ts";
import type { Tenant } from "../../tenant.ts";

type Policies = NonNullable<NonNullable<EventClient["refresh_token"]>["policies"]>;

export function buildClient(client: Client): EventClient {
  const { policies } = (client.refresh_token ?? {}) as { readonly policies?: Policies | null };
  return {
    client_id: client.client_id,
    name: client.name,
    metadata: { ...client.client_metadata },
    ...(Array.isArray(policies) && { refresh_token: { policies } }),
  };
}

/** As events beside the login have it; nameless where nobody knows through which application the user came. */
export function describeClient(client: Client | undefined): Pick<EventClient, "client_id" | "name" | "metadata"> {
  if (client === undefined) return { client_id: "", name: "", metadata: {} };
  const { client_id, name, metadata } = buildClient(client);
  return { client_id, name, metadata };
}

/** Empty when the organization is unknown or there is none, so that it can be spread into an event. */
export function buildOrganization(
  tenant: Pick<Tenant, "state">,
  id: string | undefined,
): { organization?: Organization } {
  const organization = id === undefined ? undefined : tenant.state.organizations.get(id);
  if (organization === undefined) return {};
  const { name, display_name = name, metadata } = organization;
  return { organization: { id: organization.id, name, display_name, metadata: { ...metadata } } };
}
