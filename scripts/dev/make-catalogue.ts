import { existsSync } from "node:fs";
import { join } from "node:path";
import { runCatalogue } from "../stripe-catalogue/run-catalogue.ts";
import type { Environment } from "../tenant/read-environment.ts";
import { plain } from "../terminal/paint.ts";

/**
 * Products, prices and meters of stripe.json at the local Stripe; nothing where nothing costs money.
 *
 * @throws {CommandError} of runCatalogue
 */
export async function makeCatalogue(directory: string, environment: Environment): Promise<void> {
  if (!existsSync(join(directory, "stripe.json"))) return;
  await runCatalogue({ directory, environment, apply: true, yes: true, json: false, print: () => {}, paint: plain });
}
