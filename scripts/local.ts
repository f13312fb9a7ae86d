import { join } from "node:path";
import { EXIT } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { parseGeoip } from "./local/parse-geoip.ts";
import { parseHosts } from "./local/parse-hosts.ts";
import { parsePort } from "./local/port.ts";
import { serveLocalTenant } from "./local/serve.ts";

export async function run({ options, directory, processEnv }: Invocation<"local">): Promise<number> {
  await serveLocalTenant({
    project: directory,
    directory: options.directory ?? join(directory, ".local"),
    port: parsePort(options.port ?? processEnv.LOCAL_TENANT_PORT),
    fresh: options.fresh,
    hosts: parseHosts(options.host),
    geoip: parseGeoip(options.geoip),
    json: options.json,
  });
  return EXIT.success;
}
