import { join, resolve } from "node:path";
import { EXIT } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { generateGateways } from "./gateways/generate.ts";
import { readInputs } from "./gateways/read-inputs.ts";
import { renderSummary } from "./gateways/render-summary.ts";
import { writeFolders } from "./gateways/write-folders.ts";
import { readEnvironment } from "./tenant/read-environment.ts";

export async function run({ options, directory, processEnv }: Invocation<"gateways">): Promise<number> {
  const environment = await readEnvironment({ directory, name: options.env, processEnv });
  const folders = await generateGateways(await readInputs(directory, environment, options.env));
  const out = resolve(options.out ?? join(directory, "dist/gateways"));
  await writeFolders(out, folders);
  const plain = folders.map(({ name, files, warnings }) => ({ name, files: files.map(({ path }) => path), warnings }));
  console.log(options.json ? JSON.stringify({ out, gateways: plain }) : renderSummary(out, plain));
  return EXIT.success;
}
