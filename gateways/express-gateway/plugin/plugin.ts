import { authorizeExpress } from "../../middleware/express.ts";
import { openApiGateway } from "../../open-api-gateway.ts";
import type { Gateway } from "../../open-gateway.ts";
import { createMeterPolicy } from "./meter-policy.ts";
import { type AuthorizerPolicy, createPolicy } from "./policy.ts";
import { readGatewaySettings } from "./settings.ts";

/** What an Express Gateway plugin exports (express-gateway.io/docs/plugins). */
interface PluginContext {
  registerPolicy(policy: {
    readonly name: string;
    readonly schema: { readonly $id: string; readonly type: "object" };
    readonly policy: () => AuthorizerPolicy;
  }): void;
}

const schema = (name: string) => ({ $id: `http://express-gateway.io/schemas/${name}.json`, type: "object" as const });

export const version = "1.2.0";
export const policies = ["auth0-authorizer", "auth0-meter"];
export { pluginSchema as schema };

const pluginSchema = schema("plugins/auth0-authorizer");

/** One decision for all pipelines: keys, subscriptions and the journal are shared. When it throws, the gateway cannot start. */
export function init(context: PluginContext): void {
  const gateway = openApiGateway(readGatewaySettings(import.meta.dirname, process.env));
  closeAtTheEnd(gateway);
  const register = (name: string, policy: AuthorizerPolicy): void =>
    context.registerPolicy({ name, schema: schema(`policies/${name}`), policy: () => policy });
  // Decides without counting, which the other one does once the rate limit has let the request through.
  register("auth0-authorizer", createPolicy(authorizeExpress({ ...gateway, meter: undefined })));
  register("auth0-meter", createMeterPolicy(gateway));
}

/** Express Gateway has no hook for it. What is not sent by then is kept for the next start. */
function closeAtTheEnd(gateway: Gateway): void {
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.once(signal, () => void gateway.close().finally(() => process.exit(0)));
}
