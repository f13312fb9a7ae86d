import { join } from "node:path";
import { EXIT, runCommand } from "./command.ts";
import { deployProject } from "./deploy/deploy-project.ts";
import { renderDeployment } from "./deploy/render-deployment.ts";
import { renderProgress } from "./deploy/render-progress.ts";
import { readEnvironment } from "./tenant/read-environment.ts";
import { readOptions } from "./terminal/options.ts";
import { createPaint } from "./terminal/paint.ts";

const usage = `Usage: npm run deploy -- [--env <name>]

Builds the Actions, deploys them and tenant.yaml to the tenant in the environment with the Deploy CLI, and checks what is
live afterwards. AUTH0_DOMAIN, AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET and the keywords of tenant.yaml come from .env, from
environments/<name>.env and from the process's environment; later wins. Nothing in the tenant is deleted.

  --env <name>  use environments/<name>.env as well

Exits 0 when every Action is built, deployed and bound as in tenant.yaml, 1 when something failed, 2 on wrong use or when
a variable has no value: then nothing was sent.`;

await runCommand(async () => {
  const options = readOptions(usage, { env: { type: "string" } });
  if (options === undefined) return EXIT.success;
  const directory = join(import.meta.dirname, "..");
  const paint = createPaint(process.stdout);
  const deployment = await deployProject({
    directory,
    environment: await readEnvironment({ directory, name: options.env, processEnv: process.env }),
    onProgress: (line) => {
      const text = renderProgress(line, paint);
      if (text !== undefined) console.log(text);
    },
  });
  console.log(`\n${renderDeployment(deployment, paint)}\n\n${deployment.live.domain} runs this build.`);
  return EXIT.success;
});
