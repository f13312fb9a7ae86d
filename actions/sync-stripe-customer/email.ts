import type { Profile } from "../shared/trusted-email.ts";

/**
 * The address as customers are made with and looked for: Stripe compares it exactly, so every spelling must become one.
 * What stands before `+` and dots stay: at most providers those are different mailboxes.
 */
export const normalizeEmail = (email: string): string => email.trim().normalize("NFC").toLowerCase();

/** Normalized, of the accounts that were linked to the user's. */
export const listLinkedEmails = ({ identities = [] }: Profile): readonly string[] =>
  identities.flatMap(({ profileData }) => normalizeEmail(String(profileData?.email ?? "")) || []);
