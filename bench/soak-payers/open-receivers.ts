import type { ManagementClient } from "auth0";
import type Stripe from "stripe";
import type { Billing } from "../../gateways/authorizer/billing/billing.ts";
import type { BillingSource } from "../../gateways/authorizer/billing/source.ts";
import { createCustomers } from "../../gateways/user-events/customers.ts";
import { createReceiveUserEvent } from "../../gateways/user-events/receive-user-event.ts";
import { readEnvelope } from "../../gateways/user-events/user-event.ts";
import { createReceive } from "../../gateways/webhooks/receiver.ts";
import { createUsers } from "../../gateways/webhooks/users.ts";
import { readWebhookEvent } from "../../gateways/webhooks/webhook-event.ts";
import type { Random } from "../soak/random.ts";
import type { Judge } from "./judge.ts";
import type { Outages } from "./outages.ts";
import { createPost } from "./post.ts";
import type { Schedule } from "./schedule.ts";

export interface ReceiversOptions {
  readonly schedule: Schedule;
  readonly random: Random;
  readonly stripe: Stripe;
  readonly source: BillingSource;
  readonly billing: Billing;
  readonly management: Pick<ManagementClient, "users">;
  readonly judge: Judge;
  readonly outages: Outages;
  /** Answers Stripe's webhooks and does nothing. */
  readonly isDeaf: boolean;
  /** Resolves when Stripe has nothing more to tell. */
  readonly settled: () => Promise<void>;
}

const MINUTE = 60_000;
const log = (): void => {};

/** The receivers of Stripe's and Auth0's events, each behind a post that loses, doubles and delays. */
export function openReceivers(options: ReceiversOptions) {
  const { schedule, random, stripe, source, billing, management, judge, outages, isDeaf } = options;
  const receive = createReceive({
    stripe,
    source,
    billing,
    users: createUsers(management),
    meter: undefined,
    clock: schedule.now,
    log,
  });
  const receiveUser = createReceiveUserEvent({
    management,
    customers: createCustomers(stripe),
    onDeletion: "cancel",
    clock: schedule.now,
    // A search of the directory finds what was written at once.
    wait: async () => {},
    log,
  });
  const succeed = async (work: Promise<void>): Promise<boolean> => {
    const isDone = await work.then(
      () => true,
      () => false,
    );
    await options.settled();
    return isDone;
  };

  const hear = createPost({
    schedule,
    random,
    receive: async (payload) => isDeaf || succeed(receive(readWebhookEvent(JSON.parse(payload)))),
    onDone: (payload) => {
      const { customer } = JSON.parse(payload).data.object;
      if (customer !== undefined) judge.heard(customer);
    },
    blockedFor: () => outages.lastsFor,
    lost: () => (outages.losesWebhooks ? 1 : 0.03),
    // Stripe docs, "Webhooks": for three days, at growing distances.
    retryAfter: [1, 5, 30, 120, 300, 600, 600, 600].map((minutes) => minutes * MINUTE),
  });
  const hearAuth0 = createPost({
    schedule,
    random,
    receive: async (payload) => {
      const envelope = readEnvelope(JSON.parse(payload));
      return envelope?.kind !== "event" || succeed(receiveUser(envelope.event));
    },
    onDone: () => {},
    blockedFor: () => 0,
    // What has failed is kept at Auth0, to be redelivered: here by somebody who looks every hour.
    lost: () => 0,
    retryAfter: [1_000, 2_000, 4_000, ...Array.from({ length: 12 }, () => 60 * MINUTE)],
  });
  return { hear, tellAuth0: (event: object) => hearAuth0(JSON.stringify(event)) };
}
