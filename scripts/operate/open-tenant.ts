import { join } from "node:path";
import { CommandError, describeFailure, renderFailure } from "../command.ts";
import { connectToTenant, type TenantConnection } from "../deploy/connect.ts";
import type { LiveTenant } from "../deploy/kinds/live-tenant.ts";
import type { ResourceType } from "../deploy/kinds/table.ts";
import { readLiveKinds } from "../deploy/live/read-live-tenant.ts";
import { readTenantAccess } from "../deploy/tenant-access.ts";
import type { TenantDocument } from "../tenant/document.ts";
import { type Environment, type EnvironmentSources, readEnvironment } from "../tenant/read-environment.ts";
import { parseTenant, readTenant } from "../tenant/read-tenant.ts";

export interface OpenTenant {
  readonly connection: TenantConnection;
  readonly environment: Environment;
  /** tenant.yaml as written: an operator needs no values for its keywords. */
  readonly document: TenantDocument;
  /** Reads these kinds and no others. */
  readLive<Type extends ResourceType>(...types: readonly Type[]): Promise<Pick<LiveTenant, Type>>;
}

interface OpenOptions extends EnvironmentSources {
  /** Whether the command can do without tenant.yaml, which somebody may have broken just before the emergency. */
  readonly mayLackFile?: boolean;
}

/**
 * The tenant in the environment, for commands that look at it or put it back.
 *
 * @throws {CommandError} of reading and connecting
 */
export async function openTenant({ mayLackFile = false, ...sources }: OpenOptions): Promise<OpenTenant> {
  const environment = await readEnvironment(sources);
  const file = join(sources.directory, "tenant.yaml");
  const tenant = await readTenant(file, sources.name).catch((error: unknown) => {
    if (!mayLackFile || !(error instanceof CommandError)) throw error;
    console.error(`! Going on without tenant.yaml. ${renderFailure(describeFailure(error))}`);
    return parseTenant("{}", file);
  });
  const connection = await connectToTenant(await readTenantAccess(environment, tenant, "credentials"));
  const { document } = tenant;
  return {
    connection,
    environment,
    document,
    readLive: (...types) => readLiveKinds(connection.management, connection.domain, document, types),
  };
}
