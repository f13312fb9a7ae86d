import type Stripe from "stripe";
import { type Account, readSeconds } from "../account.ts";
import { invalidRequest } from "../errors.ts";
import { fits } from "../filters.ts";
import { getRecord } from "../get-record.ts";
import { createId } from "../ids.ts";
import { defineOperation, type Operation } from "../operation.ts";
import { pageParameters, renderPage } from "../pages.ts";
import { nonEmptyText, notCarriedOut, object, oneOf, type ParametersOf, type Parsed, required } from "../parameters.ts";
import { expandPaths } from "./expand.ts";
import { meterCollection } from "./meter-record.ts";

const createParameters = {
  customer_mapping: object({ event_payload_key: nonEmptyText(100), type: oneOf(["by_id"]) }),
  default_aggregation: object({ formula: oneOf(["sum", "count", "last"]) }),
  display_name: nonEmptyText(250),
  event_name: nonEmptyText(100),
  expand: expandPaths,
  // Pre-aggregated: the latest event of a window overwrites those before it, which is wrong for several senders.
  event_time_window: notCarriedOut,
  value_settings: object({ event_payload_key: nonEmptyText(100) }),
} satisfies ParametersOf<Stripe.Billing.MeterCreateParams>;

const listParameters = {
  ...pageParameters,
  expand: expandPaths,
  status: oneOf(["active", "inactive"]),
} satisfies ParametersOf<Stripe.Billing.MeterListParams>;

const URL = "/v1/billing/meters";

/** Stripe API reference, "Meters". Only the name of one can be changed. */
export function createMeters({ journal, clock, publish }: Account): Operation[] {
  const meters = meterCollection(journal);
  const get = (id: string): Stripe.Billing.Meter => getRecord(meters, "billing meter", id);
  const checkNameIsFree = (eventName: string): void => {
    const owner = meters.find((meter) => meter.event_name === eventName && meter.status === "active");
    if (owner === undefined) return;
    throw invalidRequest(`An active meter with event name ${eventName} already exists: ${owner.id}.`, {
      param: "event_name",
    });
  };
  const change = (
    before: Stripe.Billing.Meter,
    fields: Partial<Stripe.Billing.Meter>,
    type: "billing.meter.updated" | "billing.meter.deactivated" | "billing.meter.reactivated",
  ): Stripe.Billing.Meter => {
    const meter: Stripe.Billing.Meter = { ...before, ...fields, updated: readSeconds(clock) };
    publish(type, meter, before);
    return meters.set(meter.id, meter);
  };

  return [
    defineOperation({
      method: "POST",
      route: URL,
      permission: "rak_billing_meter_write",
      parameters: createParameters,
      run: (fields) => {
        const eventName = required(fields.event_name, "event_name");
        checkNameIsFree(eventName);
        const meter = newMeter(eventName, fields, readSeconds(clock));
        publish("billing.meter.created", meter);
        return meters.set(meter.id, meter);
      },
    }),
    defineOperation({
      method: "GET",
      route: URL,
      permission: "rak_billing_meter_read",
      parameters: listParameters,
      run: ({ status, ...page }) =>
        renderPage(meters.filter((meter) => fits(meter.status, status)).reverse(), page, {
          kind: "billing meter",
          url: URL,
        }),
    }),
    defineOperation({
      method: "GET",
      route: `${URL}/:id`,
      permission: "rak_billing_meter_read",
      parameters: { expand: expandPaths },
      run: (_parameters, id) => get(id),
    }),
    defineOperation({
      method: "POST",
      route: `${URL}/:id`,
      permission: "rak_billing_meter_write",
      parameters: {
        display_name: nonEmptyText(250),
        expand: expandPaths,
      } satisfies ParametersOf<Stripe.Billing.MeterUpdateParams>,
      run: ({ display_name: name }, id) =>
        change(get(id), name === undefined ? {} : { display_name: name }, "billing.meter.updated"),
    }),
    defineOperation({
      method: "POST",
      route: `${URL}/:id/deactivate`,
      permission: "rak_billing_meter_write",
      parameters: { expand: expandPaths },
      run: (_parameters, id) =>
        change(
          get(id),
          { status: "inactive", status_transitions: { deactivated_at: readSeconds(clock) } },
          "billing.meter.deactivated",
        ),
    }),
    defineOperation({
      method: "POST",
      route: `${URL}/:id/reactivate`,
      permission: "rak_billing_meter_write",
      parameters: { expand: expandPaths },
      run: (_parameters, id) => {
        const meter = get(id);
        if (meter.status !== "active") checkNameIsFree(meter.event_name);
        return change(
          meter,
          { status: "active", status_transitions: { deactivated_at: null } },
          "billing.meter.reactivated",
        );
      },
    }),
  ];
}

function newMeter(eventName: string, fields: Parsed<typeof createParameters>, created: number): Stripe.Billing.Meter {
  return {
    id: createId("mtr_test", 24),
    object: "billing.meter",
    created,
    customer_mapping: {
      event_payload_key: fields.customer_mapping?.event_payload_key ?? "stripe_customer_id",
      type: "by_id",
    },
    default_aggregation: { formula: required(fields.default_aggregation?.formula, "default_aggregation[formula]") },
    display_name: required(fields.display_name, "display_name"),
    event_name: eventName,
    event_time_window: null,
    livemode: false,
    status: "active",
    status_transitions: { deactivated_at: null },
    updated: created,
    value_settings: { event_payload_key: fields.value_settings?.event_payload_key ?? "value" },
  };
}
