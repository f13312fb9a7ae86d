import type { ResourceServer } from "../../state/resources.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { getOr404 } from "../error.ts";

/** By id, or by the identifier in its place. */
export function findResourceServer(
  { resourceServers }: Pick<TenantState, "resourceServers">,
  idOrIdentifier: string,
): ResourceServer | undefined {
  const find = (wanted: string) => resourceServers.find(({ identifier }) => identifier === wanted);
  return resourceServers.get(idOrIdentifier) ?? find(idOrIdentifier) ?? find(unescapeOnce(idOrIdentifier));
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
export function getResourceServer(state: Pick<TenantState, "resourceServers">, idOrIdentifier = ""): ResourceServer {
  return getOr404(
    findResourceServer(state, idOrIdentifier),
    "The resource server does not exist",
    "inexistent_resource_server",
  );
}
