import { EXIT } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { renderFindings } from "./deploy/checks/finding.ts";
import { createConfirm } from "./deploy/confirm.ts";
import { deployProject } from "./deploy/deploy-project.ts";
import { parseDeletion } from "./deploy/plan/plan-deletions.ts";
import { prepareProject } from "./deploy/prepare.ts";
import { renderDeployment } from "./deploy/render-deployment.ts";
import { renderProgress } from "./deploy/render-progress.ts";
import { chooseEnvironments } from "./environments/choose-environments.ts";
import { deployWaves } from "./environments/deploy-waves.ts";
import { readEnvironment } from "./tenant/read-environment.ts";
import { createPaint } from "./terminal/paint.ts";

export async function run({ options, directory, processEnv }: Invocation<"deploy">): Promise<number> {
  const deletions = options["allow-delete"].map(parseDeletion);
  const shared = {
    directory,
    deletions,
    writeSecrets: options["write-secrets"],
    allowSecretKey: options["allow-secret-key"],
    skipStripeCheck: options["skip-stripe-check"],
  };
  const choice = await chooseEnvironments(directory, options);
  if (choice.kind === "many") return deployWaves(choice.waves, { ...shared, processEnv, isAssumed: options.yes });
  const environment = await readEnvironment({ directory, name: choice.name, processEnv });
  const paint = createPaint(process.stdout);
  const prepared = await prepareProject({ ...shared, environment, environmentName: choice.name });
  if (prepared.warnings.length > 0) console.error(renderFindings(prepared.warnings));
  const deployment = await deployProject({
    prepared,
    deletions,
    confirm: createConfirm({ environment, isAssumed: options.yes, paint }),
    onProgress: (line) => {
      const text = renderProgress(line, paint);
      if (text !== undefined) console.log(text);
    },
  });
  console.log(renderDeployment(deployment, prepared.build, paint));
  return EXIT.success;
}
