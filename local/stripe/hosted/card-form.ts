import type { Field } from "../../http/html-form.ts";
import type { CardDetails } from "../resources/card-number.ts";

/** Nothing of a card is shown again after a refusal. */
export const CARD_FIELDS: readonly Field[] = [
  { name: "card", label: "Card number", type: "text", autocomplete: "cc-number", inputMode: "numeric" },
  { name: "expiry", label: "Expiration (MM / YY)", type: "text", autocomplete: "cc-exp", inputMode: "numeric" },
  { name: "cvc", label: "CVC", type: "text", autocomplete: "cc-csc", inputMode: "numeric" },
];

/** The card as typed; whether it is one is checked where it is charged. */
export function readCard(form: URLSearchParams): CardDetails {
  const [, month, year] = /^\s*(\d{1,2})\s*\/?\s*(\d{2}|\d{4})\s*$/.exec(form.get("expiry") ?? "") ?? [];
  return { number: form.get("card") ?? "", month: Number(month), year: Number(year) };
}
