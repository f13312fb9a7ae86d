import type Stripe from "stripe";
import { readPaid } from "../../actions/shared/stripe/read-paid.ts";
import type { Billing } from "../authorizer/billing/billing.ts";
import type { BillingSource } from "../authorizer/billing/source.ts";
import type { Meter } from "../metering/meter.ts";
import { coalesce } from "./coalesce.ts";
import { listPaidScopes } from "./list-paid-scopes.ts";
import { type CustomerAccount, findSubscriber, readAccount } from "./read-account.ts";
import { readLateRefusals } from "./read-late-refusals.ts";
import type { Users } from "./users.ts";
import type { Receive, WebhookEvent } from "./webhook-event.ts";

export interface ReceiverOptions {
  readonly stripe: Stripe;
  readonly billing: Billing;
  readonly source: Pick<BillingSource, "readProducts">;
  /** Undefined: tokens are left alone, and only this gateway hears of changes. */
  readonly users: Users | undefined;
  /** Keeps usage that Stripe took and has refused since. Undefined: it is counted elsewhere. */
  readonly meter: Pick<Meter, "refuseLater"> | undefined;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly log: (line: string) => void;
}

/** Milliseconds after which the products are read again, whatever has been heard: their changes are events too. */
const CATALOGUE_LASTS = 60 * 60_000;

/** Reads anew what an event is about, and puts it where decisions are made: the gateway's cache and the user's app_metadata. */
export function createReceive({ stripe, billing, source, users, meter, clock, log }: ReceiverOptions): Receive {
  const { rules } = billing;
  const paidScopes = listPaidScopes(rules);
  let catalogue: { readonly names: ReadonlyMap<string, string>; readonly readAt: number } | undefined;

  /** `shared` resolves when the other nodes can know the products too. */
  const readCatalogue = async (): Promise<{
    readonly names: ReadonlyMap<string, string>;
    readonly shared: Promise<void>;
  }> => {
    const readAt = clock();
    const begun = await billing.begin();
    const { value: products, reads } = await source.readProducts();
    billing.ration.count(reads);
    const shared = billing.takeProducts(products, begun);
    const names = new Map([...products].flatMap(([name, ids]) => ids.map((id): [string, string] => [id, name])));
    catalogue = { names, readAt };
    return { names, shared };
  };
  const readNames = async (ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
    const isCurrent = catalogue !== undefined && clock() - catalogue.readAt < CATALOGUE_LASTS;
    if (catalogue !== undefined && isCurrent && ids.every((id) => catalogue?.names.has(id))) return catalogue.names;
    const { names, shared } = await readCatalogue();
    // It is for the events about products to be shared; names are needed here whether the others know them or not.
    shared.catch(() => undefined);
    return names;
  };

  const writeUser = async (customer: string, userId: string, account: CustomerAccount, now: number): Promise<void> => {
    if (users === undefined) return;
    const list = async () => account.subscriptions;
    const state = await readPaid(customer, { paidScopes, pastDue: rules.pastDue }, { list, readNames }, now);
    const written = await users.writePaid(userId, state);
    const paid = state.scopes.join(", ") || "nothing";
    log(`webhooks: ${customer} pays for ${paid}${written === "written" ? "" : ` (${written})`}`);
  };

  /** Where neither the customer nor the event names a user, as when the customer is gone, the users' own links do. */
  const findUserIds = async (
    customer: string,
    { userId }: CustomerAccount,
    formerUserIds: ReadonlySet<string>,
  ): Promise<Iterable<string>> => {
    if (userId !== undefined) return [userId];
    return formerUserIds.size > 0 || users === undefined ? formerUserIds : users.findLinkedTo(customer);
  };

  const readCustomer = coalesce<ReadonlySet<string>>(async (customer, formerUserIds) => {
    // Before the reading: what is read is at least as new.
    const readAt = clock();
    const begun = await billing.begin();
    const account = await readAccount(stripe, customer);
    billing.ration.count(account.reads);
    const known = account.subscriptions.map(({ status, items }) => ({
      status,
      products: items.map(({ product }) => product),
    }));
    const shared = Promise.all([
      billing.takeSubscriptions(customer, known, begun),
      account.email && billing.takeCustomer(account.email, customer, begun),
    ]);
    const writeUsers = async (): Promise<void> => {
      for (const userId of await findUserIds(customer, account, formerUserIds))
        await writeUser(customer, userId, account, Math.floor(readAt / 1000));
    };
    await Promise.all([writeUsers(), shared]);
  }, union);

  const readProducts = coalesce<undefined>(async () => {
    const { shared } = await readCatalogue();
    await shared;
  }, ignore);

  const keepRefused = async ({ id, type }: WebhookEvent): Promise<void> => {
    const refused = await readLateRefusals(stripe, id);
    if (refused === undefined)
      return log(`webhooks: ${id} (${type}) is not of this account, and nothing follows from it`);
    const { count, named } = refused;
    let kept = 0;
    for (const refusal of named) if (await meter?.refuseLater(refusal)) kept += 1;
    log(
      `webhooks: Stripe had taken ${count} meter events and does not bill them; ${kept} are kept as dead letters. ` +
        `The dashboard says why, under ${id} (${type})`,
    );
  };

  return async (event) => {
    if (event.about === "customer") {
      const { customer, userId } = event;
      await readCustomer(customer, new Set(userId === undefined ? [] : [userId]));
    }
    if (event.about === "refused usage") await keepRefused(event);
    if (event.about === "subscription") {
      const customer = await findSubscriber(stripe, event.subscription);
      billing.ration.count(1);
      if (customer !== undefined) await readCustomer(customer, new Set());
    }
    if (event.about === "products") await readProducts("", undefined);
  };
}

const union = (some: ReadonlySet<string>, others: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...some, ...others]);
const ignore = (): undefined => undefined;
