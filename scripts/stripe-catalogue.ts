import type { Invocation } from "./commands.ts";
import { runCatalogue } from "./stripe-catalogue/run-catalogue.ts";
import { readEnvironment } from "./tenant/read-environment.ts";
import { createPaint } from "./terminal/paint.ts";

export async function run({ options, directory, processEnv }: Invocation<"stripe:catalogue">): Promise<number> {
  return runCatalogue({
    directory,
    environment: await readEnvironment({ directory, name: options.env, processEnv }),
    apply: options.apply,
    yes: options.yes,
    json: options.json,
    print: (text) => console.log(text),
    paint: createPaint(process.stdout),
  });
}
