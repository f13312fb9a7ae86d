import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { hideSecrets } from "../redaction/hidden-secrets.ts";
import { readActionCode, renderOutput } from "../tenant/action-code.ts";
import { listSecretValues } from "../tenant/list-secret-values.ts";
import type { Environment } from "../tenant/read-environment.ts";
import { readTenant, type TenantFile } from "../tenant/read-tenant.ts";
import type { Bundle } from "./bundle.ts";
import { checks } from "./checks/table.ts";
import type { Finding } from "./finding.ts";
import { LIMITS } from "./limits.ts";
import { listBundles, type Project, readProject } from "./project.ts";

export interface BuiltAction {
  readonly name: string;
  /** `./dist/actions/<folder>.js`, or the file that is sent as it is. From the project's folder. */
  readonly file: string;
  readonly code: string;
  readonly bytes: number;
  readonly limit: number;
  readonly form: Bundle["form"];
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
 * Bundles every Action of the tenant file in memory and runs every check. Writes nothing but source maps and packages, below .local.
 *
 * @throws {CommandError} when tenant.yaml or package-lock.json cannot be read at all.
 */
export async function buildProject(
  directory: string,
  environment: Environment,
  environmentName?: string,
): Promise<Build> {
  return buildTenant(await readTenant(join(directory, "tenant.yaml"), environmentName), environment);
}

/** The same of a tenant file that was read already. Throws what buildProject throws of other files. */
export async function buildTenant(tenant: TenantFile, environment: Environment): Promise<Build> {
  const project = await readProject(tenant, environment);
  hideSecrets(listSecretValues(project.tenant, environment));
  return planBuild(project);
}

/** What a build of the project gives, by every check. Pure. */
export function planBuild(project: Project): Build {
  const findings = checks.flatMap((check) => check(project));
  return {
    ok: findings.every(({ severity }) => severity === "warning"),
    findings: [...findings].sort((a, b) => Number(a.severity === "warning") - Number(b.severity === "warning")),
    actions: listBundles(project).map(({ action, bundle }) => ({
      name: action.name,
      file: fileOf(action.code, bundle),
      code: bundle.code,
      bytes: Buffer.byteLength(bundle.code),
      limit: LIMITS.codeBytes,
      form: bundle.form,
      dependencies: (action.dependencies ?? []).map(({ name, version }) => `${name}@${version}`),
      secrets: (action.secrets ?? []).map(({ name }) => name),
    })),
  };
}

function fileOf(path: string, { form, source }: Bundle): string {
  const code = readActionCode(path);
  return code.kind === "built" && form !== "as it is" ? renderOutput(code.folder) : `./${source}`;
}

/**
 * Makes dist/actions hold exactly these bundles. A file is replaced whole or not at all, because a deploy or the local
 * tenant may be reading it.
 */
export async function writeBuild(directory: string, { actions }: Build): Promise<void> {
  const folder = join(directory, "dist", "actions");
  await mkdir(folder, { recursive: true });
  const built = actions.filter(({ form }) => form !== "as it is");
  await Promise.all(
    built.map(async ({ file, code }) => {
      const target = join(directory, file);
      const draft = `${target}.${process.pid}.tmp`;
      await writeFile(draft, code);
      await rename(draft, target);
    }),
  );
  const current = new Set(built.map(({ file }) => basename(file)));
  const stale = (await readdir(folder)).filter((name) => name.endsWith(".js") && !current.has(name));
  await Promise.all(stale.map((name) => rm(join(folder, name))));
}
