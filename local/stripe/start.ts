import { setTimeout as wait } from "node:timers/promises";
import type Stripe from "stripe";
import { type Clock, createMovableClock, systemClock } from "../clock.ts";
import type { TlsCertificate } from "../http/certificate-authority.ts";
import { listen } from "../http/listen.ts";
import { type Collection, openJournal } from "../state/journal.ts";
import { type Account, openAccount } from "./account.ts";
import { API_VERSION, createApp } from "./app.ts";
import { createControl } from "./control.ts";
import { deliverInProcess, deliverOverSocket } from "./deliver.ts";
import { createFaults, type Faults } from "./faults.ts";
import { createIdempotency } from "./idempotency.ts";
import { createId } from "./ids.ts";
import { type ApiKey, type ApiKeys, createApiKeys } from "./keys.ts";
import type { Operation } from "./operation.ts";
import type { Pause, Services } from "./perform.ts";
import { createRateLimits, type RateLimitSettings, type RateLimits } from "./rate-limits.ts";
import { createRequestLog, type RequestLog } from "./request-log.ts";
import { openCheckouts } from "./resources/checkout-store.ts";
import { type CustomerRecord, customerCollection } from "./resources/customer-record.ts";
import { createExpand } from "./resources/expand.ts";
import { openMeterErrors } from "./resources/meter-errors.ts";
import { type MeterEventRecord, meterCollection, meterEventCollection } from "./resources/meter-record.ts";
import { openSubscriptions, type SubscriptionStore } from "./resources/subscription-store.ts";
import { resources } from "./resources/table.ts";
import { createDeliveries, type Deliveries, type DeliverySettings } from "./webhooks/deliveries.ts";
import { destinationCollection } from "./webhooks/destination-record.ts";
import { endpointCollection } from "./webhooks/endpoint-record.ts";
import { createPublisher } from "./webhooks/publish.ts";

export interface LocalStripeOptions {
  /** Idempotency keys, `created` and the delay of search follow it. */
  readonly clock?: Clock;
  /** Keeps objects, API keys and idempotency keys; without it they are gone when the process ends. */
  readonly stateFile?: string;
  /** API keys to accept. Without any, and none kept, four are made: for the Actions, for gateways, for the billing portal, for everything. */
  readonly keys?: readonly ApiKey[];
  readonly rateLimits?: RateLimitSettings;
  readonly webhooks?: Partial<DeliverySettings>;
  /** How the faults `delay` and `busy` wait: by a timer, without one. */
  readonly pause?: Pause;
  /** Where its hosted pages are; a server that listens knows it itself. */
  readonly origin?: string;
}

export interface LocalStripe {
  readonly accountId: string;
  readonly keys: ApiKeys;
  readonly faults: Faults;
  readonly rateLimits: RateLimits;
  readonly log: RequestLog;
  readonly subscriptions: SubscriptionStore;
  readonly webhooks: Deliveries;
  /** What the account holds, deleted ones included, oldest first. */
  readonly customers: Collection<CustomerRecord>;
  readonly meters: Collection<Stripe.Billing.Meter>;
  /** Usage as it came, the oldest first. */
  readonly meterEvents: Collection<MeterEventRecord>;
  /** The account's time. */
  readonly clock: Clock;
  /** Moves it forward, by milliseconds, and lets happen what that brings. */
  advance(milliseconds: number): void;
  /** Answers without a socket. */
  readonly fetch: (request: Request) => Promise<Response>;
  close(): Promise<void>;
}

export interface ListeningStripe extends LocalStripe {
  readonly port: number;
  /** `https://localhost:4242`: no trailing slash. */
  readonly url: string;
}

export interface ListenOptions extends LocalStripeOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Without one it speaks plain HTTP. */
  readonly tls?: TlsCertificate | undefined;
  /** With one it speaks plain HTTP too, on the same port. */
  readonly alsoPlain?: boolean;
  /** By name: what is shown instead to whoever asks for the name. */
  readonly names?: Readonly<Record<string, TlsCertificate>> | undefined;
}

interface Parts {
  readonly services: Services;
  readonly control: ReturnType<typeof createControl>;
  readonly operations: readonly Operation[];
  readonly local: LocalStripe;
  readonly setOrigin: (origin: string) => void;
}

