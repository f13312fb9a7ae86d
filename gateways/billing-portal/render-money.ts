import type { Price } from "./offers.ts";

/** Of these ISO 4217 has no smaller unit, and Stripe counts in hundredths all the same (Stripe docs, "Currencies"). */
const HUNDREDTHS = new Set(["isk", "ugx"]);

/** `$0.02 for each request, billed every month`; amounts may have fractions of the smallest unit. */
export function renderPrice({ amount, currency, interval, meter }: Price): string {
  const each = meter === undefined ? "" : " for each request";
  const money =
    amount === undefined ? "In tiers, as Stripe's page says" : `${renderAmount(Number(amount), currency)}${each}`;
  return `${money}, billed every ${interval}`;
}

function renderAmount(amount: number, currency: string): string {
  const format = new Intl.NumberFormat("en", { style: "currency", currency });
  const digits = HUNDREDTHS.has(currency) ? 2 : (format.resolvedOptions().maximumFractionDigits ?? 2);
  return new Intl.NumberFormat("en", { style: "currency", currency, maximumFractionDigits: 14 }).format(
    amount / 10 ** digits,
  );
}

const DATE = new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" });

/** @param seconds since the epoch */
export const renderDate = (seconds: number): string => DATE.format(seconds * 1000);

export const renderCount = (count: number): string => new Intl.NumberFormat("en").format(count);
