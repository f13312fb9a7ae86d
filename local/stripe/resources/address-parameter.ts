import type Stripe from "stripe";
import { object, type ParametersOf, text } from "../parameters.ts";

export const address = object({
  city: text(5000),
  country: text(5000),
  line1: text(5000),
  line2: text(5000),
  postal_code: text(5000),
  state: text(5000),
} satisfies ParametersOf<Stripe.AddressParam>);
