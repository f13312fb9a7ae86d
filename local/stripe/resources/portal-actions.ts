import type Stripe from "stripe";
import { type Account, readSeconds } from "../account.ts";
import { invalidRequest, resourceMissing } from "../errors.ts";
import { getRecord } from "../get-record.ts";
import { type CardDetails, checkCard } from "./card-number.ts";
import { customerCollection, getLiveCustomer } from "./customer-record.ts";
import { newPaymentMethod } from "./payment-method-record.ts";
import { openPaymentMethods } from "./payment-method-store.ts";
import { type PortalConfiguration, type PortalRecord, portalConfigurationCollection } from "./portal-record.ts";
import { openSubscriptionCalls } from "./subscription-calls.ts";
import { isOver, type SubscriptionRecord } from "./subscription-record.ts";
import { openSubscriptions } from "./subscription-store.ts";

type Feature = keyof PortalConfiguration["features"];

/** What a customer can do in the portal, as far as its configuration allows. */
export function openPortalActions(account: Account) {
  const { journal, clock, publish } = account;
  const configurations = portalConfigurationCollection(journal);
  const customers = customerCollection(journal);
  const methods = openPaymentMethods(account);
  const subscriptions = openSubscriptions(account);
  const calls = openSubscriptionCalls(account);

  const featuresOf = ({ session }: PortalRecord): PortalConfiguration["features"] =>
    getRecord(configurations, "configuration", session.configuration, "configuration").features;
  function checkEnabled(portal: PortalRecord, feature: Feature): void {
    if (!featuresOf(portal)[feature].enabled) throw invalidRequest("This is not possible here.");
  }
  function getOwn({ session }: PortalRecord, id: string): SubscriptionRecord {
    const subscription = subscriptions.get(id);
    if (subscription?.customer === session.customer && !isOver(subscription)) return subscription;
    throw resourceMissing("subscription", id, "subscription");
  }
  const getCustomer = ({ session }: PortalRecord): Stripe.Customer =>
    getLiveCustomer(customers, session.customer, "customer");

  return {
    featuresOf,
    getCustomer,
    /** Newest first. */
    subscriptionsOf: ({ session }: PortalRecord): SubscriptionRecord[] =>
      subscriptions.filter((one) => one.customer === session.customer && !isOver(one)).reverse(),

    cancel(portal: PortalRecord, id: string): void {
      checkEnabled(portal, "subscription_cancel");
      const subscription = getOwn(portal, id);
      if (featuresOf(portal).subscription_cancel.mode === "immediately") calls.cancel(subscription.id);
      else calls.update({ cancel_at_period_end: true }, subscription.id);
    },

    resume(portal: PortalRecord, id: string): void {
      checkEnabled(portal, "subscription_cancel");
      calls.update({ cancel_at_period_end: false }, getOwn(portal, id).id);
    },

    switchPrice(portal: PortalRecord, id: string, price: string): void {
      checkEnabled(portal, "subscription_update");
      const { products } = featuresOf(portal).subscription_update;
      const [item, ...others] = getOwn(portal, id).items.data;
      if (item === undefined || others.length > 0 || item.price.recurring?.usage_type !== "licensed") {
        throw invalidRequest("A subscription with several prices cannot be changed here.");
      }
      if (!(products ?? []).some(({ prices }) => prices.includes(price)))
        throw resourceMissing("price", price, "price");
      calls.update({ items: [{ id: item.id, price }] }, id);
    },

    /** Stripe docs, "Customer portal": what is added here pays the customer's invoices from then on. */
    addCard(portal: PortalRecord, details: CardDetails): void {
      checkEnabled(portal, "payment_method_update");
      const customer = getCustomer(portal);
      const { card, expiry } = checkCard(details, clock);
      const method = methods.attach(methods.save(newPaymentMethod(card, expiry, readSeconds(clock))), customer.id);
      const after: Stripe.Customer = {
        ...customer,
        invoice_settings: { ...customer.invoice_settings, default_payment_method: method.id },
      };
      customers.set(customer.id, after);
      publish("customer.updated", after, customer);
      for (const subscription of subscriptions.filter((one) => one.customer === customer.id && !isOver(one))) {
        subscriptions.change({ ...subscription, default_payment_method: method.id });
      }
    },
  };
}
