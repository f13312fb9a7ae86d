import type { Invocation } from "../commands.ts";
import { renderFindings } from "../deploy/checks/finding.ts";
import type { Purpose } from "../deploy/checks/required-scopes.ts";
import { parseDeletion } from "../deploy/plan/plan-deletions.ts";
import { prepareProject } from "../deploy/prepare.ts";
import { readEnvironment } from "../tenant/read-environment.ts";
import { wrongUse } from "../terminal/options.ts";
import { chooseEnvironments } from "./choose-environments.ts";

/**
 * What `plan` and `deploy` begin with: the one environment, ready, with its warnings printed, or the waves of several, of which each
 * is prepared in its turn.
 *
 * @throws {CommandError} USAGE, and of chooseEnvironments, readEnvironment and prepareProject
 */
export async function prepareChosen(
  { options, directory, processEnv }: Invocation<"plan" | "deploy">,
  purpose: Purpose,
) {
  const deletions = options["allow-delete"].map(parseDeletion);
  const project = {
    directory,
    purpose,
    deletions,
    writeSecrets: options["write-secrets"],
    allowSecretKey: options["allow-secret-key"],
    skipStripeCheck: options["skip-stripe-check"],
  };
  const choice = await chooseEnvironments(directory, options);
  if (choice.kind === "many") return { ...choice, project: { ...project, processEnv } };
  if (purpose === "deploy" && options.json) {
    throw wrongUse("--json is of several environments: name them with commas after --env, or by --wave.");
  }
  const environment = await readEnvironment({ directory, name: choice.name, processEnv });
  const prepared = await prepareProject({ ...project, environment, environmentName: choice.name });
  if (prepared.warnings.length > 0) console.error(renderFindings(prepared.warnings));
  return { kind: choice.kind, environment, prepared, deletions };
}
