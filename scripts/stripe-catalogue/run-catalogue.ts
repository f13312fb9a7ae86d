import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ConfigurationError } from "../../gateways/authorizer/problems.ts";
import { CommandError, EXIT, usageError } from "../command.ts";
import type { Environment } from "../tenant/read-environment.ts";
import { confirmOnTerminal } from "../terminal/confirm.ts";
import type { Paint } from "../terminal/paint.ts";
import { applyCatalogue } from "./apply-catalogue.ts";
import { readCatalogue } from "./live-catalogue.ts";
import { explainFailure, openAccount } from "./open-account.ts";
import { planCatalogue } from "./plan-catalogue.ts";
import { renderAdvice, renderChange, renderJson, renderPlan } from "./render-catalogue.ts";
import { parseWanted, type Wanted } from "./wanted.ts";

/** As of `npm run plan`: there is something to do. */
const EXIT_CHANGES = 10;

export interface RunCatalogueOptions {
  readonly directory: string;
  readonly environment: Environment;
  readonly apply: boolean;
  /** Asks no question before a live account is changed. */
  readonly yes: boolean;
  readonly json: boolean;
  readonly print: (text: string) => void;
  readonly paint: Paint;
}

/** `npm run stripe:catalogue`. Answers the exit code. @throws {CommandError} */
export async function runCatalogue(options: RunCatalogueOptions): Promise<number> {
  const { directory, environment, apply, yes, json, print, paint } = options;
  const wanted = await readWanted(join(directory, environment.STRIPE_RULES_FILE || "stripe.json"));
  const { stripe, isLive } = await openAccount(environment);
  const live = await readCatalogue(stripe, wanted).catch((error: unknown) => {
    throw explainFailure(error);
  });
  const plan = planCatalogue(wanted, live);
  if (plan.conflicts.length > 0) {
    throw new CommandError("STRIPE_CATALOGUE_CONFLICT", plan.conflicts.join("\n"));
  }
  const isDue = plan.changes.length > 0;
  if (!json) print(`${renderPlan(plan, paint)}\n`);
  if (isDue && apply) {
    if (isLive && !yes && !(await confirmOnTerminal("Make this in the live account?"))) return EXIT_CHANGES;
    await applyCatalogue(stripe, plan.changes, live, (change, id) => {
      if (!json) print(`made ${renderChange(change, paint)} (${id})`);
    }).catch((error: unknown) => {
      throw explainFailure(error);
    });
  }
  print(json ? renderJson(plan, isDue && apply) : renderAdvice());
  return isDue && !apply ? EXIT_CHANGES : EXIT.success;
}

async function readWanted(file: string): Promise<readonly Wanted[]> {
  try {
    return parseWanted(JSON.parse(await readFile(file, "utf8")), file);
  } catch (cause) {
    const message =
      cause instanceof ConfigurationError
        ? cause.message
        : `${file} cannot be read as JSON: it lists the scopes that cost money (docs/gateways.md).`;
    throw usageError("STRIPE_RULES_UNUSABLE", message, cause);
  }
}
