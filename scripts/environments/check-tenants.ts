import type { Environment } from "../tenant/read-environment.ts";
import { refuseLines } from "../tenant/refusal.ts";
import type { Attempt } from "./attempt.ts";

/**
 * Two environments of one tenant are one too many: each would write over what the other has written, and say that all is well.
 *
 * @throws {CommandError} ENVIRONMENTS_ONE_TENANT naming them
 */
export function checkTenants(environments: readonly Attempt<Environment>[]): void {
  const names = new Map<string, readonly string[]>();
  for (const one of environments) {
    const tenant = one.kind === "failed" ? undefined : findTenant(one.value);
    if (tenant !== undefined) names.set(tenant, [...(names.get(tenant) ?? []), one.name]);
  }
  const shared = [...names].filter(([, of]) => of.length > 1);
  if (shared.length === 0) return;
  throw refuseLines(
    "ENVIRONMENTS_ONE_TENANT",
    "Nothing was sent: several environments are of one tenant, and each would write over what another has written",
    shared.map(([tenant, of]) => `${tenant}: ${of.join(", ")}`),
    "Give each its own AUTH0_DOMAIN in environments/<name>.env. One in .env or in the process's environment is everybody's.",
  );
}

/** A custom domain's tenant is told by the Management API's identifier. */
function findTenant({ AUTH0_DOMAIN: domain, AUTH0_AUDIENCE: audience }: Environment): string | undefined {
  const url = audience || (domain && `https://${domain}`);
  if (!url) return undefined;
  return URL.canParse(url) ? new URL(url).host.replace(/\.$/, "") : url;
}
