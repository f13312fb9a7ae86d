import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseBillingRules } from "../../authorizer/billing/rules.ts";
import { ConfigurationError, isRecord } from "../../authorizer/problems.ts";
import { parseRoutes } from "../../authorizer/routes/route.ts";
import { openStripe } from "../../billing/stripe-client.ts";
import { createSendMeterEvent } from "../../billing/stripe-meter-events.ts";
import { createStripeSource } from "../../billing/stripe-source.ts";
import type { GatewayOptions } from "../../open-gateway.ts";

const log = (line: string): void => console.error(line);

/**
 * What `npm run gateways` wrote beside the plugin (settings.json, routes.json, stripe.json), and from the environment: STRIPE_GATEWAY_KEY, STRIPE_API_URL, and METERING_DIRECTORY.
 *
 * @throws {ConfigurationError}
 */
export function readGatewayOptions(directory: string, environment: NodeJS.ProcessEnv): GatewayOptions {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(directory, name), "utf8"));
  const settings = read("settings.json");
  if (!isRecord(settings)) throw new ConfigurationError("settings.json", ["expected an object"]);
  const { issuer, audience, jwksUrl, scopeClaim } = settings;
  const rules = parseBillingRules(read("stripe.json"), "stripe.json");
  const { STRIPE_GATEWAY_KEY: secretKey, STRIPE_API_URL: url } = environment;
  const stripe = secretKey ? openStripe({ secretKey, url: url || undefined }) : undefined;
  const isMetered = [...rules.paid.values()].some(({ usage }) => usage !== undefined);
  return {
    issuer: String(issuer),
    audience: String(audience),
    jwksUrl: String(jwksUrl),
    scopeClaim: scopeClaim === "permissions" ? "permissions" : "scope",
    routes: parseRoutes(read("routes.json"), "routes.json"),
    rules,
    source: stripe && createStripeSource(stripe),
    log,
    metering:
      stripe && isMetered
        ? {
            directory: environment.METERING_DIRECTORY || join(directory, "../usage"),
            send: createSendMeterEvent(stripe),
            log,
          }
        : undefined,
  };
}
