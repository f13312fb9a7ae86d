import { resolve } from "node:path";
import { setFlagsFromString } from "node:v8";
import { openBackfill } from "./backfill/open-backfill.ts";
import { runBackfill } from "./backfill/run-backfill.ts";
import type { Invocation } from "./commands.ts";
import { readEnvironment } from "./tenant/read-environment.ts";
import { wrongUse } from "./terminal/options.ts";

/**
 * 25 MB are in use at any time, however many users there are. But every answer of `fetch` waits for a full collection (a finalizer
 * watches it), and V8 lets what waits grow beyond 100 MB where it is not asked to spare memory.
 */
const SPARE_MEMORY = "--optimize-for-size";

export async function run({ options, directory, processEnv }: Invocation<"backfill">): Promise<number> {
  setFlagsFromString(SPARE_MEMORY);
  const auth0Rate = readRate("auth0-rate", options["auth0-rate"] ?? "10");
  const stripeRate = readRate("stripe-rate", options["stripe-rate"] ?? "20");
  const environment = await readEnvironment({ directory, name: options.env, processEnv });
  const access = await openBackfill({ directory, environment, environmentName: options.env, auth0Rate });
  return runBackfill({
    access,
    directory: resolve(directory, ".local/backfill", access.domain.replaceAll(":", "-")),
    from: options.from === undefined ? undefined : resolve(options.from),
    apply: options.apply,
    yes: options.yes,
    json: options.json,
    stripeRate,
    print: (text) => console.log(text),
  });
}

function readRate(name: string, text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw wrongUse(`--${name} takes a whole number of requests a second, from 1 to 9999.`);
}
