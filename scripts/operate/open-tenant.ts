import { join } from "node:path";
import { connectToTenant, type TenantConnection } from "../deploy/connect.ts";
import type { LiveTenant } from "../deploy/kinds/live-tenant.ts";
import type { ResourceType } from "../deploy/kinds/table.ts";
import { readLiveKinds } from "../deploy/live/read-live-tenant.ts";
import { readTenantAccess } from "../deploy/tenant-access.ts";
import type { TenantDocument } from "../tenant/document.ts";
import { type EnvironmentSources, readEnvironment } from "../tenant/read-environment.ts";
import { readTenant } from "../tenant/read-tenant.ts";

export interface OpenTenant {
  readonly connection: TenantConnection;
  /** tenant.yaml as written: an operator needs no values for its keywords. */
  readonly document: TenantDocument;
  /** Reads these kinds and no others. */
  readLive<Type extends ResourceType>(...types: readonly Type[]): Promise<Pick<LiveTenant, Type>>;
}

/**
 * The tenant in the environment, for commands that look at it or put it back.
 *
 * @throws {CommandError} of reading and connecting
 */
export async function openTenant(sources: EnvironmentSources): Promise<OpenTenant> {
  const environment = await readEnvironment(sources);
  const tenant = await readTenant(join(sources.directory, "tenant.yaml"), sources.name);
  const connection = await connectToTenant(await readTenantAccess(environment, tenant));
  const { document } = tenant;
  return {
    connection,
    document,
    readLive: (...types) => readLiveKinds(connection.management, connection.domain, document, types),
  };
}
