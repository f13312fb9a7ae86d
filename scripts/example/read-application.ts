import { connectToTenant } from "../deploy/connect.ts";
import { readLiveKinds } from "../deploy/live/read-live-tenant.ts";
import { checkDomain, readTenantAccess } from "../deploy/tenant-access.ts";
import { type Authority, readAuthority } from "../http/authority.ts";
import type { TenantDocument } from "../tenant/document.ts";
import type { Environment } from "../tenant/read-environment.ts";
import type { TenantFile } from "../tenant/read-tenant.ts";

interface FoundApplications {
  readonly domain: string;
  readonly ca: Authority | undefined;
  readonly clients: readonly { readonly id: string; readonly name: string }[];
}

/**
 * Which application of which tenant the example logs in with: SPA_CLIENT_ID of AUTH0_DOMAIN, which takes no credentials, or the one that
 * tenant.yaml names, whose id the tenant is asked for.
 *
 * @throws {CommandError} as readTenantAccess, and of reading the tenant
 */
export async function readApplication(
  environment: Environment,
  tenant: TenantFile,
  document: TenantDocument,
): Promise<FoundApplications> {
  const { AUTH0_DOMAIN: domain, SPA_CLIENT_ID: id } = environment;
  if (domain && id) {
    checkDomain(domain);
    const ca = await readAuthority(environment, "tenant", "DEPLOY_CA_UNREADABLE");
    const name = document.clients?.find((client) => client.app_type === "spa")?.name ?? "";
    return { domain, ca, clients: [{ id, name }] };
  }
  const access = await readTenantAccess(environment, tenant, "credentials");
  const { management } = await connectToTenant(access);
  const { client } = await readLiveKinds(management, access.domain, document, ["client"]);
  return { domain: access.domain, ca: access.ca, clients: client };
}
