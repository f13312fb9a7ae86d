import type Stripe from "stripe";
import type { Billing } from "../authorizer/billing/billing.ts";
import { describeFailure } from "../authorizer/billing/describe-failure.ts";
import type { ReadPurpose } from "../authorizer/billing/read-ration.ts";
import type { Reading } from "../authorizer/billing/source.ts";
import { readSubscriptions, readUsage } from "./account.ts";
import { type Offer, readOffers } from "./offers.ts";
import { type PlanRow, planRows } from "./plan-rows.ts";

/** What the page says of one customer. */
export interface Statement {
  readonly rows: readonly (PlanRow & { readonly used: number | undefined })[];
}

export interface Statements {
  /**
   * @param customer undefined: somebody who has none yet
   * @param maxAge milliseconds that what was read before may be old
   * @throws {ReadsShort}
   */
  read(customer: string | undefined, maxAge: number): Promise<Statement>;
  /** The offer of a paid scope; undefined: it is not in stripe.json. */
  findOffer(scope: string): Promise<Offer | undefined>;
  /** To be told of a customer who is about to change something. */
  forget(customer: string): void;
  /** To be told of a customer who is about to pay, and by which email the decision may look for it. */
  awaitPayment(customer: string, email: string | undefined): Promise<void>;
  /** To be told that Stripe does not take an offer any more. */
  forgetOffers(): void;
}

/** There is nothing left of the ration of reads. */
class ReadsShort extends Error {
  override readonly name = "ReadsShort";
}

interface Kept {
  readonly statement: Statement;
  readonly readAt: number;
}

/** Prices change rarely, and each reading takes some reads. */
const OFFERS_LAST = 60 * 60_000;
const CAPACITY = 5_000;

export interface StatementsOptions {
  readonly stripe: Stripe;
  /** Whose ration these reads are part of, and who learns at once what they found. */
  readonly billing: Billing;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Milliseconds, for durations. */
  readonly steadyClock: () => number;
  readonly log: (line: string) => void;
}

/** Stripe's word on customers, kept for a while, within the ration of reads. */
export function createStatements({ stripe, billing, clock, steadyClock, log }: StatementsOptions): Statements {
  const kept = new Map<string, Kept>();
  let offers: { readonly value: readonly Offer[]; readonly readAt: number } | undefined;
  let readingOffers: Promise<readonly Offer[]> | undefined;

  const ration = async <T>(purpose: ReadPurpose, read: () => Promise<Reading<T>>): Promise<T> => {
    const permit = billing.ration.permit(purpose);
    if (permit === undefined) throw new ReadsShort("No reads are left for the billing portal");
    try {
      const { value, reads } = await read();
      permit.answered(reads);
      return value;
    } catch (error) {
      permit.failed();
      throw error;
    }
  };

  const getOffers = async (): Promise<readonly Offer[]> => {
    if (offers && steadyClock() - offers.readAt < OFFERS_LAST) return offers.value;
    readingOffers ??= ration("paid", () => readOffers(stripe, [...billing.rules.paid.values()])).finally(() => {
      readingOffers = undefined;
    });
    try {
      const value = await readingOffers;
      offers = { value, readAt: steadyClock() };
      return value;
    } catch (error) {
      // What was sold an hour ago is better than no page.
      if (offers) return offers.value;
      throw error;
    }
  };

  /** The decision learns of it: who comes back from Stripe need not wait until it asks by itself. */
  const tellDecision = async (telling: Promise<void>) => {
    await telling.catch((error: unknown) => {
      log(`billing portal: other nodes do not know what was read here: ${describeFailure(error)}`);
    });
  };

  const readCustomer = async (customer: string, purpose: ReadPurpose): Promise<Statement> => {
    const sold = await getOffers();
    const now = Math.floor(clock() / 1000);
    const begun = await billing.begin();
    const found = await ration(purpose, () => readSubscriptions(stripe, customer));
    const subscriptions = found.map(({ status, items }) => ({ status, products: items.map(({ product }) => product) }));
    await tellDecision(billing.takeSubscriptions(customer, subscriptions, begun));
    const rows = planRows(sold, found, now).map(async (row) => {
      const { usage } = row;
      const used = usage && (await ration(purpose, () => readUsage(stripe, { ...usage, customer, to: now })));
      return { ...row, used };
    });
    return { rows: await Promise.all(rows) };
  };

  return {
    async read(customer, maxAge) {
      if (customer === undefined) {
        const rows = planRows(await getOffers(), [], Math.floor(clock() / 1000));
        return { rows: rows.map((row) => ({ ...row, used: undefined })) };
      }
      const before = kept.get(customer);
      if (before && steadyClock() - before.readAt < maxAge) return before.statement;
      const pays = before?.statement.rows.some(({ standing }) => standing.kind !== "none");
      try {
        const statement = await readCustomer(customer, pays ? "paid" : "unpaid");
        kept.delete(customer);
        kept.set(customer, { statement, readAt: steadyClock() });
        const [oldest] = kept.keys();
        if (kept.size > CAPACITY && oldest !== undefined) kept.delete(oldest);
        return statement;
      } catch (error) {
        if (error instanceof ReadsShort && before) return before.statement;
        throw error;
      }
    },
    async findOffer(scope) {
      return (await getOffers()).find((offer) => offer.scope === scope);
    },
    forget: (customer) => void kept.delete(customer),
    async awaitPayment(customer, email) {
      kept.delete(customer);
      billing.awaitPayment(customer);
      if (email !== undefined) await tellDecision(billing.takeCustomer(email, customer, await billing.begin()));
    },
    forgetOffers() {
      offers = undefined;
    },
  };
}
