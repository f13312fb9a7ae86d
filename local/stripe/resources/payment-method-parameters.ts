import type Stripe from "stripe";
import { metadata } from "../metadata.ts";
import { pageParameters } from "../pages.ts";
import {
  emptyable,
  integer,
  nonEmptyText,
  noneCarriedOut,
  notCarriedOut,
  object,
  oneOf,
  type ParametersOf,
  text,
} from "../parameters.ts";
import { address } from "./address-parameter.ts";
import { expandPaths } from "./expand.ts";

const redisplay = oneOf(["always", "limited", "unspecified"]);
const cards = oneOf(["card"]);

const written = {
  allow_redisplay: redisplay,
  billing_details: object({
    address: emptyable(address),
    email: text(512),
    name: text(5000),
    phone: text(20),
    tax_id: notCarriedOut,
  } satisfies ParametersOf<Stripe.PaymentMethodCreateParams.BillingDetails>),
  expand: expandPaths,
  metadata,
};

const month = integer({ min: 1, max: 12 });
const year = integer({ min: 1, max: 9999 });

/** Of all ways to pay, cards. */
export const createParameters = {
  ...written,
  type: cards,
  card: object({
    cvc: nonEmptyText(4),
    exp_month: month,
    exp_year: year,
    number: nonEmptyText(23),
    token: nonEmptyText(255),
    networks: notCarriedOut,
  } satisfies ParametersOf<Stripe.PaymentMethodCreateParams.Card>),
  ...noneCarriedOut("acss_debit", "affirm", "afterpay_clearpay", "alipay", "alma", "amazon_pay", "au_becs_debit"),
  ...noneCarriedOut("bacs_debit", "bancontact", "billie", "bizum", "blik", "boleto", "cashapp", "crypto", "custom"),
  ...noneCarriedOut("customer", "customer_balance", "eps", "fpx", "giropay", "grabpay", "ideal", "interac_present"),
  ...noneCarriedOut("kakao_pay", "klarna", "konbini", "kr_card", "link", "mb_way", "mobilepay", "multibanco"),
  ...noneCarriedOut("naver_pay", "nz_bank_account", "oxxo", "p24", "pay_by_bank", "payco", "payment_method", "paynow"),
  ...noneCarriedOut("paypal", "paypay", "payto", "pix", "promptpay", "radar_options", "revolut_pay", "samsung_pay"),
  ...noneCarriedOut("satispay", "scalapay", "sepa_debit", "sequra", "sofort", "sunbit", "swish", "twint", "upi"),
  ...noneCarriedOut("us_bank_account", "wechat_pay", "zip"),
} satisfies ParametersOf<Stripe.PaymentMethodCreateParams>;

export const updateParameters = {
  ...written,
  card: object({ exp_month: month, exp_year: year, networks: notCarriedOut }),
  us_bank_account: notCarriedOut,
} satisfies ParametersOf<Stripe.PaymentMethodUpdateParams>;

export const attachParameters = {
  customer: nonEmptyText(255),
  expand: expandPaths,
  customer_account: notCarriedOut,
} satisfies ParametersOf<Stripe.PaymentMethodAttachParams>;

export const detachParameters = { expand: expandPaths } satisfies ParametersOf<Stripe.PaymentMethodDetachParams>;

export const listOfCustomerParameters = {
  ...pageParameters,
  allow_redisplay: redisplay,
  expand: expandPaths,
  type: cards,
} satisfies ParametersOf<Stripe.CustomerListPaymentMethodsParams>;

export const listParameters = {
  ...listOfCustomerParameters,
  customer: nonEmptyText(255),
  customer_account: notCarriedOut,
} satisfies ParametersOf<Stripe.PaymentMethodListParams>;
