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
import { applyWebhook } from "./webhooks/apply-webhook.ts";
import { keepSecret } from "./webhooks/keep-secret.ts";
import { readWebhooks } from "./webhooks/live-webhooks.ts";
import { planWebhooks, type WebhookPlan } from "./webhooks/plan-webhooks.ts";
import { renderWebhookChange } from "./webhooks/render-webhook.ts";

/** As of `npm run plan`: there is something to do. */
const EXIT_CHANGES = 10;
const NO_WEBHOOKS: WebhookPlan = { changes: [], notes: [] };

export interface RunCatalogueOptions {
  readonly directory: string;
  readonly environment: Environment;
  readonly apply: boolean;
  /** Asks no question before a live account is changed. */
  readonly yes: boolean;
  readonly json: boolean;
  /** Where Stripe is to send events, and a file for the signing secrets of what is made. */
  readonly webhooks?: { readonly url: string; readonly secretFile: string } | undefined;
  readonly print: (text: string) => void;
  readonly paint: Paint;
}

/** `npm run stripe:catalogue`. Answers the exit code. @throws {CommandError} */
export async function runCatalogue(options: RunCatalogueOptions): Promise<number> {
  const { directory, environment, apply, yes, json, webhooks, print, paint } = options;
  const wanted = await readWanted(join(directory, environment.STRIPE_RULES_FILE || "stripe.json"));
  const { stripe, isLive } = await openAccount(environment);
  const live = await explained(readCatalogue(stripe, wanted));
  const plan = planCatalogue(wanted, live);
  const webhookPlan =
    webhooks === undefined ? NO_WEBHOOKS : planWebhooks(webhooks.url, await explained(readWebhooks(stripe)));
  if (plan.conflicts.length > 0) {
    throw new CommandError("STRIPE_CATALOGUE_CONFLICT", plan.conflicts.join("\n"));
  }
  const isDue = plan.changes.length + webhookPlan.changes.length > 0;
  if (!json) print(`${renderPlan(plan, webhookPlan, paint)}\n`);
  if (isDue && apply) {
    if (isLive && !yes && !(await confirmOnTerminal("Make this in the live account?"))) return EXIT_CHANGES;
    const say = (line: string, id: string): void => {
      if (!json) print(`made ${line} (${id})`);
    };
    await explained(applyCatalogue(stripe, plan.changes, live, (change, id) => say(renderChange(change, paint), id)));
    if (webhooks !== undefined) {
      const keep = (secret: string): Promise<void> => keepSecret(webhooks.secretFile, secret);
      for (const change of webhookPlan.changes) {
        say(renderWebhookChange(change, paint), await explained(applyWebhook(stripe, change, keep)));
      }
      if (!json && webhookPlan.changes.some(({ kind }) => kind === "create destination")) {
        print(`Signing secrets for STRIPE_WEBHOOK_SECRET, which Stripe does not tell again: ${webhooks.secretFile}\n`);
      }
    }
  }
  print(json ? renderJson(plan, webhookPlan, isDue && apply) : renderAdvice());
  return isDue && !apply ? EXIT_CHANGES : EXIT.success;
}

const explained = <T>(call: Promise<T>): Promise<T> =>
  call.catch((error: unknown) => {
    throw explainFailure(error);
  });

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
