import type { ResourceServer } from "../../state/resources.ts";
import type { Tenant } from "../../tenant.ts";
import { ManagementError } from "../error.ts";

/** By id, or by the identifier in its place. */
export function findResourceServer(tenant: Tenant, idOrIdentifier: string): ResourceServer | undefined {
  return (
    tenant.state.resourceServers.get(idOrIdentifier) ??
    tenant.state.resourceServers.find((candidate) => candidate.identifier === idOrIdentifier)
  );
}

/** Throws 404. */
export function getResourceServer(tenant: Tenant, idOrIdentifier: string): ResourceServer {
  const found = findResourceServer(tenant, idOrIdentifier);
  if (found === undefined) {
    throw new ManagementError(404, "The resource server does not exist", "inexistent_resource_server");
  }
  return found;
}
