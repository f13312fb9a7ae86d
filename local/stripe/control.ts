import { Hono } from "hono";
import { addBillingControl } from "./control-billing.ts";
import { readObject, refuse } from "./control-body.ts";
import type { Fault } from "./faults.ts";
import type { Services } from "./perform.ts";
import type { RateLimitSettings } from "./rate-limits.ts";
import { refuseWebPages } from "./refuse-web-pages.ts";
import type { RequestLog } from "./request-log.ts";
import { SUBSCRIPTION_STATUSES } from "./resources/subscription-record.ts";
import type { SubscriptionStore } from "./resources/subscription-store.ts";
import type { Deliveries, DeliverySettings } from "./webhooks/deliveries.ts";

export interface ControlOptions {
  readonly services: Services;
  readonly log: RequestLog;
  readonly subscriptions: SubscriptionStore;
  readonly webhooks: Deliveries;
  /** Moves the account's time forward, by milliseconds. */
  readonly advance: (milliseconds: number) => void;
}

/**
 * `/_local/…`, which Stripe does not have: asks for faults, rate limits and what only time or banks bring about, from another
 * process.
 *
 *     POST   /_local/faults       {"kind":"reset-after","method":"POST","path":"/v1/customers","times":2}
 *     GET    /_local/faults       what is still to come
 *     DELETE /_local/faults
 *     PUT    /_local/rate-limits  {"perEndpoint":25,"total":25}, or {} for none
 *     GET    /_local/requests     the newest requests
 *     PUT    /_local/subscriptions/<id>  {"status":"past_due"}: as a payment that fails or succeeds would
 *     POST   /_local/clock        {"seconds":86400} moves the account's time forward
 *     PUT    /_local/webhooks     {"copies":2,"reversed":true,"retryAfter":[200]}
 *     PUT    /_local/billing      {"afterRetries":"cancel"}: what becomes of a subscription that stays unpaid
 *     PUT    /_local/meter-events {"refuse":"later"}: tells of usage that cannot count in a report, not at once
 *     POST   /_local/portal       saves the customer portal's settings, which makes its default configuration
 *     GET    /_local/deliveries   the newest tries to deliver a webhook
 *
 * Of programs alone: no web page may.
 */
export function createControl({ services, log, subscriptions, webhooks, advance }: ControlOptions): Hono {
  const { faults, rateLimits } = services;
  const control = new Hono();
  control.use(refuseWebPages);
  control.post("/faults", async (context) => {
    const fault = await readObject(context);
    if (fault === undefined) return refuse(context, "Send a fault as application/json.");
    try {
      // `add` checks every member that it uses.
      faults.add(fault as unknown as Fault);
    } catch (error) {
      if (error instanceof TypeError) return refuse(context, error.message);
      throw error;
    }
    return context.json({ faults: faults.pending() }, 201);
  });
  control.get("/faults", (context) => context.json({ faults: faults.pending() }));
  control.delete("/faults", (context) => {
    faults.clear();
    return context.json({ faults: [] });
  });
  control.put("/rate-limits", async (context) => {
    const settings = await readObject(context);
    if (settings === undefined || !isRateLimitSettings(settings)) {
      return refuse(context, "Send perEndpoint and total, whole numbers from 1, as application/json.");
    }
    rateLimits.set(settings);
    return context.json(settings);
  });
  control.get("/requests", (context) => context.json({ requests: log.entries() }));
  control.put("/subscriptions/:id", async (context) => {
    const status = (await readObject(context))?.status;
    const known = SUBSCRIPTION_STATUSES.find((one) => one === status);
    if (known === undefined) return refuse(context, `Send a status: ${SUBSCRIPTION_STATUSES.join(", ")}.`);
    const subscription = subscriptions.setStatus(context.req.param("id"), known);
    return subscription === undefined
      ? refuse(context, "There is no such subscription.", 404)
      : context.json(subscription);
  });
  control.post("/clock", async (context) => {
    const seconds = (await readObject(context))?.seconds;
    if (typeof seconds !== "number" || !Number.isInteger(seconds) || seconds < 1) {
      return refuse(context, "Send seconds, a whole number from 1: time only moves forward.");
    }
    advance(seconds * 1000);
    services.catchUp();
    return context.json({ now: Math.floor(services.account.clock() / 1000) });
  });
  control.put("/webhooks", async (context) => {
    const settings = await readObject(context);
    if (settings === undefined || !isDeliverySettings(settings)) {
      return refuse(context, "Send copies (from 1), reversed (true or false), retryAfter (a list of milliseconds).");
    }
    webhooks.configure(settings);
    return context.json(settings);
  });
  addBillingControl(control, services.account);
  control.get("/deliveries", (context) => context.json({ deliveries: webhooks.entries() }));
  return control;
}

function isDeliverySettings(
  settings: Record<string, unknown>,
): settings is Partial<DeliverySettings> & typeof settings {
  const checks: Readonly<Record<string, (value: unknown) => boolean>> = {
    copies: (value) => Number.isInteger(value) && Number(value) > 0,
    reversed: (value) => typeof value === "boolean",
    retryAfter: (value) => Array.isArray(value) && value.every((one) => Number.isInteger(one) && one > 0),
  };
  return Object.entries(settings).every(([name, value]) => checks[name]?.(value) === true);
}

function isRateLimitSettings(settings: Record<string, unknown>): settings is RateLimitSettings & typeof settings {
  return Object.entries(settings).every(
    ([name, value]) => ["perEndpoint", "total"].includes(name) && Number.isInteger(value) && Number(value) > 0,
  );
}
