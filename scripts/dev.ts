import { join } from "node:path";
import { DEFAULT_PORT as AUTHORIZER_PORT } from "../gateways/forward-auth/read-settings.ts";
import { EXIT } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { chooseFreePort } from "./dev/choose-free-port.ts";
import { describeAddresses, renderAddresses } from "./dev/render-addresses.ts";
import { runDev } from "./dev/run-dev.ts";
import { parseGeoip } from "./local/parse-geoip.ts";
import { parseHosts } from "./local/parse-hosts.ts";
import { parsePort } from "./local/port.ts";
import { createPaint, plain } from "./terminal/paint.ts";
import { waitForStop } from "./terminal/wait-for-stop.ts";

export async function run({ options, directory, processEnv }: Invocation<"dev">): Promise<number> {
  const stopped = waitForStop();
  // Lines for a program have no colours, whatever they go to.
  const paint = options.json ? plain : createPaint(process.stdout);
  const print = (text: string): void => {
    const at = new Date();
    console.log(
      options.json
        ? JSON.stringify({ at: at.toISOString(), text })
        : `${at.toTimeString().slice(0, 8)}  ${text.replaceAll("\n", "\n          ")}`,
    );
  };
  const authorizerPort = parsePort(processEnv.AUTHORIZER_PORT || AUTHORIZER_PORT);
  await runDev({
    directory,
    state: options.directory ?? join(directory, ".local"),
    port: parsePort(options.port ?? processEnv.LOCAL_TENANT_PORT),
    // Its pages are known to the tenant before it listens.
    authorizerPort: authorizerPort || (await chooseFreePort()),
    spaUrl: processEnv.SPA_URL || undefined,
    fresh: options.fresh,
    hosts: parseHosts(options.host),
    inspectPort: options.inspect ? await chooseFreePort(9229) : undefined,
    geoip: parseGeoip(options.geoip),
    stopped,
    print,
    onReady: (addresses) =>
      options.json
        ? console.log(JSON.stringify(describeAddresses(addresses)))
        : print(renderAddresses(addresses, paint)),
    paint,
  });
  return EXIT.success;
}
