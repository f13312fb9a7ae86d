import { EXIT } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { createConfirm } from "./deploy/confirm.ts";
import { deployProject } from "./deploy/deploy-project.ts";
import { renderDeployment } from "./deploy/render-deployment.ts";
import { renderProgress } from "./deploy/render-progress.ts";
import { deployWaves } from "./environments/deploy-waves.ts";
import { prepareChosen } from "./environments/prepare-chosen.ts";
import { createPaint } from "./terminal/paint.ts";

export async function run(invocation: Invocation<"deploy">): Promise<number> {
  const { yes: isAssumed, json: isJson } = invocation.options;
  const chosen = await prepareChosen(invocation, "deploy");
  if (chosen.kind === "many") return deployWaves(chosen.waves, { ...chosen.project, isAssumed, isJson });
  const { prepared, environment, deletions } = chosen;
  const paint = createPaint(process.stdout);
  const deployment = await deployProject({
    prepared,
    deletions,
    confirm: createConfirm({ environment, isAssumed, paint }),
    onProgress: (line) => {
      const text = renderProgress(line, paint);
      if (text !== undefined) console.log(text);
    },
  });
  console.log(renderDeployment(deployment, prepared.build, paint));
  return EXIT.success;
}
