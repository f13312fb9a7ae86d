import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type Stripe from "stripe";
import { createMovableClock, type MovableClock } from "../../local/clock.ts";
import { ensureHostsAuthority } from "../../local/http/certificate-authority.ts";
import { mapHosts } from "../../local/network/map-hosts.ts";
import { type CustomerRecord, isLive } from "../../local/stripe/resources/customer-record.ts";
import { type ListeningStripe, type ListenOptions, startLocalStripe } from "../../local/stripe/start.ts";
import { ACTION_PERMISSIONS } from "../../scripts/stripe/restricted-keys.ts";
import { NOW } from "./actions/event.ts";

export interface MappedStripe {
  readonly local: ListeningStripe;
  readonly clock: MovableClock;
  /** A restricted key that may write customers, which is all that the Action needs. */
  readonly secretKey: string;
  live(): Stripe.Customer[];
  /** Puts a customer there that was made some other way; returns its id. */
  seed(customer: Partial<Stripe.Customer>): string;
  /** Requests since the last call, as `GET /v1/customers`. */
  takeRequests(): string[];
  close(): Promise<void>;
}

/** A local Stripe as api.stripe.com over TLS, for all clients of this process; every other host is refused. */
export async function startMappedStripe(options: Pick<ListenOptions, "pause"> = {}): Promise<MappedStripe> {
  const directory = mkdtempSync(join(tmpdir(), "mapped-stripe-"));
  const authority = await ensureHostsAuthority(directory);
  const tls = await authority.issue("stripe", ["api.stripe.com"]);
  rmSync(directory, { recursive: true });

  const clock = createMovableClock(() => NOW);
  const local = await startLocalStripe({ ...options, clock: clock.now, tls });
  const restore = mapHosts(
    { "api.stripe.com": { host: "127.0.0.1", port: local.port, ca: authority.ca } },
    { refuseOthers: true },
  );
  let seeded = 0;
  return {
    local,
    clock,
    secretKey: local.keys.create(ACTION_PERMISSIONS).secret,
    live: () => local.customers.filter(isLive).filter(isLive),
    seed(customer) {
      seeded += 1;
      const id = `cus_seeded${seeded}`;
      local.customers.set(id, {
        id,
        object: "customer",
        created: Math.floor(clock.now() / 1000),
        metadata: {},
        ...customer,
      } as CustomerRecord);
      return id;
    },
    takeRequests() {
      const requests = local.log.entries().map(({ method, route }) => `${method} ${route}`);
      local.log.clear();
      return requests;
    },
    async close() {
      restore();
      await local.close();
    },
  };
}
