import Stripe from "stripe";
import { describeFailure } from "../authorizer/billing/describe-failure.ts";
import type { AttemptLimit } from "../pages/attempt-limit.ts";
import type { KnownUsers } from "./known-users.ts";
import { openCheckout } from "./open-checkout.ts";
import { openCustomerPortal } from "./open-customer-portal.ts";
import type { Payer, Payers, Who } from "./payers.ts";
import type { Statement, Statements } from "./statements.ts";

export type RefusalCode =
  | "account_unusable"
  | "payer_role_required"
  | "email_unverified"
  | "customer_conflict"
  | "nothing_to_manage"
  | "not_for_sale"
  | "already_subscribed"
  | "form_outdated"
  | "too_many_requests"
  | "temporarily_unavailable";

export interface DeskRefusal {
  readonly kind: "refused";
  readonly code: RefusalCode;
}

export type Way =
  /** A page of Stripe's, whose address is a secret. */
  { readonly kind: "go"; readonly url: string } | DeskRefusal;

export interface Account {
  readonly kind: "account";
  readonly email: string | undefined;
  readonly organization: Payer["organization"];
  readonly mayPay: boolean;
  readonly hasCustomer: boolean;
  /** Undefined: Stripe does not answer, or the ration of reads is used up. */
  readonly statement: Statement | undefined;
}

/** What the portal does for one user, or for the organization that they have logged in to, however it is asked. Nothing rejects. */
export interface Desk {
  /** @param isBack from Stripe, where something may have changed a moment ago */
  show(who: Who, isBack: boolean): Promise<Account | DeskRefusal>;
  subscribe(who: Who, scope: string): Promise<Way>;
  /** @param cancel the subscription to cancel; undefined: all that there is to manage */
  manage(who: Who, cancel: string | undefined): Promise<Way>;
}

export interface DeskParts {
  readonly stripe: Stripe;
  readonly users: Pick<KnownUsers, "forget" | "writeCheckout">;
  readonly payers: Payers;
  readonly statements: Statements;
  /** Clicks of one user. */
  readonly limit: AttemptLimit;
  /** Where Stripe sends people back to. */
  readonly urls: { readonly subscribed: string; readonly managed: string; readonly portal: string };
  readonly configuration: string | undefined;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly log: (line: string) => void;
}

/** Milliseconds that a page may be old: who looks again at once sees the same, and costs no read. */
const PAGE_LASTS = 60_000;
const PAGE_LASTS_WHEN_BACK = 3_000;

export function createDesk(parts: DeskParts): Desk {
  const { stripe, users, payers, statements, limit, urls, configuration, clock, log } = parts;

  const orUnread = async <T>(answer: Promise<T>): Promise<T | undefined> =>
    answer.catch((error: unknown) => {
      log(`billing portal: the account cannot be read at Stripe: ${describeFailure(error)}`);
      return undefined;
    });
  const click = async ({ userId, ...to }: Who, what: string, work: (payer: Payer) => Promise<Way>): Promise<Way> => {
    if (!limit.take(userId)) return refuse("too_many_requests");
    try {
      const payer = await payers.read({ userId, ...to }, 0);
      if (payer === undefined) return refuse("account_unusable");
      return payer.mayPay ? await work(payer) : refuse("payer_role_required");
    } catch (error) {
      log(`billing portal: ${what}: ${describeFailure(error)}`);
      return refuse("temporarily_unavailable");
    }
  };

  return {
    async show(who, isBack) {
      const maxAge = isBack ? PAGE_LASTS_WHEN_BACK : PAGE_LASTS;
      const payer = await payers.read(who, maxAge).catch((error: unknown) => {
        log(`billing portal: the user cannot be read at Auth0: ${describeFailure(error)}`);
        return "unread" as const;
      });
      if (payer === "unread") return refuse("temporarily_unavailable");
      if (payer === undefined) return refuse("account_unusable");
      const { email, organization, mayPay } = payer;
      const found = await orUnread(payer.find(maxAge));
      const statement = found && (await orUnread(statements.read(found.own, maxAge)));
      return { kind: "account", email, organization, mayPay, hasCustomer: found?.own !== undefined, statement };
    },

    subscribe: (who, scope) =>
      click(who, "no checkout", async (payer) => {
        const offer = await statements.findOffer(scope);
        if (offer?.price === undefined) return refuse("not_for_sale");
        const { price } = offer;
        const settled = await payer.settle();
        users.forget(who.userId);
        if (settled.kind === "refused")
          return refuse(settled.why === "no verified email" ? "email_unverified" : "customer_conflict");
        await statements.awaitPayment(settled.id, payer.knownBy);
        const request = {
          customer: settled.id,
          others: settled.others,
          offer: { ...offer, price },
          successUrl: urls.subscribed,
          cancelUrl: urls.portal,
        };
        const checkout = await openCheckout(stripe, request).catch((error: unknown) => {
          // A price that was archived since it was read is not to be offered for the rest of the hour.
          if (error instanceof Stripe.errors.StripeInvalidRequestError) statements.forgetOffers();
          throw error;
        });
        if (checkout.kind === "subscribed") return refuse("already_subscribed");
        // Without it the next token may lack the scope for some minutes: no reason to keep anybody from paying.
        await users.writeCheckout(who.userId, Math.floor(clock() / 1000)).catch((error: unknown) => {
          log(`billing portal: Auth0 does not know that a user is at the checkout: ${describeFailure(error)}`);
        });
        return { kind: "go", url: checkout.url };
      }),

    manage: (who, cancel) =>
      click(who, "no customer portal (are its settings saved in Stripe's dashboard?)", async (payer) => {
        const { own: customer } = await payer.find(0);
        if (customer === undefined) return refuse("nothing_to_manage");
        statements.forget(customer);
        const url = await openCustomerPortal(stripe, { customer, returnUrl: urls.managed, configuration, cancel });
        return url === undefined ? refuse("nothing_to_manage") : { kind: "go", url };
      }),
  };
}

const refuse = (code: RefusalCode): DeskRefusal => ({ kind: "refused", code });
