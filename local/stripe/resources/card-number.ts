import type { Clock } from "../../clock.ts";
import { cardDeclined, StripeFailure } from "../errors.ts";
import { findByNumber, type TestCard } from "./test-cards.ts";

export interface CardDetails {
  /** Spaces may stand in it. */
  readonly number: string;
  readonly month: number;
  /** Of two or four digits. */
  readonly year: number;
}

export interface CheckedCard {
  readonly card: TestCard;
  readonly expiry: { readonly month: number; readonly year: number };
}

/** @throws {StripeFailure} what Stripe answers to a number that no card has, a date in the past, and a card that is not for testing. */
export function checkCard({ number: given, month, year: short }: CardDetails, clock: Clock): CheckedCard {
  const number = given.replace(/[\s-]/g, "");
  if (!isCardNumber(number))
    throw cardDeclined({ code: "incorrect_number", message: "Your card number is incorrect." });
  const year = short < 100 ? 2000 + short : short;
  const now = new Date(clock());
  const thisMonth = now.getUTCFullYear() * 12 + now.getUTCMonth();
  if (!Number.isInteger(month) || month < 1 || month > 12) {
    throw cardDeclined({ code: "invalid_expiry_month", message: "Your card's expiration month is invalid." });
  }
  if (!Number.isInteger(year) || year * 12 + month - 1 < thisMonth) {
    throw cardDeclined({ code: "invalid_expiry_year", message: "Your card's expiration year is invalid." });
  }
  const card = findByNumber(number);
  if (card !== undefined) return { card, expiry: { month, year } };
  throw new StripeFailure(402, {
    type: "card_error",
    code: "card_declined",
    decline_code: "test_mode_live_card",
    message:
      "Your card was declined. Your request was in test mode, but used a non test card. For a list of valid test cards, visit: https://stripe.com/docs/testing.",
  });
}

/** By the check digit of ISO/IEC 7812-1. */
function isCardNumber(number: string): boolean {
  if (!/^\d{12,19}$/.test(number)) return false;
  const sum = [...number].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
