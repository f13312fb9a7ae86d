import { type Clock, systemClock } from "../clock.ts";
import type { TlsCertificate } from "../http/certificate-authority.ts";
import { listen } from "../http/listen.ts";
import { type Collection, openJournal } from "../state/journal.ts";
import { type Account, openAccount } from "./account.ts";
import { createApp } from "./app.ts";
import { deliverInProcess, deliverOverSocket } from "./deliver.ts";
import { createFaults, type Faults } from "./faults.ts";
import { createIdempotency } from "./idempotency.ts";
import { type ApiKey, type ApiKeys, createApiKeys } from "./keys.ts";
import type { Operation } from "./operation.ts";
import type { Services } from "./perform.ts";
import { createRateLimits, type RateLimitSettings, type RateLimits } from "./rate-limits.ts";
import { createRequestLog, type RequestLog } from "./request-log.ts";
import { type CustomerRecord, customerCollection } from "./resources/customer-record.ts";
import { resources } from "./resources/table.ts";

export interface LocalStripeOptions {
  /** Idempotency keys, `created` and the delay of search follow it. */
  readonly clock?: Clock;
  /** Keeps objects, API keys and idempotency keys; without it they are gone when the process ends. */
  readonly stateFile?: string;
  /** API keys to accept. Without any, and none kept, one restricted key that may write customers is made. */
  readonly keys?: readonly ApiKey[];
  readonly rateLimits?: RateLimitSettings;
}

export interface LocalStripe {
  readonly accountId: string;
  readonly keys: ApiKeys;
  readonly faults: Faults;
  readonly rateLimits: RateLimits;
  readonly log: RequestLog;
  /** What the account holds, deleted ones included, oldest first. */
  readonly customers: Collection<CustomerRecord>;
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
}

interface Parts {
  readonly services: Services;
  readonly operations: readonly Operation[];
  readonly local: LocalStripe;
}

function createParts({ clock = systemClock, stateFile, keys = [], rateLimits }: LocalStripeOptions): Parts {
  const journal = openJournal(stateFile);
  const account: Account = openAccount(journal, clock);
  const apiKeys = createApiKeys(journal.collection("api-keys"));
  for (const key of keys) apiKeys.add(key);
  if (apiKeys.all().length === 0) apiKeys.create(["rak_customer_write"]);

  const services: Services = {
    account,
    keys: apiKeys,
    idempotency: createIdempotency(journal.collection("idempotency"), clock),
    rateLimits: createRateLimits(clock, rateLimits),
    faults: createFaults(),
  };
  const operations = resources.flatMap((createResource) => createResource(account));
  const log = createRequestLog();
  const app = createApp(services, operations, log, deliverInProcess);
  const open = new Set<Request>();
  // Hono would turn a thrown reset into a 500.
  app.onError((error) => {
    throw error;
  });
  return {
    services,
    operations,
    local: {
      accountId: account.id,
      keys: apiKeys,
      faults: services.faults,
      rateLimits: services.rateLimits,
      log,
      customers: customerCollection(journal),
      async fetch(request) {
        // A request that nobody holds is collected, and its signal with it: what hangs would hang on after an abort.
        open.add(request);
        try {
          return await app.fetch(request);
        } finally {
          open.delete(request);
        }
      },
      close: async () => journal.close(),
    },
  };
}

/** A Stripe account in this process. */
export function createLocalStripe(options: LocalStripeOptions = {}): LocalStripe {
  return createParts(options).local;
}

/** A Stripe account that listens on the loopback interface. */
export async function startLocalStripe(options: ListenOptions = {}): Promise<ListeningStripe> {
  const { services, operations, local } = createParts(options);
  const app = createApp(services, operations, local.log, deliverOverSocket);
  const listener = await listen(app, { port: options.port ?? 0, tls: options.tls });
  return {
    ...local,
    port: listener.port,
    url: listener.origin,
    async close() {
      await listener.close();
      await local.close();
    },
  };
}
