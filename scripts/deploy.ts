import { EXIT } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { renderFindings } from "./deploy/checks/finding.ts";
import { createConfirm } from "./deploy/confirm.ts";
import { deployProject } from "./deploy/deploy-project.ts";
import { parseDeletion } from "./deploy/plan/plan-deletions.ts";
import { prepareProject } from "./deploy/prepare.ts";
import { renderDeployment } from "./deploy/render-deployment.ts";
import { renderProgress } from "./deploy/render-progress.ts";
import { readEnvironment } from "./tenant/read-environment.ts";
import { createPaint } from "./terminal/paint.ts";

export async function run({ options, directory, processEnv }: Invocation<"deploy">): Promise<number> {
  const environment = await readEnvironment({ directory, name: options.env, processEnv });
  const deletions = options["allow-delete"].map(parseDeletion);
  const paint = createPaint(process.stdout);
  const prepared = await prepareProject({
    directory,
    environment,
    environmentName: options.env,
    deletions,
    writeSecrets: options["write-secrets"],
    allowSecretKey: options["allow-secret-key"],
    skipStripeCheck: options["skip-stripe-check"],
  });
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
