/**
 * The address as customers are made with and looked for: Stripe compares it exactly, so every spelling must become one.
 * What stands before `+` and dots stay: at most providers those are different mailboxes.
 */
export const normalizeEmail = (email: string): string => email.trim().normalize("NFC").toLowerCase();
