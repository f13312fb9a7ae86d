import type { Tenant } from "../tenant.ts";
import { ManagementError } from "./error.ts";

/**
 * Refuses, and logs, a setting that Auth0 would carry out and this tenant would not: accepted in silence it would make a
 * rehearsal that proves nothing. Throws 400, never 5xx, which the Deploy CLI would try again for minutes.
 */
export function refuseUnimplemented({ log }: Pick<Tenant, "log">, setting: string): never {
  log(`not implemented by the local tenant: ${setting} → 400`);
  throw new ManagementError(400, `The local tenant does not implement ${setting}.`, "not_implemented_locally");
}
