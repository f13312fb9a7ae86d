import { ConfigurationError } from "../../gateways/authorizer/problems.ts";
import { openForwardAuthService } from "../../gateways/forward-auth/open-service.ts";
import { MeteringDirectoryUnusable, MeteringLocked } from "../../gateways/metering/errors.ts";
import { CommandError, EXIT } from "../command.ts";
import { createFetch } from "../http/trusting-fetch.ts";
import { isMapping } from "../tenant/shape.ts";
import type { Configuration } from "./read-configuration.ts";

/**
 * Runs the forward-auth service until SIGINT or SIGTERM, then ends it in order.
 *
 * @throws {CommandError} AUTHORIZER_CONFIGURATION, METERING_LOCKED, METERING_DIRECTORY_UNUSABLE or AUTHORIZER_PORT_TAKEN
 */
export async function runAuthorizer(
  { ca, ...settings }: Configuration,
  print: (line: string) => void,
  log: (line: string) => void,
): Promise<void> {
  const stopped = waitForStop();
  const fetch = ca === undefined ? undefined : createFetch(ca);
  const service = await openForwardAuthService(settings, { fetch, log }).catch((error: unknown) => {
    throw explain(error, settings.port);
  });
  print(service.url);
  await stopped;
  await service.stop();
}

/** What was foreseen, for a person; everything else as it is. */
function explain(error: unknown, port: number): unknown {
  if (error instanceof ConfigurationError)
    return new CommandError("AUTHORIZER_CONFIGURATION", error.message, { exitCode: EXIT.usage, cause: error });
  if (error instanceof MeteringLocked || error instanceof MeteringDirectoryUnusable)
    return new CommandError(error.code, error.message, { cause: error });
  if (isMapping(error) && error.code === "EADDRINUSE")
    return new CommandError("AUTHORIZER_PORT_TAKEN", `Port ${port} is taken. Set AUTHORIZER_PORT to another.`);
  return error;
}

/** Listens from now on, so that a signal during the start is not lost. */
function waitForStop(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve()).once("SIGTERM", () => resolve());
  });
}
