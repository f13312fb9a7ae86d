import { PackageError } from "../../actions/packages/package-error.ts";
import type { ActionDependency } from "../../state/action.ts";
import type { Tenant } from "../../tenant.ts";
import type { DependencyBody } from "./draft.ts";

type PinningTenant = Pick<Tenant, "actionBuilds" | "log">;

/**
 * A blank version and `latest` become the version of today, as at Auth0, so that a later build is the same. Where that is not known,
 * the build fails.
 */
export async function pinDependencies(
  tenant: PinningTenant,
  dependencies: readonly DependencyBody[] | undefined,
): Promise<readonly ActionDependency[] | undefined> {
  for (const { name, registry_url = "" } of dependencies ?? []) {
    if (registry_url !== "") tenant.log(`the registry_url of ${name} is not followed: npm's settings say where from`);
  }
  return dependencies && Promise.all(dependencies.map((dependency) => pin(tenant, dependency)));
}

async function pin(tenant: PinningTenant, { name, version = "" }: DependencyBody): Promise<ActionDependency> {
  if (version !== "" && version !== "latest") return { name, version };
  try {
    return { name, version: await tenant.actionBuilds.packages.findLatest(name) };
  } catch (error) {
    if (!(error instanceof PackageError)) throw error;
    tenant.log(`the latest version of ${name} is not known: ${error.message} [${error.code}]`);
    return { name, version: "latest" };
  }
}
