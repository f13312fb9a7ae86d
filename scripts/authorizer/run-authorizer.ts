import { ConfigurationError } from "../../gateways/authorizer/problems.ts";
import { type OpenService, openForwardAuthService } from "../../gateways/forward-auth/open-service.ts";
import { readServiceSettings } from "../../gateways/forward-auth/read-settings.ts";
import { MeteringDirectoryUnusable, MeteringLocked } from "../../gateways/metering/errors.ts";
import { CommandError, usageError } from "../command.ts";
import { readAuthority } from "../http/authority.ts";
import { createFetch } from "../http/trusting-fetch.ts";
import type { Environment } from "../tenant/read-environment.ts";
import { isMapping } from "../tenant/shape.ts";
import { waitForStop } from "../terminal/wait-for-stop.ts";

/**
 * Runs the forward-auth service until SIGINT or SIGTERM, then ends it in order.
 *
 * @throws {CommandError} AUTHORIZER_CONFIGURATION, METERING_LOCKED, METERING_DIRECTORY_UNUSABLE or AUTHORIZER_PORT_TAKEN
 */
export async function runAuthorizer(
  directory: string,
  environment: Environment,
  print: (line: string) => void,
  log: (line: string) => void,
): Promise<void> {
  const stopped = waitForStop();
  const service = await openAuthorizer(directory, environment, log);
  print(service.url);
  await stopped;
  await service.stop();
}

/** @throws {CommandError} as runAuthorizer */
export async function openAuthorizer(
  directory: string,
  environment: Environment,
  log: (line: string) => void,
): Promise<OpenService> {
  try {
    const settings = await readServiceSettings(directory, environment);
    const authority = await readAuthority(environment, "gateways", "AUTHORIZER_CONFIGURATION");
    return await openForwardAuthService(settings, { fetch: authority && createFetch(authority.pem), log });
  } catch (error) {
    throw explain(error);
  }
}

/** What was foreseen, for a person; everything else as it is. */
function explain(error: unknown): unknown {
  if (error instanceof ConfigurationError) return usageError("AUTHORIZER_CONFIGURATION", error.message, error);
  if (error instanceof MeteringLocked || error instanceof MeteringDirectoryUnusable)
    return new CommandError(error.code, error.message, { cause: error });
  if (isMapping(error) && error.code === "EADDRINUSE")
    return new CommandError("AUTHORIZER_PORT_TAKEN", `Port ${error.port} is taken. Set AUTHORIZER_PORT to another.`);
  return error;
}
