import type { BillingRules } from "../authorizer/billing/rules.ts";
import { createFetchKeySet } from "../authorizer/keys/fetch-key-set.ts";
import type { AuthorizerSettings } from "../authorizer/settings.ts";
import { openStripe } from "../billing/stripe-client.ts";
import { createSendMeterEvent } from "../billing/stripe-meter-events.ts";
import { createStripeSource } from "../billing/stripe-source.ts";
import type { Durability } from "../metering/journal.ts";
import { type Gateway, openGateway } from "../open-gateway.ts";
import { openRedis, type Redis } from "../redis/open-redis.ts";
import { openUserEvents, type UserEventsSettings } from "../user-events/open-user-events.ts";
import { openReceiver, type WebhookSettings } from "../webhooks/open-receiver.ts";
import { mountPages } from "./mount-pages.ts";
import type { PagesSettings } from "./read-pages.ts";
import { type ForwardAuthService, serveForwardAuth } from "./serve.ts";

export interface ServiceSettings {
  readonly settings: AuthorizerSettings;
  readonly rules: BillingRules;
  /** Undefined: nothing costs money. */
  readonly stripe: { readonly secretKey: string; readonly url: string | undefined } | undefined;
  /** Undefined: no webhooks are received. */
  readonly webhooks: WebhookSettings | undefined;
  readonly pages: PagesSettings;
  /** Undefined: no events of users are received. */
  readonly userEvents: UserEventsSettings | undefined;
  /** Address of a Redis or Valkey that the nodes share; undefined: each goes by itself. */
  readonly redisUrl: string | undefined;
  readonly meteringDirectory: string;
  readonly durability: Durability;
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
}

export interface OpenService extends ForwardAuthService {
  /** For an API in the same process, which is billed with the rest. */
  readonly gateway: Gateway;
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
  service: ServiceSettings,
  dependencies: ServiceDependencies,
): Promise<OpenService> {
  const { stripe, redisUrl, rules } = service;
  const redis =
    stripe && redisUrl !== undefined
      ? await openRedis({ url: redisUrl, secretKey: stripe.secretKey, rules, log: dependencies.log })
      : undefined;
  try {
    const opened = await openWith(redis, service, dependencies);
    return {
      ...opened,
      async stop() {
        await opened.stop();
        redis?.close();
      },
    };
  } catch (error) {
    redis?.close();
    throw error;
  }
}

async function openWith(
  redis: Redis | undefined,
  { settings, rules, stripe, webhooks, pages, userEvents, meteringDirectory, durability, port, host }: ServiceSettings,
  { fetch: trustingFetch, log }: ServiceDependencies,
): Promise<OpenService> {
  // The authority is for a tenant and a Stripe on this machine: api.stripe.com is trusted as anywhere.
  const stripeFetch = isSecure(stripe?.url) ? (trustingFetch ?? fetch) : undefined;
  const client = stripe && openStripe({ ...stripe, fetch: stripeFetch });
  const [issuer] = typeof settings.issuer === "string" ? [settings.issuer] : settings.issuer;
  const jwksUrl = settings.jwksUrl ?? `${issuer}.well-known/jwks.json`;
  const source = client && createStripeSource(client);
  const gateway = openGateway({
    ...settings,
    rules,
    source,
    log,
    sharing: redis?.sharing,
    // Of several processes one is sent the event, and the others hear of it only if they share.
    hearsChanges: () => webhooks !== undefined && (redis === undefined ? rules.processes === 1 : redis.sharing.isUp),
    metering: client && { directory: meteringDirectory, durability, log, send: createSendMeterEvent(client) },
    ...(trustingFetch !== undefined &&
      URL.canParse(jwksUrl) && { fetchKeySet: createFetchKeySet(new URL(jwksUrl), { fetch: trustingFetch }) }),
  });
  const { billing } = gateway;
  try {
    if (billing) await redis?.share(billing.ration);
    if (webhooks && redis === undefined && rules.processes > 1)
      log(
        "webhooks: of several authorizers the one that is sent an event hears of it; GATEWAY_REDIS_URL lets all of them know",
      );
    const service = await serveForwardAuth({
      gateway,
      port,
      host,
      extend: (app) => {
        if (webhooks && client && source && billing)
          openReceiver(app, {
            webhooks,
            stripe: client,
            source,
            billing,
            meter: gateway.meter,
            fetch: trustingFetch ?? fetch,
            log,
          });
        if (userEvents) openUserEvents(app, userEvents, { fetch: trustingFetch, log });
        mountPages(app, pages, { gateway, fetch: trustingFetch ?? fetch, stripeFetch, log });
      },
    });
    if (!(await gateway.authorizer.keys.load()))
      log("authorizer: the issuer's keys cannot be read; requests get 503 until they can");
    return { ...service, gateway };
  } catch (error) {
    await gateway.close();
    throw error;
  }
}

const isSecure = (url: string | undefined): boolean => url?.startsWith("https:") === true;
