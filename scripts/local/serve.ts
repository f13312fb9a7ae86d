import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { type LocalTenant, startLocalTenant } from "../../local/auth0/server.ts";
import { isMapping } from "../tenant/shape.ts";
import { createPaint } from "../terminal/paint.ts";
import { takeLock } from "./lock.ts";
import { explainTakenPort } from "./port.ts";
import { renderAccess, renderAccessJson } from "./render.ts";

export interface ServeOptions {
  /** `.local`: keys and certificates, and the tenant's state below `tenant/`. */
  readonly directory: string;
  readonly port: number;
  readonly fresh: boolean;
  readonly json: boolean;
}

/**
 * Runs the local tenant until SIGINT or SIGTERM, then closes it in order.
 *
 * @throws CommandError LOCAL_TENANT_RUNNING or LOCAL_PORT_TAKEN
 */
export async function serveLocalTenant({ directory, port, fresh, json }: ServeOptions): Promise<void> {
  const stopped = waitForStop();
  const stateFile = join(directory, "tenant/state.jsonl");
  const lock = takeLock(join(directory, "tenant/lock"));
  try {
    if (fresh) rmSync(stateFile, { force: true });
    const tenant = await start(directory, stateFile, port);
    try {
      const access = { ...tenant, caFile: resolve(tenant.caFile) };
      console.log(json ? renderAccessJson(access) : renderAccess(access, createPaint(process.stdout)));
      await stopped;
    } finally {
      await tenant.close();
    }
  } finally {
    lock.release();
  }
}

async function start(directory: string, stateFile: string, port: number): Promise<LocalTenant> {
  try {
    return await startLocalTenant({ directory, stateFile, port, log: (line) => console.error(line) });
  } catch (error) {
    if (isMapping(error) && error.code === "EADDRINUSE") throw await explainTakenPort(port);
    throw error;
  }
}

/** Listens from now on, so that a signal during the start is not lost. */
function waitForStop(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve()).once("SIGTERM", () => resolve());
  });
}
