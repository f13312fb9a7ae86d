import { parseBillingRules } from "../../gateways/authorizer/billing/rules.ts";
import { isRecord, Problems } from "../../gateways/authorizer/problems.ts";

/** What stripe.json asks for. */
export interface WantedPrice {
  /** In the currency's smallest unit, as text: fractions of a cent must not pass through binary ones. */
  readonly amount: string;
  /** Three letters, lower case. */
  readonly currency: string;
  readonly interval: (typeof INTERVALS)[number];
}

export interface Wanted {
  readonly scope: string;
  /** Undefined: found by its name. */
  readonly productId: string | undefined;
  readonly productName: string;
  /** The meter's event name; undefined: a flat price. */
  readonly meter: string | undefined;
  /** Undefined: prices are made by hand. */
  readonly price: WantedPrice | undefined;
}

const INTERVALS = ["day", "week", "month", "year"] as const;

/** @throws {ConfigurationError} with every problem in it */
export function parseWanted(value: unknown, file = "stripe.json"): readonly Wanted[] {
  // Says all that is wrong with the rest.
  parseBillingRules(value, file);
  const problems = new Problems(file);
  const entries: readonly unknown[] = isRecord(value) && Array.isArray(value.scopes) ? value.scopes : [];
  const wanted = entries.flatMap((entry, index): Wanted[] => {
    const [paid] = parseBillingRules({ scopes: [entry] }, file).paid.values();
    if (paid === undefined || !isRecord(entry)) return [];
    const { scope, product, usage } = paid;
    return [
      {
        scope,
        productId: product.kind === "id" ? product.id : undefined,
        productName: product.kind === "name" ? product.name : scope,
        meter: usage?.meter,
        price: parsePrice(entry.price, `scopes[${index}].price`, problems),
      },
    ];
  });
  problems.throwIfAny();
  return wanted;
}

function parsePrice(value: unknown, place: string, problems: Problems): WantedPrice | undefined {
  if (value === undefined) return undefined;
  if (!isRecord(value))
    return problems.add(place, 'expected { "amount": 900, "currency": "usd", "interval": "month" }');
  for (const name of Object.keys(value))
    if (!["amount", "currency", "interval"].includes(name)) problems.add(`${place}.${name}`, "is not known here");
  const amount = readAmount(value.amount);
  const { currency } = value;
  const interval = INTERVALS.find((one) => one === value.interval);
  if (amount === undefined)
    problems.add(
      `${place}.amount`,
      "expected the currency's smallest unit, such as cents: a number, at most 12 decimals",
    );
  if (typeof currency !== "string" || !/^[a-z]{3}$/i.test(currency))
    problems.add(`${place}.currency`, "expected three letters, such as usd");
  if (interval === undefined) problems.add(`${place}.interval`, `expected ${INTERVALS.join(", ")}`);
  return amount !== undefined && typeof currency === "string" && interval !== undefined
    ? { amount, currency: currency.toLowerCase(), interval }
    : undefined;
}

/** `"0.5"` or 900, in one spelling: prices are compared by it. */
function readAmount(value: unknown): string | undefined {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string" || !/^\d{1,12}(\.\d{1,12})?$/.test(text)) return undefined;
  return normalizeAmount(text);
}

/** Without zeros that say nothing: Stripe and people write them in different places. */
export function normalizeAmount(text: string): string {
  const [whole = "", fraction = ""] = text.split(".");
  const rest = fraction.replace(/0+$/, "");
  const start = whole.replace(/^0+(?=\d)/, "");
  return rest === "" ? start : `${start}.${rest}`;
}
