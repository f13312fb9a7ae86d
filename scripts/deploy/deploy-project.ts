import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Build, buildProject, writeBuild } from "../build/build-project.ts";
import { renderBuild } from "../build/render.ts";
import { CommandError } from "../command.ts";
import type { TenantDocument } from "../tenant/document.ts";
import { fillKeywords } from "../tenant/keywords.ts";
import type { Environment } from "../tenant/read-environment.ts";
import { readTenant } from "../tenant/read-tenant.ts";
import type { LogLine } from "./cli/log-lines.ts";
import { runDeployCli } from "./cli/run-deploy-cli.ts";
import { connectToTenant, type TenantConnection } from "./connect.ts";
import type { LiveTenant } from "./live/live-tenant.ts";
import { readLiveTenant } from "./live/read-live-tenant.ts";
import { createRedactor, listSecretValues } from "./redact.ts";
import { readTenantAccess } from "./tenant-access.ts";
import { type ExpectedActions, findDeviations } from "./verify.ts";

export interface DeployOptions {
  /** The project's folder: tenant.yaml, actions/, package-lock.json; dist/ is written there. */
  readonly directory: string;
  readonly environment: Environment;
  readonly onProgress: (line: LogLine) => void;
}

export interface Deployment {
  /** The document that was deployed, its keywords filled: secrets stand in it. */
  readonly document: TenantDocument;
  readonly build: Build;
  /** Read back from the tenant, and found to be right. */
  readonly live: LiveTenant;
  /** Of the Deploy CLI's process, in bytes. */
  readonly peakMemory: number;
}

/**
 * Builds, checks, deploys with the real Deploy CLI, and reads back what is live. Everything that can be refused is refused
 * before the first request to the tenant.
 *
 * @throws CommandError of reading, building and connecting, with nothing sent; of the Deploy CLI (cli/run-deploy-cli.ts);
 * DEPLOY_NOT_VERIFIED when what is live is not what was deployed.
 */
export async function deployProject({ directory, environment, onProgress }: DeployOptions): Promise<Deployment> {
  const tenant = await readTenant(join(directory, "tenant.yaml"));
  const access = await readTenantAccess(environment, tenant);
  const { document } = fillKeywords(tenant, environment);
  const redact = createRedactor(listSecretValues(tenant, environment));

  const build = await buildProject(directory, environment);
  if (!build.ok) {
    throw new CommandError(
      "BUILD_REFUSED",
      `Nothing was deployed: the build has errors.\n${redact(renderBuild(build))}`,
    );
  }
  await writeBuild(directory, build);

  const connection = await connectToTenant(access);
  const { domain, accessToken, caFile } = connection;
  onProgress({ level: "info", text: `Deploying to ${domain}` });
  const { peakMemory } = await runDeployCli({ document, directory, domain, accessToken, caFile, redact, onProgress });

  const live = await verify(connection, document, build.actions);
  return { document, build, live, peakMemory };
}

/** How often what is live is read until it is right: Auth0 may answer a read with what was there a moment ago. */
const ATTEMPTS = 3;
const PAUSE = 1_000;

async function verify(
  { domain, management }: TenantConnection,
  document: TenantDocument,
  actions: ExpectedActions["actions"],
): Promise<LiveTenant> {
  for (let attempt = 1; ; attempt += 1) {
    const live = await readLiveTenant(management, domain, document);
    const deviations = findDeviations({ actions, triggers: document.triggers }, live);
    if (deviations.length === 0) return live;
    if (attempt === ATTEMPTS) throw notVerified(domain, deviations);
    await sleep(PAUSE);
  }
}

function notVerified(domain: string, deviations: readonly string[]): CommandError {
  return new CommandError(
    "DEPLOY_NOT_VERIFIED",
    `The Deploy CLI was content, but what is live on ${domain} is not what was deployed:\n` +
      `${deviations.map((deviation) => `  ${deviation}`).join("\n")}\n` +
      "Somebody else may be changing the tenant at the same time. Deploy again when that is done.",
  );
}
