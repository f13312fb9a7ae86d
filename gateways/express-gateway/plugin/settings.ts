import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigurationError, isRecord } from "../../authorizer/problems.ts";
import type { ApiGatewaySettings } from "../../open-api-gateway.ts";

/**
 * What `npm run gateways` wrote beside the plugin (settings.json, routes.json, stripe.json), and from the environment:
 * STRIPE_GATEWAY_KEY, STRIPE_API_URL, and METERING_DIRECTORY.
 *
 * @throws {ConfigurationError}
 */
export function readGatewaySettings(directory: string, environment: NodeJS.ProcessEnv): ApiGatewaySettings {
  const read = (name: string): Record<string, unknown> => {
    const value: unknown = JSON.parse(readFileSync(join(directory, name), "utf8"));
    if (!isRecord(value)) throw new ConfigurationError(name, ["expected an object"]);
    return value;
  };
  const { issuer, audience, jwksUrl, scopeClaim } = read("settings.json");
  const { routes } = read("routes.json");
  const { STRIPE_GATEWAY_KEY: secretKey, STRIPE_API_URL: url } = environment;
  return {
    issuer: String(issuer),
    audience: String(audience),
    jwksUrl: String(jwksUrl),
    scopeClaim: scopeClaim === "permissions" ? "permissions" : "scope",
    routes: Array.isArray(routes) ? routes : [],
    prices: read("stripe.json"),
    ...(secretKey && {
      stripe: { secretKey, url: url || undefined },
      metering: { directory: environment.METERING_DIRECTORY || join(directory, "../usage") },
    }),
  };
}
