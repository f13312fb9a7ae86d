import { planProject } from "../deploy/deploy-project.ts";
import type { Plan } from "../deploy/plan/change.ts";
import type { DeletionRequest } from "../deploy/plan/plan-deletions.ts";
import { type Prepared, type ProjectOptions, prepareProject } from "../deploy/prepare.ts";
import { sideBySide } from "../deploy/side-by-side.ts";
import { type Environment, readEnvironment } from "../tenant/read-environment.ts";
import { type Attempt, attempt, goOn } from "./attempt.ts";
import { checkDeletions } from "./check-deletions.ts";
import { checkTenants } from "./check-tenants.ts";

export interface PlannedEnvironment {
  readonly environment: Environment;
  readonly prepared: Prepared;
  readonly plan: Plan;
}

export interface PlanOptions extends Omit<ProjectOptions, "environment" | "environmentName" | "deletions"> {
  readonly deletions: readonly DeletionRequest[];
  readonly processEnv: NodeJS.ProcessEnv;
}

/**
 * Plans each environment with its own values, overlay and credentials, in the order of the names. What is wrong with one does not
 * keep the others from being planned. Sends nothing but reads.
 *
 * @throws {CommandError} ENVIRONMENTS_ONE_TENANT, DELETION_UNKNOWN
 */
export async function planEnvironments(
  names: readonly string[],
  { deletions, processEnv, ...options }: PlanOptions,
): Promise<readonly Attempt<PlannedEnvironment>[]> {
  const { directory } = options;
  const warn = createWarnOnce();
  const read = await inTurn(names, (name) =>
    attempt(name, () => readEnvironment({ directory, name, processEnv, isOneOfMany: true, warn })),
  );
  checkTenants(read);
  // Each build writes dist/, so only the plans are made side by side.
  const prepared = await inTurn(read, (one) =>
    goOn(one, async (environment) => ({
      environment,
      prepared: await prepareProject({ ...options, environment, environmentName: one.name, deletions }),
    })),
  );
  const wanted = deletions.map((deletion) => ({ ...deletion, mayBeGone: true }));
  const planned = await sideBySide(prepared, (one) =>
    goOn(one, async (ready) => ({ ...ready, plan: (await planProject(ready.prepared, wanted)).plan })),
  );
  checkDeletions(deletions, planned);
  const domains = new Map(read.flatMap((one) => (one.kind === "failed" ? [] : [[one.name, one.value.AUTH0_DOMAIN]])));
  return planned.map((one) => (one.kind === "failed" ? { ...one, domain: domains.get(one.name) || undefined } : one));
}

async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

/** What is said of .env holds for all of them. */
function createWarnOnce(): (text: string) => void {
  const said = new Set<string>();
  return (text) => {
    if (!said.has(text)) console.error(text);
    said.add(text);
  };
}
