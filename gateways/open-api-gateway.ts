import { parseBillingRules } from "./authorizer/billing/rules.ts";
import { parseRoutes } from "./authorizer/routes/route.ts";
import type { AuthorizerSettings } from "./authorizer/settings.ts";
import { openStripe, type StripeAccess } from "./billing/stripe-client.ts";
import { createSendMeterEvent } from "./billing/stripe-meter-events.ts";
import { createStripeSource } from "./billing/stripe-source.ts";
import type { Durability } from "./metering/journal.ts";
import { type Gateway, openGateway } from "./open-gateway.ts";

export interface ApiGatewaySettings extends Omit<AuthorizerSettings, "routes"> {
  /** As in routes.yaml: `{ method, path, scope?, public?, metered? }`. Without routes each path has its scope by convention. */
  readonly routes?: readonly object[] | undefined;
  /** What stripe.json holds. Without it nothing costs money. */
  readonly prices?: unknown;
  /** Needed where a scope costs money. */
  readonly stripe?: StripeAccess | undefined;
  /**
   * Where usage is kept until it is sent: a directory of this process's own, on a disk that outlasts it. `elsewhere`: another part
   * counts these requests. Needed where a scope has a meter.
   */
  readonly metering?: { readonly directory: string; readonly durability?: Durability } | "elsewhere" | undefined;
  /** One line for an operator; `console.error` without it. */
  readonly log?: ((line: string) => void) | undefined;
}

/**
 * The decision with its billing and metering at Stripe, from plain settings.
 *
 * @throws {ConfigurationError} naming all that is wrong in them, or would let requests go unpaid or uncounted
 * @throws {MeteringLocked | MeteringDirectoryUnusable}
 */
export function openApiGateway({ routes, prices, stripe, metering, ...settings }: ApiGatewaySettings): Gateway {
  const { log = (line: string) => console.error(line) } = settings;
  const rules = parseBillingRules(prices ?? { scopes: [] }, "prices");
  const isMetered = [...rules.paid.values()].some(({ usage }) => usage !== undefined);
  const client = stripe && openStripe(stripe);
  const send = client && createSendMeterEvent(client);
  // A directory is taken only where something is counted in it.
  const own = typeof metering === "object" && send && isMetered ? { ...metering, send, log } : undefined;
  return openGateway({
    ...settings,
    log,
    rules,
    routes: routes && parseRoutes({ routes }, "routes"),
    source: client && createStripeSource(client),
    metering: metering === "elsewhere" ? metering : own,
  });
}
