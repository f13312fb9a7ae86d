import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { hideSecrets } from "../redaction/hidden-secrets.ts";
import { listSecretValues } from "../tenant/list-secret-values.ts";
import type { Environment } from "../tenant/read-environment.ts";
import { outputOf } from "./bundle.ts";
import { checks } from "./checks/table.ts";
import type { Finding } from "./finding.ts";
import { LIMITS } from "./limits.ts";
import { listBundles, type Project, readProject } from "./project.ts";

export interface BuiltAction {
  readonly name: string;
  /** `./dist/actions/<name>.js`, from the project's folder. */
  readonly file: string;
  readonly code: string;
  readonly bytes: number;
  readonly limit: number;
  readonly minified: boolean;
  /** `stripe@23.1.0` */
  readonly dependencies: readonly string[];
  /** Names only. */
  readonly secrets: readonly string[];
}

export interface Build {
  /** False when a finding is an error: then nothing may be written or deployed. */
  readonly ok: boolean;
  readonly actions: readonly BuiltAction[];
  readonly findings: readonly Finding[];
}

/**
 * Bundles every Action of the tenant file in memory and runs every check. Writes nothing.
 *
 * @throws {CommandError} when tenant.yaml or package-lock.json cannot be read at all.
 */
export async function buildProject(
  directory: string,
  environment: Environment,
  environmentName?: string,
): Promise<Build> {
  const project = await readProject(directory, environment, environmentName);
  hideSecrets(listSecretValues(project.tenant, environment));
  return planBuild(project);
}

function planBuild(project: Project): Build {
  const findings = checks.flatMap((check) => check(project));
  return {
    ok: findings.every(({ severity }) => severity === "warning"),
    findings: [...findings].sort((a, b) => Number(a.severity === "warning") - Number(b.severity === "warning")),
    actions: listBundles(project).map(({ action, bundle }) => ({
      name: action.name,
      file: outputOf(action),
      code: bundle.code,
      bytes: Buffer.byteLength(bundle.code),
      limit: LIMITS.codeBytes,
      minified: bundle.minified,
      dependencies: (action.dependencies ?? []).map(({ name, version }) => `${name}@${version}`),
      secrets: (action.secrets ?? []).map(({ name }) => name),
    })),
  };
}

/**
 * Makes dist/actions hold exactly these bundles. A file is replaced whole or not at all, because a deploy or the local
 * tenant may be reading it.
 */
export async function writeBuild(directory: string, { actions }: Build): Promise<void> {
  const folder = join(directory, "dist", "actions");
  await mkdir(folder, { recursive: true });
  await Promise.all(
    actions.map(async ({ file, code }) => {
      const target = join(directory, file);
      const draft = `${target}.${process.pid}.tmp`;
      await writeFile(draft, code);
      await rename(draft, target);
    }),
  );
  const current = new Set(actions.map(({ file }) => basename(file)));
  const stale = (await readdir(folder)).filter((name) => name.endsWith(".js") && !current.has(name));
  await Promise.all(stale.map((name) => rm(join(folder, name))));
}
