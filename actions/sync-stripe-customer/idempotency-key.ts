import { createHash } from "node:crypto";

/** One rises whenever the parameters of its call change: an old key with new parameters is refused for a day. */
const PARAMETERS_VERSIONS = { create: 1, adopt: 2 };

/**
 * The key of a customer's creation. It is made from the email, so that of two that are made at once for one address Stripe
 * itself refuses the second; hashed, because keys must not hold personal data (Stripe docs, "Idempotent requests").
 */
export const createKey = (email: string, attempt: number): string =>
  `v${PARAMETERS_VERSIONS.create}:${createHash("sha256").update(email).digest("hex")}:${attempt}`;

/** The key of an adoption: of two users who adopt one customer at once, Stripe refuses the second. */
export const adoptKey = (customerId: string, attempt: number): string =>
  `v${PARAMETERS_VERSIONS.adopt}:adopt:${customerId}:${attempt}`;
