import { createHmac } from "node:crypto";

/** The Stripe-Signature header (Stripe docs, "Verify webhook signatures manually"). @param at seconds since the epoch */
export function renderSignature(payload: string, secret: string, at: number): string {
  const signature = createHmac("sha256", secret).update(`${at}.${payload}`).digest("hex");
  return `t=${at},v1=${signature}`;
}
