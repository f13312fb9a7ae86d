import type Stripe from "stripe";
import type { Collection, Journal } from "../../state/journal.ts";
import type { Account } from "../account.ts";
import { createId } from "../ids.ts";

type Data = Stripe.Events.V1BillingMeterErrorReportTriggeredEvent["data"];
export type MeterErrorCode = Data["reason"]["error_types"][number]["code"];

/** Usage that was taken and is refused later. */
export interface MeterError {
  readonly code: MeterErrorCode;
  readonly message: string;
  readonly identifier: string;
  /** None when no meter has the event's name. */
  readonly meter: string | null;
}

type Noted = MeterError & { readonly id: string; readonly at: number };

/** Milliseconds in which errors come together in one report. Stripe docs, "Handle meter event errors". */
const WINDOW = 10_000;
const SAMPLES = 10;

/** When the account refuses usage that it cannot count: at once, or, as Stripe documents it, in a report. */
export function meterErrorSettings(journal: Journal): Collection<{ readonly refuse: "at-once" | "later" }> {
  return journal.collection("meter-error-settings");
}

export function openMeterErrors({ journal, clock, publisher }: Account) {
  const settings = meterErrorSettings(journal);
  const errors: Collection<Noted> = journal.collection("meter-errors");

  const report = (meter: string | null, noted: readonly Noted[]): void => {
    publisher.publishThin({
      type: meter === null ? "v1.billing.meter.no_meter_found" : "v1.billing.meter.error_report_triggered",
      related: meter === null ? null : { id: meter, type: "billing.meter", url: `/v1/billing/meters/${meter}` },
      data: renderReport(noted),
    });
    for (const { id } of noted) errors.delete(id);
  };

  return {
    isLater: (): boolean => settings.get("self")?.refuse === "later",
    note(error: MeterError): void {
      const id = createId("mee", 24);
      errors.set(id, { ...error, id, at: clock() });
    },
    /** Reports what came in a window that is over. */
    catchUp(): void {
      const meters = new Set(errors.values().map(({ meter }) => meter));
      for (const meter of meters) {
        const noted = errors.filter((one) => one.meter === meter);
        if (noted[0] !== undefined && clock() - noted[0].at >= WINDOW) report(meter, noted);
      }
    },
  };
}

function renderReport(noted: readonly Noted[]): Data {
  const codes = [...new Set(noted.map(({ code }) => code))];
  const first = noted[0]?.at ?? 0;
  return {
    developer_message_summary: `There ${noted.length === 1 ? "is 1 invalid event" : `are ${noted.length} invalid events`}`,
    reason: {
      error_count: noted.length,
      error_types: codes.map((code) => {
        const same = noted.filter((one) => one.code === code);
        return {
          code,
          error_count: same.length,
          sample_errors: same
            .slice(0, SAMPLES)
            .map(({ message, identifier }) => ({ error_message: message, request: { identifier } })),
        };
      }),
    },
    validation_start: new Date(first).toISOString(),
    validation_end: new Date(first + WINDOW).toISOString(),
  };
}
