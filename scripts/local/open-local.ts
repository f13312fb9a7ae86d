import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { DEFAULT_PORT } from "../../gateways/forward-auth/read-settings.ts";
import type { LocalTenantOptions } from "../../local/auth0/server.ts";
import { createMovableClock } from "../../local/clock.ts";
import { createConsole } from "../../local/console/create-console.ts";
import { createMailbox } from "../../local/console/mailbox/mailbox.ts";
import { createRunRecorder } from "../../local/console/runs/recorder.ts";
import { openCheckout } from "../console/open-checkout.ts";
import { openCheckoutGateway } from "../console/open-checkout-gateway.ts";
import { createRedactor } from "../redaction/redact.ts";
import { isMapping } from "../tenant/shape.ts";
import { takeLock } from "./lock.ts";
import type { NamedHost } from "./parse-hosts.ts";
import { explainTakenPort } from "./port.ts";
import { readValues } from "./read-values.ts";
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
  const getServices = (): Services => {
    if (opened === undefined) throw new Error("A page is asked for before both have started.");
    return opened;
  };
  const openGateway = async () => {
    const { tenant: running } = getServices();
    const environment = await readValues(project, describeAccess(getServices()), Number(DEFAULT_PORT));
    const { clock, signingKeys } = running.tenant;
    const fetchKeySet = async () => ({ keys: signingKeys.published().map(({ jwk }) => jwk) });
    return openCheckoutGateway(project, environment, { fetchKeySet, clock });
  };
  const clock = createMovableClock();
  const observed: Partial<LocalTenantOptions> = {
    ...tenant,
    ...(geoip && { geoip }),
    clock: clock.now,
    onRun(run, result) {
      runs.record(run, result);
      tenant.onRun?.(run, result);
    },
    onMessage: mailbox.receive,
    createPages: (served) =>
      createConsole(served, {
        runs,
        mailbox,
        checkout: openCheckout(project),
        findStripe: () => getServices().stripe,
        createRedactor,
        openGateway,
        clock,
      }),
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
