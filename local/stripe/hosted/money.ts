/** Of these, Stripe's amounts are whole units. Stripe docs, "Zero-decimal currencies". */
const ZERO_DECIMAL = new Set("bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf".split(" "));

/** `1000`, `usd` → `$10.00`. */
export function renderMoney(amount: number, currency: string): string {
  const units = ZERO_DECIMAL.has(currency) ? amount : amount / 100;
  return new Intl.NumberFormat("en-US", { style: "currency", currency }).format(units);
}

/** Seconds since the epoch → `November 20, 2026`. */
export function renderDate(seconds: number): string {
  return new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeZone: "UTC" }).format(seconds * 1000);
}
