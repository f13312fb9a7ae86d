import { type Authorize, type Authorizer, type AuthorizerOptions, createAuthorizer } from "./authorizer/authorizer.ts";
import { type Billing, createBilling } from "./authorizer/billing/billing.ts";
import type { BillingRules } from "./authorizer/billing/rules.ts";
import type { Sharing } from "./authorizer/billing/sharing.ts";
import type { BillingSource } from "./authorizer/billing/source.ts";
import type { FetchKeySet } from "./authorizer/keys/fetch-key-set.ts";
import { Problems } from "./authorizer/problems.ts";
import { createRefuse, type Refuse } from "./authorizer/refuse.ts";
import { planResourceMetadata, type ResourceMetadata } from "./authorizer/resource-metadata.ts";
import { findRouteScopes } from "./authorizer/routes/convention.ts";
import type { Route } from "./authorizer/routes/route.ts";
import type { AuthorizerSettings } from "./authorizer/settings.ts";
import { countAllowed } from "./metering/count-allowed.ts";
import { type Meter, type MeterOptions, openMeter } from "./metering/meter.ts";

export interface GatewayOptions extends AuthorizerSettings {
  /** stripe.json; without it nothing costs money. */
  readonly rules?: BillingRules | undefined;
  /** Who is asked about subscriptions; needed where a scope costs money. */
  readonly source?: BillingSource | undefined;
  /**
   * Where usage is counted; needed where a scope has a meter. `elsewhere`: another part counts these requests, and this one
   * does not.
   */
  readonly metering?: Omit<MeterOptions, "clock"> | "elsewhere" | undefined;
  /** Whether this gateway is told of each change at Stripe, by a receiver of webhooks that hears all of them. */
  readonly hearsChanges?: (() => boolean) | undefined;
  /** With whom to share what is known of subscriptions. */
  readonly sharing?: Sharing | undefined;
  /** Is told when reads of Stripe run short or fail. */
  readonly log?: ((line: string) => void) | undefined;
  readonly clock?: (() => number) | undefined;
  readonly steadyClock?: AuthorizerOptions["steadyClock"];
  readonly fetchKeySet?: FetchKeySet | undefined;
  readonly keyTimes?: AuthorizerOptions["keyTimes"];
}

export interface Gateway {
  /** Never rejects. What it allows has been counted. */
  readonly authorize: Authorize;
  readonly authorizer: Authorizer;
  /** For what stands around the decision, and refuses too. */
  readonly refuse: Refuse;
  readonly billing: Billing | undefined;
  readonly meter: Meter | undefined;
  /** What clients are told without a token; undefined where the API's identifier is not its address. */
  readonly metadata: ResourceMetadata | undefined;
  /** Sends what has been counted and gives the journal back, within 2 s. */
  close(): Promise<void>;
}

/**
 * The decision with its billing and metering, for an envelope to stand around.
 *
 * @throws {ConfigurationError} when requests would go unpaid or uncounted
 * @throws {MeteringLocked}
 */
export function openGateway(options: GatewayOptions): Gateway {
  const { rules, source, metering, log, clock, steadyClock = clock } = options;
  checkBilling(options);
  for (const scope of listUnneeded(options))
    log?.(`billing: ${scope} costs money, and no route needs it: is it what routes.yaml asks for?`);
  const billing =
    rules && source
      ? createBilling({
          rules,
          source,
          audience: options.audience,
          clock: steadyClock,
          hearsChanges: options.hearsChanges,
          sharing: options.sharing,
          log,
        })
      : undefined;
  const authorizer = createAuthorizer({ ...options, billing });
  const refuse = createRefuse(options.audience);
  const meter = typeof metering === "object" ? openMeter({ ...metering, ...(clock && { clock }) }) : undefined;
  return {
    authorize:
      meter === undefined ? authorizer.authorize : countAllowed({ authorize: authorizer.authorize, refuse, meter }),
    authorizer,
    refuse,
    billing,
    meter,
    metadata: planResourceMetadata({
      ...options,
      issuers: typeof options.issuer === "string" ? [options.issuer] : options.issuer,
      routes: options.routes,
      name: options.resourceName,
    }),
    close: async () => meter?.close(),
  };
}

function checkBilling({ rules, source, metering, routes = [] }: GatewayOptions): void {
  const problems = new Problems("The gateway");
  if (rules !== undefined && rules.paid.size > 0) {
    if (source === undefined) problems.add("Stripe", "scopes cost money, and there is no key to ask Stripe with");
    const isMetered = [...rules.paid.values()].some(({ usage }) => usage !== undefined);
    if (isMetered && metering === undefined)
      problems.add("metering", 'scopes have a meter: say where to count, or "elsewhere"');
  }
  for (const route of routes) {
    if (route.metered === true && !needsMeter(route, rules))
      problems.add(`${route.method.toUpperCase()} ${route.path}`, "is metered, and none of its scopes has a meter");
  }
  problems.throwIfAny();
}

/** A scope that is misspelt in stripe.json, so that its requests are free; or one of another server's that shares the file. */
function listUnneeded({ rules, routes, unlisted }: GatewayOptions): readonly string[] {
  // By convention any scope may be asked for.
  if (routes === undefined || unlisted === "convention") return [];
  const mayNeed = (scope: string): boolean => routes.some((route) => findRouteScopes(route)?.includes(scope) ?? true);
  return [...(rules?.paid.keys() ?? [])].filter((scope) => !mayNeed(scope));
}

const needsMeter = (route: Route, rules: BillingRules | undefined): boolean =>
  findRouteScopes(route)?.some((scope) => rules?.paid.get(scope)?.usage !== undefined) === true;
