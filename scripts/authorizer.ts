import { runAuthorizer } from "./authorizer/run-authorizer.ts";
import { EXIT } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { readEnvironment } from "./tenant/read-environment.ts";

export async function run({ options, directory, processEnv }: Invocation<"authorizer">): Promise<number> {
  const environment = await readEnvironment({ directory, name: options.env, processEnv });
  await runAuthorizer(
    directory,
    environment,
    (url) => console.log(options.json ? JSON.stringify({ url }) : `The authorizer answers on ${url}`),
    (line) => console.error(line),
  );
  return EXIT.success;
}
