import type { Decline } from "../errors.ts";

/** A card of Stripe's for testing, and what becomes of it. Stripe docs, "Test card numbers". */
export interface TestCard {
  readonly number: string;
  /** The payment method that the API takes in place of the number. */
  readonly token: string;
  readonly brand: string;
  /** Refused when it is saved to a customer, and when it is charged. */
  readonly decline?: Decline;
  /** Refused only when it is charged: it can be saved before. */
  readonly declineCharge?: Decline;
}

const declined = (code: string): Decline => ({
  code: "card_declined",
  decline_code: code,
  message: "Your card was declined.",
});

const CARDS: readonly TestCard[] = [
  { number: "4242424242424242", token: "pm_card_visa", brand: "visa" },
  { number: "4000056655665556", token: "pm_card_visa_debit", brand: "visa" },
  { number: "5555555555554444", token: "pm_card_mastercard", brand: "mastercard" },
  { number: "378282246310005", token: "pm_card_amex", brand: "amex" },
  {
    number: "4000000000000002",
    token: "pm_card_visa_chargeDeclined",
    brand: "visa",
    decline: declined("generic_decline"),
  },
  {
    number: "4000000000009995",
    token: "pm_card_visa_chargeDeclinedInsufficientFunds",
    brand: "visa",
    decline: { ...declined("insufficient_funds"), message: "Your card has insufficient funds." },
  },
  {
    number: "4000000000000069",
    token: "pm_card_chargeDeclinedExpiredCard",
    brand: "visa",
    decline: { code: "expired_card", message: "Your card has expired." },
  },
  {
    number: "4000000000000127",
    token: "pm_card_chargeDeclinedIncorrectCvc",
    brand: "visa",
    decline: { code: "incorrect_cvc", message: "Your card's security code is incorrect." },
  },
  {
    number: "4000000000000341",
    token: "pm_card_chargeCustomerFail",
    brand: "visa",
    declineCharge: declined("generic_decline"),
  },
];

export const findByNumber = (number: string): TestCard | undefined => CARDS.find((card) => card.number === number);
export const findByToken = (token: string): TestCard | undefined => CARDS.find((card) => card.token === token);
/** No two of them end alike, and a payment method says no more than its card's end. */
export const findByEnd = (last4: string | undefined): TestCard | undefined =>
  CARDS.find(({ number }) => number.slice(-4) === last4);
