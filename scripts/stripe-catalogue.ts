import { resolve } from "node:path";
import type { Invocation } from "./commands.ts";
import { runCatalogue } from "./stripe-catalogue/run-catalogue.ts";
import { readWebhookAddress } from "./stripe-catalogue/webhooks/webhook-address.ts";
import { readEnvironment } from "./tenant/read-environment.ts";
import { createPaint } from "./terminal/paint.ts";

export async function run({ options, directory, processEnv }: Invocation<"stripe:catalogue">): Promise<number> {
  return runCatalogue({
    directory,
    environment: await readEnvironment({ directory, name: options.env, processEnv }),
    apply: options.apply,
    yes: options.yes,
    json: options.json,
    webhooks:
      options.webhooks === undefined
        ? undefined
        : {
            url: readWebhookAddress(options.webhooks),
            secretFile: resolve(directory, ".local/stripe-webhook-secrets", options.env ?? "default"),
          },
    print: (text) => console.log(text),
    paint: createPaint(process.stdout),
  });
}
