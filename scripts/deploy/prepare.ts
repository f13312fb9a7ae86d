import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Build, buildTenant, writeBuild } from "../build/build-project.ts";
import { renderBuild } from "../build/render.ts";
import { CommandError } from "../command.ts";
import type { BuildFindingCode, ConfigurationFindingCode } from "../error-codes.ts";
import { hideSecrets } from "../redaction/hidden-secrets.ts";
import { listSecretValues } from "../tenant/list-secret-values.ts";
import type { Environment } from "../tenant/read-environment.ts";
import { readTenant } from "../tenant/read-tenant.ts";
import { resolveTenant } from "../tenant/resolve-tenant.ts";
import { isMapping } from "../tenant/shape.ts";
import { checkConfiguration } from "./checks/check-configuration.ts";
import { checkScopes } from "./checks/check-scopes.ts";
import type { Finding } from "./checks/finding.ts";
import { listRequiredScopes, type Purpose } from "./checks/required-scopes.ts";
import { listTexts } from "./compare/secrets.ts";
import { connectToTenant, type TenantConnection } from "./connect.ts";
import { deriveDigestKey, digestSecrets } from "./kinds/action/marker.ts";
import { addSections } from "./kinds/handed-over/add-sections.ts";
import { KINDS } from "./kinds/table.ts";
import { type Desired, desireAction } from "./plan/desired.ts";
import type { DeletionRequest } from "./plan/plan-deletions.ts";
import type { RetryPolicy } from "./retrying-fetch.ts";
import { readTenantAccess } from "./tenant-access.ts";

export interface ProjectOptions {
  /** The project's folder: tenant.yaml, actions/, package-lock.json; dist/ is written there. */
  readonly directory: string;
  readonly environment: Environment;
  /** Has environments/<name>.yaml, if it is there, merged into tenant.yaml. */
  readonly environmentName?: string | undefined;
  /** A plan does with a client that only reads. */
  readonly purpose?: Purpose;
  readonly deletions?: readonly DeletionRequest[];
  /** Entries, as `<type>:<name>`, whose secrets are to be written again. */
  readonly writeSecrets?: readonly string[] | undefined;
  readonly allowSecretKey?: boolean | undefined;
  readonly skipStripeCheck?: boolean | undefined;
  /** How long answers are waited for. */
  readonly retryPolicy?: Partial<RetryPolicy>;
}

/** A project that is ready to be planned or deployed: built, every check passed, the tenant reachable. */
export interface Prepared {
  /** The project's folder. */
  readonly directory: string;
  readonly desired: Desired;
  readonly build: Build;
  readonly connection: TenantConnection;
  /** What build and checks did not refuse, and somebody should read. */
  readonly warnings: readonly Finding<BuildFindingCode | ConfigurationFindingCode>[];
}

/**
 * Everything before the first look at the tenant. What can be refused is refused here, with nothing sent.
 *
 * @throws {CommandError} of reading, building and connecting; CONFIGURATION_REFUSED, BUILD_REFUSED, DEPLOY_SCOPES_MISSING
 */
export async function prepareProject(options: ProjectOptions): Promise<Prepared> {
  const { directory, environment, environmentName, purpose = "deploy", deletions = [], retryPolicy = {} } = options;
  const tenant = await readTenant(join(directory, "tenant.yaml"), environmentName);
  const access = await readTenantAccess(environment, tenant);
  const resolved = await resolveTenant(tenant, environment);
  // Values that stand in a file alone are known only now.
  hideSecrets(listSecretValues(resolved, environment));
  const { document } = resolved;
  hideSecrets(KINDS.flatMap((kind) => kind.listSecrets?.(document) ?? []).flatMap(listTexts));
  const warnings = await checkConfiguration({
    document,
    domain: access.domain,
    ca: access.ca?.pem,
    environment,
    allowSecretKey: options.allowSecretKey === true,
    skipStripeCheck: options.skipStripeCheck === true,
  });

  const build = await buildTenant(tenant, environment);
  if (!build.ok) {
    throw new CommandError("BUILD_REFUSED", `Nothing was sent: the build has errors.\n${renderBuild(build)}`);
  }
  await writeBuild(directory, build);

  const key = deriveDigestKey({ digestKey: environment.SECRETS_DIGEST_KEY, clientSecret: access.clientSecret });
  const desired: Desired = {
    document: addSections(
      document,
      deletions.map(({ type }) => type),
    ),
    locate: tenant.locate,
    outdated: resolved.outdated,
    overlay: tenant.overlay,
    owner: await readOwner(directory),
    actions: (document.actions ?? []).map((action) => desireAction(action, getBuilt(build, action.name))),
    writeSecrets: options.writeSecrets ?? [],
    digestSecrets: (secrets) => digestSecrets(key, secrets),
  };
  const connection = await connectToTenant(access, retryPolicy);
  checkScopes(connection.accessToken, listRequiredScopes({ document, purpose, deletions }));
  const ofBuild = build.findings.map(({ place, message, ...rest }) => ({ ...rest, message: `${place}: ${message}` }));
  return { directory, desired, build, connection, warnings: [...warnings, ...ofBuild] };
}

function getBuilt({ actions }: Build, name: string): Build["actions"][number] {
  const built = actions.find((action) => action.name === name);
  if (built === undefined) throw new Error(`the build passed without the Action ${name}`);
  return built;
}

/** The project's name marks its Actions in the tenant: two projects in one tenant need two names. */
async function readOwner(directory: string): Promise<string> {
  const parsed: unknown = JSON.parse(await readFile(join(directory, "package.json"), "utf8"));
  if (isMapping(parsed) && typeof parsed.name === "string") return parsed.name;
  throw new CommandError(
    "PROJECT_UNNAMED",
    'package.json has no "name": deployed Actions are marked with it. Give it one.',
  );
}
