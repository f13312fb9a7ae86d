import type { ResourceServer } from "../../state/resources.ts";
import type { Tenant } from "../../tenant.ts";
import { ManagementError } from "../error.ts";

/** By id, or by the identifier in its place. */
export function findResourceServer(tenant: Tenant, idOrIdentifier: string): ResourceServer | undefined {
  const find = (wanted: string) => tenant.state.resourceServers.find(({ identifier }) => identifier === wanted);
  return tenant.state.resourceServers.get(idOrIdentifier) ?? find(idOrIdentifier) ?? find(unescapeOnce(idOrIdentifier));
}

/** The Auth0 CLI and Terraform's data source escape an identifier twice: what arrives is still escaped. */
function unescapeOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Throws 404. */
export function getResourceServer(tenant: Tenant, idOrIdentifier: string): ResourceServer {
  const found = findResourceServer(tenant, idOrIdentifier);
  if (found === undefined) {
    throw new ManagementError(404, "The resource server does not exist", "inexistent_resource_server");
  }
  return found;
}
