import type { RefusalCode, Usage } from "../decision.ts";
import { createSteadyClock } from "../steady-clock.ts";
import type { Claims } from "../token/claims.ts";
import { createHearing } from "./hearing.ts";
import { createKnowledge } from "./knowledge.ts";
import { findPayer } from "./payer.ts";
import { createReadRation, type ReadRation } from "./read-ration.ts";
import type { BillingRules, PaidScope } from "./rules.ts";
import { createSayFailed } from "./say-failed.ts";
import { createSayShort } from "./say-short.ts";
import type { Begun, Sharing } from "./sharing.ts";
import type { BillingSource, Products, Subscription } from "./source.ts";
import { createSubscribers } from "./subscribers.ts";

type Charge =
  | { readonly kind: "paid"; readonly customer: string | undefined; readonly usage: Usage | undefined }
  | {
      readonly kind: "refused";
      readonly code: Extract<RefusalCode, `customer_${string}` | `subscription_${string}` | "billing_unavailable">;
    };

interface ChargeRequest {
  readonly claims: Claims;
  /** What the request needs; only the paid ones matter. */
  readonly scopes: readonly string[];
  /** The route's word on whether its requests count towards the meter. */
  readonly metered: boolean | undefined;
}

export interface Billing {
  /** At once where it is known, which is nearly always. Never rejects. Scopes that cost nothing ask nobody. */
  charge(request: ChargeRequest): Charge | Promise<Charge>;
  /**
   * To be given a customer's subscriptions when they have changed, as they were read for that: always taken, and costs none of
   * the reads that requests need. Resolves when the other nodes can know it too.
   *
   * @param begun what `begin` gave before that reading
   * @throws {NotShared} REDIS_NOT_SHARED it is known here, and the other nodes cannot know it
   */
  takeSubscriptions(customer: string, subscriptions: readonly Subscription[], begun: Begun): Promise<void>;
  /**
   * To be told that the email has this customer: whoever was looked for by the email and had none is found from then on.
   *
   * @throws {NotShared} REDIS_NOT_SHARED as takeSubscriptions
   */
  takeCustomer(email: string, customer: string, begun: Begun): Promise<void>;
  takeProducts(products: Products, begun: Begun): Promise<void>;
  /** To be told that a customer is at the checkout: for half an hour this node asks as often as at first whether it pays. */
  awaitPayment(customer: string): void;
  /** Before a reading of which the outcome is to be taken. */
  begin(): Promise<Begun>;
  readonly ration: ReadRation;
  readonly rules: BillingRules;
}

export interface BillingOptions {
  readonly rules: BillingRules;
  readonly source: BillingSource;
  /** Of the API; claims are named after it. */
  readonly audience: string;
  /** Milliseconds, for durations; without it one that cannot be set back. */
  readonly clock?: (() => number) | undefined;
  /** Milliseconds that a request waits for Stripe; 3,000 without it. */
  readonly timeout?: number;
  /** Whether each change at Stripe is heard of here (`takeSubscriptions`, `takeProducts`); without it none is. */
  readonly hearsChanges?: (() => boolean) | undefined;
  /** With whom to share what is known; without it this process goes by itself. */
  readonly sharing?: Sharing | undefined;
  /** Is told when reads run short or fail, and why: once an hour at most. */
  readonly log?: ((line: string) => void) | undefined;
}

/** Whether what a request needs is paid for, within Stripe's read ration. */
export function createBilling({
  rules,
  source,
  audience,
  clock = createSteadyClock(),
  timeout = 3_000,
  hearsChanges = () => false,
  sharing,
  log = () => {},
}: BillingOptions): Billing {
  const ration: ReadRation = createReadRation({
    readsPerMonth: rules.readsPerMonth,
    processes: rules.processes,
    countPayers: () => subscribers.paying,
    clock,
    onShort: createSayShort(clock, log),
  });
  const onFailed = createSayFailed(clock, log);
  const hearing = createHearing({ hearsChanges, clock, log });
  const knowledge = createKnowledge({ rules, source, ration, hearing, sharing, clock, timeout, onFailed });
  const subscribers = createSubscribers(knowledge, rules);
  return {
    charge({ claims, scopes, metered }) {
      const payer = findPayer(claims, audience, rules);
      const named = payer?.kind === "customer" ? payer.id : undefined;
      const paid = scopes.flatMap((scope) => rules.paid.get(scope) ?? []);
      if (paid.length === 0) return { kind: "paid", customer: named, usage: undefined };
      if (payer === undefined) return { kind: "refused", code: "customer_unknown" };
      const usage = findUsage(paid, metered);
      const known = subscribers.findKnown(payer, paid);
      if (known !== undefined) return renderPaid(known, usage);
      return subscribers.find(payer, paid).then((paying): Charge => {
        // An email may be another one than the customer's: by the user's id it is found when a token is made.
        if (paying.kind === "known" && paying.value === undefined)
          return { kind: "refused", code: payer.kind === "email" ? "customer_unknown" : "subscription_missing" };
        const customer = paying.kind === "known" ? paying.value : named;
        if (paying.kind === "unknown" && (rules.onStripeError !== "allow" || (usage && customer === undefined)))
          return { kind: "refused", code: "billing_unavailable" };
        return renderPaid(customer, usage);
      });
    },
    takeSubscriptions: subscribers.takeSubscriptions,
    takeCustomer: subscribers.takeCustomer,
    takeProducts: subscribers.takeProducts,
    awaitPayment: subscribers.awaitPayment,
    begin: subscribers.begin,
    ration,
    rules,
  };
}

const renderPaid = (customer: string | undefined, usage: PaidScope["usage"]): Charge => ({
  kind: "paid",
  customer,
  usage: usage && customer !== undefined ? { customer, ...usage } : undefined,
});

/** A request counts once: towards the first meter among its paid scopes. */
function findUsage(paid: readonly PaidScope[], metered: boolean | undefined): PaidScope["usage"] | undefined {
  return metered === false ? undefined : paid.find(({ usage }) => usage)?.usage;
}
