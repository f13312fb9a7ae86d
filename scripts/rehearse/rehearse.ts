import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { type LocalTenant, startLocalTenant } from "../../local/auth0/server.ts";
import { CommandError, EXIT } from "../command.ts";
import type { LogLine } from "../deploy/cli/log-lines.ts";
import { type Deployment, deployProject } from "../deploy/deploy-project.ts";
import { prepareProject } from "../deploy/prepare.ts";
import type { Environment } from "../tenant/read-environment.ts";
import { listHoldings } from "./list-holdings.ts";
import type { Row } from "./row.ts";

export interface RehearseOptions {
  /** The project's folder. The tenant's keys and certificates are those of `.local/`; its state is in memory only. */
  readonly directory: string;
  readonly onProgress: (line: LogLine) => void;
}

/**
 * Deploys this checkout to a tenant of its own, as `npm run deploy` would, and looks at what that tenant then holds. The
 * environment is .env.example alone: a rehearsal never sees the credentials of a real tenant.
 *
 * A deploy that fails is a row. What nobody foresaw is thrown, and so is an interruption.
 */
export async function rehearse({ directory, onProgress }: RehearseOptions): Promise<readonly Row[]> {
  const log = (text: string): void => onProgress({ level: "warn", text });
  const tenant = await startLocalTenant({ directory: join(directory, ".local"), log });
  try {
    const started = performance.now();
    const prepared = await prepareProject({ directory, environment: await readExampleEnvironment(directory, tenant) });
    const deployment = await deployProject({ prepared, confirm: async () => true, onProgress });
    const { build, desired } = prepared;
    return [
      describeDeploy(deployment, performance.now() - started),
      ...listHoldings({ document: desired.document, build, live: deployment.live }),
    ];
  } catch (error) {
    // An interruption and wrong use are no findings.
    if (!(error instanceof CommandError) || error.exitCode !== EXIT.failure) throw error;
    return [{ section: "deploy", name: "deploy", facts: {}, problems: [`${error.message} [${error.code}]`] }];
  } finally {
    await tenant.close();
  }
}

function describeDeploy({ peakMemory }: Deployment, milliseconds: number): Row {
  const facts = { seconds: Number((milliseconds / 1000).toFixed(1)), megabytes: Math.round(peakMemory / 1e6) };
  return { section: "deploy", name: "deploy", facts, problems: [] };
}

async function readExampleEnvironment(directory: string, tenant: LocalTenant): Promise<Environment> {
  const example = parseEnv(await readFile(join(directory, ".env.example"), "utf8"));
  return {
    ...(example as Environment),
    AUTH0_DOMAIN: tenant.domain,
    AUTH0_CLIENT_ID: tenant.clientId,
    AUTH0_CLIENT_SECRET: tenant.clientSecret,
    AUTH0_CA_FILE: tenant.caFile,
  };
}
