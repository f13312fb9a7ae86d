import type { Client } from "../state/resources.ts";
import type { Tenant } from "../tenant.ts";
import { ErrorPage } from "./pages/error-page.ts";

/** The client of a login under way. One that was deleted meanwhile is told nothing: its addresses are nobody's now. */
export function readClient(tenant: Tenant, clientId: string): Client {
  const client = tenant.state.clients.get(clientId);
  if (client === undefined) throw new ErrorPage(400, "invalid_request", `Unknown client: ${clientId}`);
  return client;
}
