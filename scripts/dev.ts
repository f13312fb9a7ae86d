import { join } from "node:path";
import { EXIT } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { runDev } from "./dev/run-dev.ts";
import { parsePort } from "./local/port.ts";
import { createPaint } from "./terminal/paint.ts";
import { waitForStop } from "./terminal/wait-for-stop.ts";

/** What of the process's environment says where something listens. */
const CHOICES = ["SPA_URL", "AUTHORIZER_PORT"];

export async function run({ options, directory, processEnv }: Invocation<"dev">): Promise<number> {
  const choices = CHOICES.flatMap((name) => {
    const value = processEnv[name];
    return value ? [[name, value] as const] : [];
  });
  await runDev({
    directory,
    state: options.directory ?? join(directory, ".local"),
    port: parsePort(options.port ?? processEnv.LOCAL_TENANT_PORT),
    fresh: options.fresh,
    choices: Object.fromEntries(choices),
    stopped: waitForStop(),
    print: (text) => console.log(`${new Date().toTimeString().slice(0, 8)}  ${text.replaceAll("\n", "\n          ")}`),
    paint: createPaint(process.stdout),
  });
  return EXIT.success;
}
