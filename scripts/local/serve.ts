import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { isMapping } from "../tenant/shape.ts";
import { createPaint } from "../terminal/paint.ts";
import { waitForStop } from "../terminal/wait-for-stop.ts";
import { takeLock } from "./lock.ts";
import { explainTakenPort } from "./port.ts";
import { renderAccess, renderAccessJson } from "./render.ts";
import { type Services, type ServicesOptions, startServices, verifyEmailUrl } from "./start-services.ts";

export interface ServeOptions {
  /** The project's folder. */
  readonly project: string;
  /** `.local`: keys and certificates, and below `tenant/` and `stripe/` what the two hold. */
  readonly directory: string;
  /** The tenant's; Stripe listens on the next one. 0 takes any two. */
  readonly port: number;
  readonly fresh: boolean;
  readonly json: boolean;
}

/**
 * Runs the local tenant and the local Stripe until SIGINT or SIGTERM, then closes them in order.
 *
 * @throws {CommandError} LOCAL_TENANT_RUNNING or LOCAL_PORT_TAKEN
 */
export async function serveLocalTenant({ project, directory, port, fresh, json }: ServeOptions): Promise<void> {
  const stopped = waitForStop();
  const stateFiles = { tenant: join(directory, "tenant/state.jsonl"), stripe: join(directory, "stripe/state.jsonl") };
  // One lock for both: they start and stop together.
  const lock = takeLock(join(directory, "tenant/lock"));
  try {
    if (fresh) for (const file of Object.values(stateFiles)) rmSync(file, { force: true });
    const services = await start({ project, directory, port, stateFiles });
    try {
      const { tenant, stripe, stripeKey, gatewayKey, accountKey } = services;
      const access = {
        domain: tenant.domain,
        clientId: tenant.clientId,
        clientSecret: tenant.clientSecret,
        caFile: resolve(tenant.caFile),
        verifyEmailUrl: verifyEmailUrl(tenant.domain),
        stripe: { url: stripe.url, secretKey: stripeKey, gatewayKey, accountKey },
      };
      console.log(json ? renderAccessJson(access) : renderAccess(access, createPaint(process.stdout)));
      await stopped;
    } finally {
      await services.close();
    }
  } finally {
    lock.release();
  }
}

async function start({
  port,
  ...services
}: Pick<ServeOptions, "port"> & Pick<ServicesOptions, "project" | "directory" | "stateFiles">): Promise<Services> {
  const ports = { tenant: port, stripe: port === 0 ? 0 : port + 1 };
  try {
    return await startServices({ ...services, ports, log: (line) => console.error(line) });
  } catch (error) {
    if (isMapping(error) && error.code === "EADDRINUSE") throw await explainTakenPort(Number(error.port), port);
    throw error;
  }
}
