import { createPaint } from "../terminal/paint.ts";
import { waitForStop } from "../terminal/wait-for-stop.ts";
import { type LocalOptions, openLocal } from "./open-local.ts";
import { renderAccess, renderAccessJson } from "./render.ts";

export interface ServeOptions extends Omit<LocalOptions, "log" | "tenant"> {
  readonly json: boolean;
}

/**
 * Runs the local tenant and the local Stripe until SIGINT or SIGTERM, then closes them in order.
 *
 * @throws {CommandError} LOCAL_TENANT_RUNNING or LOCAL_PORT_TAKEN
 */
export async function serveLocalTenant({ json, ...options }: ServeOptions): Promise<void> {
  const stopped = waitForStop();
  const { access, close } = await openLocal({ ...options, log: (line) => console.error(line) });
  try {
    console.log(json ? renderAccessJson(access) : renderAccess(access, createPaint(process.stdout)));
    await stopped;
  } finally {
    await close();
  }
}
