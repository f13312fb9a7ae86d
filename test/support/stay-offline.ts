import { join } from "node:path";
import makeLocalKeys from "./make-local-keys.ts";

/** Before the first suite of those in which no test asks a registry for packages. */
export default async function stayOffline(): Promise<void> {
  process.env.npm_config_offline = "true";
  process.env.npm_config_cache = join(import.meta.dirname, "../../.local/cache/empty");
  await makeLocalKeys();
}
