import type Stripe from "stripe";
import type { Account } from "../account.ts";
import { invalidRequest } from "../errors.ts";
import { getRecord } from "../get-record.ts";
import { defineOperation, type Operation } from "../operation.ts";
import { pageParameters, renderPage } from "../pages.ts";
import { nonEmptyText, oneOf, type ParametersOf, required, seconds } from "../parameters.ts";
import { expandPaths } from "./expand.ts";
import { meterCollection, meterEventCollection } from "./meter-record.ts";
import { aggregate } from "./usage.ts";

const parameters = {
  ...pageParameters,
  customer: nonEmptyText(255),
  end_time: seconds,
  expand: expandPaths,
  start_time: seconds,
  value_grouping_window: oneOf(["day", "hour"]),
} satisfies ParametersOf<Stripe.Billing.MeterListEventSummariesParams>;

const WIDTHS = { day: 24 * 60 * 60, hour: 60 * 60 } as const;

/** Stripe API reference, "Meter event summaries": what was counted from `start_time` until before `end_time`. */
export function createMeterEventSummaries({ journal }: Account): Operation[] {
  const meters = meterCollection(journal);
  const events = meterEventCollection(journal);
  return [
    defineOperation({
      method: "GET",
      route: "/v1/billing/meters/:id/event_summaries",
      permission: "rak_billing_meter_event_read",
      parameters,
      run: ({ customer: asked, start_time: start, end_time: end, value_grouping_window: window, ...page }, id) => {
        const meter = getRecord(meters, "billing meter", id);
        const customer = required(asked, "customer");
        const unit = window === undefined ? 60 : WIDTHS[window];
        const from = checkAligned(required(start, "start_time"), unit, "start_time");
        const to = checkAligned(required(end, "end_time"), unit, "end_time");
        if (to <= from) throw invalidRequest("`end_time` must be after `start_time`.", { param: "end_time" });
        const counted = events.filter(
          (event) =>
            event.meter === id && event.customer === customer && event.timestamp >= from && event.timestamp < to,
        );
        const width = window === undefined ? to - from : WIDTHS[window];
        const starts = [...new Set(counted.map(({ timestamp }) => timestamp - ((timestamp - from) % width)))].sort(
          (one, other) => other - one,
        );
        const summaries = starts.map((at): Stripe.Billing.MeterEventSummary => {
          const inside = counted.filter(({ timestamp }) => timestamp >= at && timestamp < at + width);
          return {
            id: `mtrusg_test_${id.slice(-8)}${at}${width}`,
            object: "billing.meter_event_summary",
            aggregated_value: aggregate(meter.default_aggregation.formula, inside),
            end_time: at + width,
            livemode: false,
            meter: id,
            start_time: at,
          };
        });
        return renderPage(summaries, page, {
          kind: "billing meter event summary",
          url: `/v1/billing/meters/${id}/event_summaries`,
        });
      },
    }),
  ];
}

function checkAligned(at: number, unit: number, param: string): number {
  if (at % unit === 0) return at;
  const border = unit === 60 ? "minute" : unit === 3600 ? "hour" : "day";
  throw invalidRequest(`\`${param}\` must be aligned with ${border} boundaries.`, { param });
}
