import type { Hono } from "hono";
import { type Account, readSeconds } from "./account.ts";
import { readObject, refuse } from "./control-body.ts";
import { AFTER_RETRIES, billingSettings } from "./resources/billing-settings.ts";
import { meterErrorSettings } from "./resources/meter-errors.ts";
import { newConfiguration } from "./resources/portal-configurations.ts";
import { NO_FEATURES } from "./resources/portal-features.ts";
import { portalConfigurationCollection } from "./resources/portal-record.ts";

/** What an account's owner says in the Dashboard, and no call of the API can. */
export function addBillingControl(control: Hono, { journal, clock }: Account): void {
  const settings = billingSettings(journal);
  const meterErrors = meterErrorSettings(journal);
  const configurations = portalConfigurationCollection(journal);

  control.put("/billing", async (context) => {
    const given = (await readObject(context))?.afterRetries;
    const afterRetries = AFTER_RETRIES.find((choice) => choice === given);
    if (afterRetries === undefined) return refuse(context, `Send afterRetries: ${AFTER_RETRIES.join(", ")}.`);
    return context.json(settings.set("self", { afterRetries }));
  });
  control.put("/meter-events", async (context) => {
    const given = (await readObject(context))?.refuse;
    const refuseWhen = REFUSE.find((choice) => choice === given);
    if (refuseWhen === undefined) return refuse(context, `Send refuse: ${REFUSE.join(", ")}.`);
    return context.json(meterErrors.set("self", { refuse: refuseWhen }));
  });
  control.post("/portal", (context) => {
    const kept = configurations.find((one) => one.is_default);
    if (kept !== undefined) return context.json(kept);
    const made = { ...newConfiguration(readSeconds(clock)), is_default: true, features: SAVED_FEATURES };
    return context.json(configurations.set(made.id, made), 201);
  });
}

const REFUSE = ["at-once", "later"] as const;

/** As the Dashboard's page has them before anything is changed there. */
const SAVED_FEATURES = {
  ...NO_FEATURES,
  invoice_history: { enabled: true },
  payment_method_update: { ...NO_FEATURES.payment_method_update, enabled: true },
  subscription_cancel: { ...NO_FEATURES.subscription_cancel, enabled: true },
};
