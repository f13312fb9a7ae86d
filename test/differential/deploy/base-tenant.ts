import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import type { LocalTenant } from "../../../local/auth0/server.ts";
import { CommandError } from "../../../scripts/command.ts";
import { deployProject } from "../../../scripts/deploy/deploy-project.ts";
import { prepareProject } from "../../../scripts/deploy/prepare.ts";
import { environmentOf } from "../../../scripts/local/environment-of.ts";
import type { Environment } from "../../../scripts/tenant/read-environment.ts";
import { type FaultProxy, isWrite, kindOf, startFaultProxy } from "../../faults/fault-proxy.ts";
import { startTestTenant } from "../../support/local-tenant.ts";
import { createManagementClient } from "../../support/management-client.ts";
import { importByCommand, startDeployCli } from "./deploy-cli.ts";
import { describeState } from "./describe-state.ts";
import { makeProject } from "./make-project.ts";
import { KEYWORD } from "./variant.ts";

const root = join(import.meta.dirname, "../../..");

/** How one deploy of one file went. */
export interface Deployed {
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
  /** What was written, as `PATCH roles/:id`. */
  readonly writes: readonly string[];
  /** Why it ended, where it did not succeed. */
  readonly failure?: Error;
}

/** Deploys the text of a tenant.yaml in which KEYWORD stands for the value. */
type Deploy = (tenantFile: string, keyword: unknown) => Promise<Deployed>;

/** A tenant that has this repository's tenant.yaml. Each deploy begins with a fresh copy of it, under the same domain. */
export interface BaseTenant {
  /** Ours. What it built stands in dist/ until the next one, for the Deploy CLI to send. */
  readonly deploy: Deploy;
  /** The Deploy CLI's import, in a second. */
  readonly import: Deploy;
  /** The Deploy CLI's command as it is: the same in half a minute. */
  readonly importByCommand: Deploy;
  readonly close: () => Promise<void>;
}

export async function startBaseTenant(): Promise<BaseTenant> {
  const directory = makeProject();
  const base = join(directory, "base.json");
  const built = join(directory, "built");
  const proxy = await startFaultProxy();
  const tenant = await startTenant(proxy, base);
  const deployCli = startDeployCli(tenant.caFile);
  await deployOurs(directory, valuesFor(tenant, ""));
  await setByHand(tenant);
  await tenant.close();
  cpSync(join(directory, "dist"), built, { recursive: true });

  const deployWith =
    (deploy: (tenant: LocalTenant, environment: Environment) => Promise<Error | undefined>): Deploy =>
    async (tenantFile, keyword) => {
      writeFileSync(join(directory, "tenant.yaml"), tenantFile);
      const copy = join(directory, "copy.json");
      cpSync(base, copy);
      const started = await startTenant(proxy, copy);
      try {
        const before = describeState(started.tenant);
        const sent = proxy.seen.length;
        const failure = await deploy(started, valuesFor(started, keyword));
        const writes = proxy.seen.slice(sent).filter(isWrite).map(kindOf);
        const after = describeState(started.tenant);
        return { before, after, writes, ...(failure !== undefined && { failure }) };
      } finally {
        await started.close();
      }
    };

  return {
    deploy: deployWith((_, environment) => {
      cpSync(built, join(directory, "dist"), { recursive: true });
      return deployOurs(directory, environment).then(() => undefined, toForeseen);
    }),
    import: deployWith((copy, environment) => deployCli.import(directory, copy, environment)),
    importByCommand: deployWith((copy, environment) => importByCommand(directory, copy, environment)),
    async close() {
      await deployCli.stop();
      await proxy.close();
      rmSync(directory, { recursive: true });
    },
  };
}

async function startTenant(proxy: FaultProxy, stateFile: string): Promise<LocalTenant> {
  const tenant = await startTestTenant({ stateFile, domain: proxy.domain });
  proxy.forwardTo(tenant.port);
  return tenant;
}

async function deployOurs(directory: string, environment: Environment): Promise<void> {
  const prepared = await prepareProject({ directory, environment, retryPolicy: { pause: 10 } });
  await deployProject({ prepared, confirm: async () => true, onProgress: () => {} });
}

/** Two options of the database that tenant.yaml does not have; one of them has a default in the Deploy CLI's schema. */
async function setByHand(tenant: LocalTenant): Promise<void> {
  const { connections } = createManagementClient(tenant);
  for await (const { id = "" } of await connections.list({ strategy: ["auth0"] })) {
    const { options } = await connections.get(id);
    const byHand = { passwordPolicy: "good", disable_self_service_change_password: true } as const;
    await connections.update(id, { options: { ...options, ...byHand } });
  }
}

const example = parseEnv(readFileSync(join(root, ".env.example"), "utf8"));

const valuesFor = (tenant: LocalTenant, keyword: unknown): Environment => ({
  ...example,
  ...environmentOf(tenant),
  [KEYWORD]: typeof keyword === "string" ? keyword : JSON.stringify(keyword),
});

/** @throws {Error} what was not foreseen, as it is */
function toForeseen(thrown: unknown): CommandError {
  if (thrown instanceof CommandError) return thrown;
  throw thrown;
}
