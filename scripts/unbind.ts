import { EXIT } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { openTenant } from "./operate/open-tenant.ts";
import { unbindAction } from "./operate/unbind.ts";

export async function run({ options, word: name, directory, processEnv }: Invocation<"unbind">): Promise<number> {
  const { connection, readLive } = await openTenant({ directory, name: options.env, processEnv });
  for (const { trigger, remaining } of await unbindAction(connection.management, await readLive("flow"), name)) {
    console.log(`${name} is out of ${trigger}. It runs: ${remaining.join(", ") || "nothing"}.`);
  }
  return EXIT.success;
}
