import { authorizeExpress } from "../../middleware/express.ts";
import { type Gateway, openGateway } from "../../open-gateway.ts";
import { type AuthorizerPolicy, createPolicy } from "./policy.ts";
import { readGatewayOptions } from "./settings.ts";

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
export const policies = ["auth0-authorizer"];
export { pluginSchema as schema };

const pluginSchema = schema("plugins/auth0-authorizer");

/** One decision for all pipelines: keys, subscriptions and the journal are shared. When it throws, the gateway can not start. */
export function init(context: PluginContext): void {
  const gateway = openGateway(readGatewayOptions(import.meta.dirname, process.env));
  closeAtTheEnd(gateway);
  const policy = createPolicy(authorizeExpress(gateway.authorize));
  context.registerPolicy({
    name: "auth0-authorizer",
    schema: schema("policies/auth0-authorizer"),
    policy: () => policy,
  });
}

/** Express Gateway has no hook for it. What is not sent by then is kept for the next start. */
function closeAtTheEnd(gateway: Gateway): void {
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.once(signal, () => void gateway.close().finally(() => process.exit(0)));
}
