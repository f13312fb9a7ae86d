import { AccessDenied, InvalidRequest } from "../../oauth-error.ts";
import type { Client, ClientGrant } from "../../state/resources.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { getOrganization } from "./get-organization.ts";

/**
 * The organization that a client's own token is for: the one asked for, else the client's default for this flow. Whether
 * there may or must be one is the grant's to say, then the client's; the grant is tied to organizations one by one, or
 * open to any (Auth0 docs, "Machine-to-Machine Access for Organizations").
 *
 * @throws {OAuthError}
 */
export function readGrantOrganization(
  state: Pick<TenantState, "organizationClientGrants" | "organizations" | "settings">,
  client: Client,
  grant: ClientGrant,
  asked: unknown,
): string | undefined {
  const usage = grant.organization_usage ?? "deny";
  const byDefault = client.default_organization?.flows.includes("client_credentials")
    ? client.default_organization.organization_id
    : undefined;
  const wanted = typeof asked === "string" && asked !== "" ? asked : usage === "deny" ? undefined : byDefault;
  if (wanted === undefined) {
    if (usage !== "require") return undefined;
    throw new InvalidRequest("parameter organization is required for this client");
  }
  if (usage === "deny") {
    throw new InvalidRequest("parameter organization is not allowed for this client");
  }
  const { id } = getOrganization(state, wanted);
  if (grant.allow_any_organization !== true && !state.organizationClientGrants.has(`${id}:${grant.id}`)) {
    throw new AccessDenied(`Client is not authorized to access the ${id} organization`);
  }
  return id;
}
