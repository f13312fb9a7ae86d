import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { LocalTenant } from "../../local/auth0/server.ts";
import { CommandError } from "../../scripts/command.ts";
import { connectToTenant } from "../../scripts/deploy/connect.ts";
import { type Deployment, deployProject } from "../../scripts/deploy/deploy-project.ts";
import { readLiveTenant } from "../../scripts/deploy/live/read-live-tenant.ts";
import type { Desired } from "../../scripts/deploy/plan/desired.ts";
import { type Prepared, prepareProject } from "../../scripts/deploy/prepare.ts";
import type { RetryPolicy } from "../../scripts/deploy/retrying-fetch.ts";
import { describeLive } from "./describe-live.ts";
import type { FaultProxy } from "./fault-proxy.ts";
import { readExampleEnvironment, startProxiedTenant } from "./proxied-tenant.ts";

const directory = join(import.meta.dirname, "../..");
/** Repeats at once, there are hundreds of deploys here. Waits as long as a deploy does: the machine may be busy. */
const QUICK: Partial<RetryPolicy> = { pause: 10 };

/** How a deploy ended by its own account. */
export type Ending =
  | { readonly kind: "new"; readonly deployment: Deployment }
  | { readonly kind: "old" | "incomplete" | "unreached"; readonly error: CommandError };

export interface FaultyTenant {
  readonly proxy: FaultProxy;
  readonly tenant: LocalTenant;
  /** The project as it is in this checkout. */
  readonly desired: Desired;
  /** Connects and deploys, as the command does. `timeout`: milliseconds until an answer is given up. */
  deploy(desired: Desired, timeout?: number): Promise<Ending>;
  /** What is live, as one text. */
  describe(): Promise<string>;
  close(): Promise<void>;
}

export async function startFaultyTenant(): Promise<FaultyTenant> {
  const { tenant, proxy, environment, close } = await startProxiedTenant({
    actionBuilds: { pendingFor: 1, buildingFor: 3, retryingFor: 2, deployingFor: 1 },
  });
  const prepared = await prepareProject({ directory, environment: { ...readExampleEnvironment(), ...environment } });
  const access = {
    domain: proxy.domain,
    clientId: tenant.clientId,
    clientSecret: tenant.clientSecret,
    ca: { file: tenant.caFile, pem: await readFile(tenant.caFile, "utf8") },
  };
  const deploy = async (desired: Desired, timeout = 5_000): Promise<Deployment> => {
    const connection = await connectToTenant(access, { ...QUICK, timeout });
    const project: Prepared = { ...prepared, desired, connection };
    return deployProject({ prepared: project, confirm: async () => true, onProgress: () => {} });
  };
  return {
    proxy,
    tenant,
    desired: prepared.desired,
    deploy: (desired, timeout) =>
      deploy(desired, timeout).then((deployment) => ({ kind: "new", deployment }), readEnding),
    async describe() {
      const { management, domain } = prepared.connection;
      return describeLive(await readLiveTenant(management, domain, prepared.desired.document));
    },
    close,
  };
}

const ENDINGS: Readonly<Record<string, Exclude<Ending["kind"], "new">>> = {
  DEPLOY_ROLLED_BACK: "old",
  PLAN_STALE: "old",
  DEPLOY_ROLLBACK_INCOMPLETE: "incomplete",
  // These say that nothing was sent.
  DEPLOY_UNREACHABLE: "unreached",
  TENANT_UNREADABLE: "unreached",
};

function readEnding(error: unknown): Ending {
  const kind = error instanceof CommandError && error.exitCode === 1 ? ENDINGS[error.code] : undefined;
  if (kind === undefined) throw error;
  return { kind, error: error as CommandError };
}
