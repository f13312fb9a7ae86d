import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import type { LocalTenantOptions } from "../../local/auth0/server.ts";
import { createConsole } from "../../local/console/create-console.ts";
import { createMailbox } from "../../local/console/mailbox/mailbox.ts";
import { createRunRecorder } from "../../local/console/runs/recorder.ts";
import type { LocalStripe } from "../../local/stripe/start.ts";
import { openCheckout } from "../console/open-checkout.ts";
import { createRedactor } from "../redaction/redact.ts";
import { isMapping } from "../tenant/shape.ts";
import { takeLock } from "./lock.ts";
import type { NamedHost } from "./parse-hosts.ts";
import { explainTakenPort } from "./port.ts";
import type { LocalAccess } from "./render.ts";
import { type Services, startServices, verifyEmailUrl } from "./start-services.ts";

export interface LocalOptions {
  /** The project's folder. */
  readonly project: string;
  /** `.local`: keys and certificates, and below `tenant/` and `stripe/` what the two hold. */
  readonly directory: string;
  /** The tenant's; Stripe listens on the next one. 0 takes any two. */
  readonly port: number;
  /** Forgets what the two held. */
  readonly fresh: boolean;
  readonly log: (line: string) => void;
  readonly tenant?: Pick<LocalTenantOptions, "onRun" | "actionBuilds" | "actions">;
  /** What Actions can call besides Stripe. */
  readonly hosts?: readonly NamedHost[];
  readonly geoip?: LocalTenantOptions["geoip"];
}

export interface Local extends Services {
  /** How others reach the two. */
  readonly access: LocalAccess;
}

/**
 * The tenant and the Stripe of this checkout, whose state is kept for the next start. One process at a time has them.
 *
 * @throws {CommandError} LOCAL_TENANT_RUNNING or LOCAL_PORT_TAKEN
 */
export async function openLocal({
  project,
  directory,
  port,
  fresh,
  log,
  tenant = {},
  hosts = [],
  geoip,
}: LocalOptions): Promise<Local> {
  const stateFiles = { tenant: join(directory, "tenant/state.jsonl"), stripe: join(directory, "stripe/state.jsonl") };
  const runs = createRunRecorder();
  const mailbox = createMailbox();
  let opened: Services | undefined;
  const findStripe = (): LocalStripe => {
    if (opened === undefined) throw new Error("Stripe is asked for before both have started.");
    return opened.stripe;
  };
  const observed: Partial<LocalTenantOptions> = {
    ...tenant,
    ...(geoip && { geoip }),
    onRun(run, result) {
      runs.record(run, result);
      tenant.onRun?.(run, result);
    },
    onMessage: mailbox.receive,
    createPages: (served) =>
      createConsole(served, { runs, mailbox, checkout: openCheckout(project), findStripe, createRedactor }),
  };
  // One lock for both: they start and stop together.
  const lock = takeLock(join(directory, "tenant/lock"));
  try {
    if (fresh) for (const file of Object.values(stateFiles)) rmSync(file, { force: true });
    const ports = { tenant: port, stripe: port === 0 ? 0 : port + 1 };
    const services = await startServices({ project, directory, stateFiles, ports, log, tenant: observed, hosts });
    opened = services;
    return {
      ...services,
      access: describeAccess(services),
      async close() {
        await services.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    if (isMapping(error) && error.code === "EADDRINUSE") throw await explainTakenPort(Number(error.port), port);
    throw error;
  }
}

function describeAccess({ tenant, stripe, stripeKey, gatewayKey, portalKey, accountKey }: Services): LocalAccess {
  return {
    domain: tenant.domain,
    clientId: tenant.clientId,
    clientSecret: tenant.clientSecret,
    caFile: resolve(tenant.caFile),
    verifyEmailUrl: verifyEmailUrl(tenant.domain),
    stripe: { url: stripe.url, secretKey: stripeKey, gatewayKey, portalKey, accountKey },
  };
}
