import { setTimeout as wait } from "node:timers/promises";
import type { Hono } from "hono";
import type Stripe from "stripe";
import { type Clock, createMovableClock, systemClock } from "../clock.ts";
import { type Collection, openJournal } from "../state/journal.ts";
import { type Account, openAccount } from "./account.ts";
import { API_VERSION, createApp, type Deliver } from "./app.ts";
import { createControl } from "./control.ts";
import { deliverInProcess } from "./deliver.ts";
import { createFaults, type Faults } from "./faults.ts";
import { createIdempotency } from "./idempotency.ts";
import { createId } from "./ids.ts";
import { type ApiKey, type ApiKeys, createApiKeys, type Permission } from "./keys.ts";
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
  /** API keys to accept. Without any, and none kept, one is made that may do everything. */
  readonly keys?: readonly ApiKey[];
  /** What restricted keys may do that are made with that one, before it. */
  readonly restrictedKeys?: readonly (readonly Permission[])[];
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

/** An account with all that its calls need, served in this process, over a socket, or both ways. */
interface Parts {
  readonly local: LocalStripe;
  /** Lets happen what the time has brought. */
  readonly catchUp: () => void;
  readonly createApp: (deliver: Deliver) => Hono;
  readonly setOrigin: (origin: string) => void;
}

export function openParts({ stateFile, clock: given = systemClock, ...options }: LocalStripeOptions): Parts {
  const journal = openJournal(stateFile);
  const movable = createMovableClock(given);
  const webhooks = createDeliveries({ clock: movable.now, settings: options.webhooks });
  let origin = options.origin ?? "http://localhost";
  const account = openAccountThatTells(webhooks, { journal, clock: movable.now, readOrigin: () => origin });
  const subscriptions = openSubscriptions(account);
  const services = openServices(account, subscriptions, options);
  const log = createRequestLog();
  const control = createControl({ services, log, subscriptions, webhooks, advance: movable.advance });
  const operations = resources.flatMap((createResource) => createResource(account));
  const createAppOver = (deliver: Deliver): Hono => createApp(services, operations, log, control, deliver);
  return {
    catchUp: services.catchUp,
    createApp: createAppOver,
    setOrigin: (listening) => {
      origin = listening;
    },
    local: {
      accountId: account.id,
      keys: services.keys,
      faults: services.faults,
      rateLimits: services.rateLimits,
      log,
      subscriptions,
      webhooks,
      customers: customerCollection(journal),
      meters: meterCollection(journal),
      meterEvents: meterEventCollection(journal),
      clock: movable.now,
      advance(milliseconds) {
        movable.advance(milliseconds);
        services.catchUp();
      },
      fetch: createFetch(createAppOver(deliverInProcess)),
      async close() {
        webhooks.close();
        journal.close();
      },
    },
  };
}

/** A Stripe account in this process. */
export function createLocalStripe(options: LocalStripeOptions = {}): LocalStripe {
  return openParts(options).local;
}

function openAccountThatTells(
  { send }: Deliveries,
  { journal, clock, readOrigin }: Pick<Account, "journal" | "clock" | "readOrigin">,
): Account {
  const publisher = createPublisher({
    endpoints: endpointCollection(journal),
    destinations: destinationCollection(journal),
    send,
    clock,
    apiVersion: API_VERSION,
  });
  return openAccount({ journal, clock, publish: publisher.publish, publisher, readOrigin });
}

function openServices(
  account: Account,
  subscriptions: SubscriptionStore,
  { keys = [], restrictedKeys = [], rateLimits, pause = pauseUnheld }: LocalStripeOptions,
): Services {
  const { journal, clock } = account;
  const apiKeys = createApiKeys(journal.collection("api-keys"));
  for (const key of keys) apiKeys.add(key);
  if (apiKeys.all().length === 0) {
    for (const permissions of restrictedKeys) apiKeys.create(permissions);
    apiKeys.add({ secret: createId("sk_test", 32) });
  }
  const checkouts = openCheckouts(account);
  const meterErrors = openMeterErrors(account);
  return {
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
    pause,
  };
}

/** Without holding the process open: a server that closes does not wait for its faults. */
const pauseUnheld: Pause = (ms) => wait(ms, undefined, { ref: false });

function createFetch(app: Hono): LocalStripe["fetch"] {
  const open = new Set<Request>();
  // Hono would turn a thrown reset into a 500.
  app.onError((error) => {
    throw error;
  });
  return async (request) => {
    // A request that nobody holds is collected, and its signal with it: what hangs would hang on after an abort.
    open.add(request);
    try {
      return await app.fetch(request);
    } finally {
      open.delete(request);
    }
  };
}