function createParts({ stateFile, keys = [], rateLimits, ...options }: LocalStripeOptions): Parts {
  const journal = openJournal(stateFile);
  const movable = createMovableClock(options.clock ?? systemClock);
  const clock = movable.now;
  const webhooks = createDeliveries({ clock, settings: options.webhooks });
  const publisher = createPublisher({
    endpoints: endpointCollection(journal),
    destinations: destinationCollection(journal),
    send: webhooks.send,
    clock,
    apiVersion: API_VERSION,
  });
  let origin = options.origin ?? "http://localhost";
  const account: Account = openAccount({
    journal,
    clock,
    publish: publisher.publish,
    publisher,
    readOrigin: () => origin,
  });
  const subscriptions = openSubscriptions(account);
  const meterErrors = openMeterErrors(account);
  const checkouts = openCheckouts(account);
  const apiKeys = createApiKeys(journal.collection("api-keys"));
  for (const key of keys) apiKeys.add(key);
  if (apiKeys.all().length === 0) makeKeys(apiKeys);

  const services: Services = {
    account,
    keys: apiKeys,
    idempotency: createIdempotency(journal.collection("idempotency"), clock),
    rateLimits: createRateLimits(clock, rateLimits),
    faults: createFaults(),
    expand: createExpand(account),
    catchUp() {
      subscriptions.catchUp();
      checkouts.catchUp();
      meterErrors.catchUp();
    },
    pause: options.pause ?? pauseUnheld,
  };
  const operations = resources.flatMap((createResource) => createResource(account));
  const log = createRequestLog();
  const control = createControl({ services, log, subscriptions, webhooks, advance: movable.advance });
  const app = createApp(services, operations, log, control, deliverInProcess);
  const open = new Set<Request>();
  // Hono would turn a thrown reset into a 500.
  app.onError((error) => {
    throw error;
  });
  return {
    services,
    control,
    operations,
    setOrigin: (listening) => {
      origin = listening;
    },
    local: {
      accountId: account.id,
      keys: apiKeys,
      faults: services.faults,
      rateLimits: services.rateLimits,
      log,
      subscriptions,
      webhooks,
      customers: customerCollection(journal),
      meters: meterCollection(journal),
      meterEvents: meterEventCollection(journal),
      clock,
      advance(milliseconds) {
        movable.advance(milliseconds);
        services.catchUp();
      },
      async fetch(request) {
        // A request that nobody holds is collected, and its signal with it: what hangs would hang on after an abort.
        open.add(request);
        try {
          return await app.fetch(request);
        } finally {
          open.delete(request);
        }
      },
      async close() {
        webhooks.close();
        journal.close();
      },
    },
  };
}

/** Without holding the process open: a server that closes does not wait for its faults. */
const pauseUnheld: Pause = (ms) => wait(ms, undefined, { ref: false });

/** The Actions' first, because some take the first; then the gateways', the billing portal's, and one that may do everything. */
function makeKeys(keys: ApiKeys): void {
  keys.create(["rak_customer_write", "rak_subscription_read", "rak_product_read"]);
  keys.create([
    "rak_customer_read",
    "rak_subscription_read",
    "rak_product_read",
    "rak_billing_meter_event_write",
    "rak_event_read",
  ]);
  keys.create([
    "rak_customer_write",
    "rak_subscription_read",
    "rak_product_read",
    "rak_plan_read",
    "rak_checkout_session_write",
    "rak_customer_portal_write",
    "rak_billing_meter_event_read",
  ]);
  keys.add({ secret: createId("sk_test", 32) });
}

/** A Stripe account in this process. */
export function createLocalStripe(options: LocalStripeOptions = {}): LocalStripe {
  return createParts(options).local;
}

/** A Stripe account that listens on the loopback interface. */
export async function startLocalStripe(options: ListenOptions = {}): Promise<ListeningStripe> {
  const { services, control, operations, local, setOrigin } = createParts(options);
  const app = createApp(services, operations, local.log, control, deliverOverSocket);
  // So that what ends by itself is told about without anybody asking.
  const passing = setInterval(services.catchUp, 1000);
  passing.unref();
  const { port = 0, tls, names, alsoPlain } = options;
  const listener = await listen(app, { port, tls, names, alsoPlain });
  setOrigin(options.origin ?? listener.origin);
  return {
    ...local,
    port: listener.port,
    url: listener.origin,
    async close() {
      clearInterval(passing);
      await listener.close();
      await local.close();
    },
  };
}
