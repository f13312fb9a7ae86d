import type { Claims } from "../token/claims.ts";
import type { BillingRules } from "./rules.ts";

/** Who is charged, as far as the token says. */
export type Payer =
  | { readonly kind: "customer"; readonly id: string }
  | { readonly kind: "email"; readonly email: string };

/**
 * The customer that the token names, else the email: verified, because an address that anybody may type in would let them
 * use somebody else's subscription. A machine's token has no email: an Action puts its customer on it.
 */
export function findPayer(claims: Claims, audience: string, rules: BillingRules): Payer | undefined {
  const id = claims[rules.customerClaim ?? `${audience}stripe_customer_id`];
  if (id !== undefined) {
    // A claim that is there but no customer id is a fault, and no reason to look for somebody else who pays.
    return typeof id === "string" && /^(?:cus|acct)_[A-Za-z0-9_]{1,250}$/.test(id)
      ? { kind: "customer", id }
      : undefined;
  }
  const email = claims[rules.emailClaim ?? `${audience}email`];
  const isVerified = claims[rules.emailVerifiedClaim ?? `${audience}email_verified`] === true;
  if (typeof email !== "string" || !isVerified || email.length > 512 || !email.includes("@")) return undefined;
  return { kind: "email", email };
}
