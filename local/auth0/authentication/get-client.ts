import type { Client } from "../state/resources.ts";
import type { TenantState } from "../state/tenant-state.ts";
import { ErrorPage } from "./pages/error-page.ts";

/**
 * The client of a login under way. One that was deleted meanwhile is told nothing: its addresses are nobody's now.
 *
 * @throws {ErrorPage}
 */
export function getClient({ clients }: Pick<TenantState, "clients">, clientId: string): Client {
  const client = clients.get(clientId);
  if (client === undefined) throw new ErrorPage(400, "invalid_request", `Unknown client: ${clientId}`);
  return client;
}
