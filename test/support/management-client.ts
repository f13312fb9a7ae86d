import { ManagementClient } from "auth0";
import type { LocalTenant } from "../../local/auth0/server.ts";
import { trustingFetch } from "./fetch.ts";

/** Auth0's own SDK for the Management API, as the deploying client; it fails at once instead of trying again. */
export function createManagementClient(tenant: LocalTenant): ManagementClient {
  return new ManagementClient({
    domain: tenant.domain,
    clientId: tenant.clientId,
    clientSecret: tenant.clientSecret,
    fetch: trustingFetch(tenant),
    maxRetries: 0,
  });
}
