import type { BillingRules } from "../authorizer/billing/rules.ts";
import { createFetchKeySet } from "../authorizer/keys/fetch-key-set.ts";
import type { AuthorizerSettings } from "../authorizer/settings.ts";
import { openStripe } from "../billing/stripe-client.ts";
import { createSendMeterEvent } from "../billing/stripe-meter-events.ts";
import { createStripeSource } from "../billing/stripe-source.ts";
import type { Durability } from "../metering/journal.ts";
import { openGateway } from "../open-gateway.ts";
import { openReceiver, type WebhookSettings } from "../webhooks/open-receiver.ts";
import { type ForwardAuthService, serveForwardAuth } from "./serve.ts";

export interface ServiceSettings {
  readonly settings: AuthorizerSettings;
  readonly rules: BillingRules;
  /** Undefined: nothing costs money. */
  readonly stripe: { readonly secretKey: string; readonly url: string | undefined } | undefined;
  /** Undefined: no webhooks are received. */
  readonly webhooks: WebhookSettings | undefined;
  readonly meteringDirectory: string;
  readonly durability: Durability;
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
}

export interface ServiceDependencies {
  /** For https to a tenant or a Stripe whose authority Node does not trust by itself; undefined: Node's own. */
  readonly fetch: typeof fetch | undefined;
  readonly log: (line: string) => void;
}

/**
 * The whole forward-auth service: the decision with its billing and metering, the receiver of webhooks, and the port that they
 * answer on. Keys are read before this resolves, and it is said when they cannot be.
 *
 * @throws {ConfigurationError} when requests would go unpaid or uncounted
 * @throws {MeteringLocked} METERING_LOCKED
 * @throws {MeteringDirectoryUnusable} METERING_DIRECTORY_UNUSABLE
 * @throws {NodeJS.ErrnoException} EADDRINUSE, EACCES: what Node says of the port
 */
export async function openForwardAuthService(
  { settings, rules, stripe, webhooks, meteringDirectory, durability, port, host }: ServiceSettings,
  { fetch: trustingFetch, log }: ServiceDependencies,
): Promise<ForwardAuthService> {
  // The authority is for a tenant and a Stripe on this machine: api.stripe.com is trusted as anywhere.
  const client = stripe && openStripe({ ...stripe, ...(isSecure(stripe.url) && { fetch: trustingFetch ?? fetch }) });
  const [issuer] = typeof settings.issuer === "string" ? [settings.issuer] : settings.issuer;
  const jwksUrl = settings.jwksUrl ?? `${issuer}.well-known/jwks.json`;
  const source = client && createStripeSource(client);
  const gateway = openGateway({
    ...settings,
    rules,
    source,
    log,
    // Of several processes one is sent the event, and the others hear nothing.
    hearsChanges: () => webhooks !== undefined && rules.processes === 1,
    metering: client && { directory: meteringDirectory, durability, log, send: createSendMeterEvent(client) },
    ...(trustingFetch !== undefined &&
      URL.canParse(jwksUrl) && { fetchKeySet: createFetchKeySet(new URL(jwksUrl), { fetch: trustingFetch }) }),
  });
  const { billing } = gateway;
  try {
    const service = await serveForwardAuth({
      gateway,
      port,
      host,
      extend: (app) => {
        if (webhooks && client && source && billing)
          openReceiver(app, { webhooks, stripe: client, source, billing, fetch: trustingFetch ?? fetch, log });
      },
    });
    if (!(await gateway.authorizer.keys.load()))
      log("authorizer: the issuer's keys cannot be read; requests get 503 until they can");
    return service;
  } catch (error) {
    await gateway.close();
    throw error;
  }
}

const isSecure = (url: string | undefined): boolean => url?.startsWith("https:") === true;
