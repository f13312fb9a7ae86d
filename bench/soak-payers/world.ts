import Stripe from "stripe";
import { createBilling } from "../../gateways/authorizer/billing/billing.ts";
import { parseBillingRules } from "../../gateways/authorizer/billing/rules.ts";
import { openStripe } from "../../gateways/billing/stripe-client.ts";
import { createStripeSource } from "../../gateways/billing/stripe-source.ts";
import { EVENT_TYPES } from "../../gateways/webhooks/webhook-event.ts";
import { createMovableClock } from "../../local/clock.ts";
import { createLocalStripe } from "../../local/stripe/local-stripe.ts";
import { API_IDENTIFIER } from "../../test/support/actions/event.ts";
import { sell } from "../../test/support/stripe-catalogue.ts";
import { carryTo } from "../soak/network.ts";
import { createRandom } from "../soak/random.ts";
import { createDeeds } from "./deeds.ts";
import { createDirectory } from "./directory.ts";
import { createJudge, type Findings } from "./judge.ts";
import { createLedger } from "./ledger.ts";
import { live } from "./life.ts";
import { createLogIn } from "./log-in.ts";
import { openDesk } from "./open-desk.ts";
import { openReceivers } from "./open-receivers.ts";
import { planOutages } from "./outages.ts";
import { createSchedule } from "./schedule.ts";

export interface WorldOptions {
  readonly seed: number;
  readonly people: number;
  /** When a customer is made: a setting of sync-stripe-customer. */
  readonly customer: "login" | "checkout";
  /** Wrong on purpose: Stripe's webhooks are answered 2xx, and nothing is done. */
  readonly isDeaf?: boolean;
  /** Is told who was answered wrongly. */
  readonly onWrong?: (line: string) => void;
}

const SCOPE = "get:reports";
const DAY = 24 * 60 * 60_000;
const RECEIVER = "127.0.0.1";

/** Lets people live for two weeks, with a tenant, a Stripe account that fails for an hour now and then, and one authorizer. */
export async function runWorld({
  seed,
  people,
  customer,
  isDeaf = false,
  onWrong = () => {},
}: WorldOptions): Promise<Findings> {
  const random = createRandom(seed);
  const clock = createMovableClock(() => Date.parse("2026-11-20T12:00:00.000Z"));
  const { now } = clock;
  const schedule = createSchedule(clock);
  const local = createLocalStripe({ clock: now });
  const secretKey = local.keys.all().at(-1)?.secret ?? "";
  let onEnd = (): void => {};
  const { faults } = local;
  const outages = planOutages({ schedule, faults, random, count: 4, within: 12 * DAY, onEnd: () => onEnd() });
  const ledger = createLedger(now);
  const judge = createJudge({ ledger, now, wellSince: () => outages.wellSince, onWrong });

  let hear = (_payload: string): void => {};
  const network = carryTo(
    async (request) => {
      if (new URL(request.url).hostname !== RECEIVER) return local.fetch(request);
      const payload = await request.text();
      const { type, data } = JSON.parse(payload);
      if (type === "customer.subscription.deleted") ledger.end(data.object.id);
      hear(payload);
      return new Response("{}");
    },
    () => {},
  );
  try {
    const stripe = new Stripe(secretKey, { httpClient: Stripe.createFetchHttpClient(), maxNetworkRetries: 0 });
    const { price } = await sell(stripe, SCOPE);
    // Others are not acted on, and would count as heard.
    await stripe.webhookEndpoints.create({ url: `http://${RECEIVER}/`, enabled_events: [...EVENT_TYPES] });
    const gatewayStripe = openStripe({ secretKey });
    const source = createStripeSource(gatewayStripe);
    const billing = createBilling({
      rules: parseBillingRules({ scopes: [{ scope: SCOPE }] }),
      source,
      audience: API_IDENTIFIER,
      clock: now,
      hearsChanges: () => true,
    });
    let tellAuth0 = (_event: object): void => {};
    const directory = createDirectory(now, (event) => tellAuth0(event));
    const { management } = directory;
    ({ hear, tellAuth0 } = openReceivers({
      schedule,
      random,
      stripe: gatewayStripe,
      source,
      billing,
      management,
      judge,
      outages,
      isDeaf,
      settled: local.webhooks.settled,
    }));
    const secrets = { STRIPE_SECRET_KEY: secretKey, STRIPE_SYNC_SINCE: "2026-11-01", STRIPE_CUSTOMER: customer };
    const isDown = () => outages.wellSince === undefined;
    const deeds = createDeeds({
      directory,
      ledger,
      judge,
      logIn: createLogIn({ secrets, scope: SCOPE, now, isDown }),
      billing,
      desk: openDesk({ stripe: gatewayStripe, management, billing, secrets, now }),
      stripe,
      sold: { scope: SCOPE, price },
      now,
      outages,
    });
    // Then nobody who pays is refused any more.
    onEnd = () =>
      schedule.after(61_000, async () => {
        for (const user of directory.all()) await deeds.call(user);
      });
    for (let person = 0; person < people; person += 1) schedule.live(live(person, random, deeds));
    await schedule.run();
    return judge.findings;
  } finally {
    network.close();
    await local.close();
  }
}
