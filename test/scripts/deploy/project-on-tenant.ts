import { join } from "node:path";
import type { LocalTenant, LocalTenantOptions } from "../../../local/auth0/server.ts";
import { type Deployment, deployProject, planProject } from "../../../scripts/deploy/deploy-project.ts";
import type { LiveTenant } from "../../../scripts/deploy/kinds/live-tenant.ts";
import { readLiveTenant } from "../../../scripts/deploy/live/read-live-tenant.ts";
import type { Plan } from "../../../scripts/deploy/plan/change.ts";
import type { Desired } from "../../../scripts/deploy/plan/desired.ts";
import type { DeletionRequest } from "../../../scripts/deploy/plan/plan-deletions.ts";
import { type Prepared, prepareProject } from "../../../scripts/deploy/prepare.ts";
import { type FaultProxy, isWrite, kindOf, type Seen } from "../../faults/fault-proxy.ts";
import { readExampleEnvironment, startProxiedTenant } from "../../faults/proxied-tenant.ts";

const directory = join(import.meta.dirname, "../../..");
export const SECRETS = {
  SESSION_TOKEN_SECRET: "session-secret-that-is-searched-for",
  STRIPE_SECRET_KEY: "rk_test_that_is_searched_for",
} as const;

/** This checkout on a tenant of its own, every request counted. */
export interface ProjectOnTenant {
  readonly tenant: LocalTenant;
  readonly proxy: FaultProxy;
  readonly prepared: Prepared;
  /** For the commands. */
  readonly environment: Readonly<Record<string, string>>;
  /** Writes since the last call, as `PATCH roles/:id`. */
  takeWrites(): readonly string[];
  plan(desired?: Desired, deletions?: readonly DeletionRequest[]): Promise<Plan>;
  deploy(desired?: Desired, options?: DeployOptions): Promise<Deployment>;
  read(): Promise<LiveTenant>;
  /** Version number of each Action that is live. */
  versions(): Promise<Readonly<Record<string, number | undefined>>>;
  close(): Promise<void>;
}

interface DeployOptions {
  readonly deletions?: readonly DeletionRequest[];
  readonly confirm?: (plan: Plan) => Promise<boolean>;
  readonly onProgress?: (text: string) => void;
}

export async function startProjectOnTenant(options: Partial<LocalTenantOptions> = {}): Promise<ProjectOnTenant> {
  const proxied = await startProxiedTenant(options);
  const { tenant, proxy } = proxied;
  const environment = {
    ...readExampleEnvironment(),
    ...SECRETS,
    ...proxied.environment,
  };
  const prepared = await prepareProject({ directory, environment, retryPolicy: { pause: 10 } });
  const { connection } = prepared;
  let counted: readonly Seen[] = [];
  const read = () => readLiveTenant(connection.management, connection.domain, prepared.desired.document);
  return {
    tenant,
    proxy,
    prepared,
    environment,
    takeWrites() {
      const taken = proxy.seen.filter((request) => !counted.includes(request));
      counted = [...proxy.seen];
      return taken.filter(isWrite).map(kindOf);
    },
    plan: async (desired = prepared.desired, deletions = []) =>
      (await planProject({ ...prepared, desired }, deletions)).plan,
    deploy: (desired = prepared.desired, { deletions = [], confirm = async () => true, onProgress } = {}) =>
      deployProject({
        prepared: { ...prepared, desired },
        deletions,
        confirm,
        onProgress: ({ text }) => onProgress?.(text),
      }),
    read,
    async versions() {
      const { action } = await read();
      return Object.fromEntries(action.map(({ name, live }) => [name, live?.number]));
    },
    close: proxied.close,
  };
}

export function changeAction(
  desired: Desired,
  name: string,
  change: (action: Desired["actions"][number]) => Partial<Desired["actions"][number]>,
): Desired {
  const actions = desired.actions.map((action) => (action.name === name ? { ...action, ...change(action) } : action));
  const rename = (former: string) =>
    actions[desired.actions.findIndex((action) => action.name === former)]?.name ?? former;
  const listed = (desired.document.actions ?? []).map((action) => ({ ...action, name: rename(action.name) }));
  return { ...desired, actions, document: { ...desired.document, actions: listed } };
}

export function reorder(desired: Desired, ...names: readonly string[]): Desired {
  const flow = names.map((name) => ({ action_name: name, display_name: name }));
  return { ...desired, document: { ...desired.document, triggers: { "post-login": flow } } };
}
