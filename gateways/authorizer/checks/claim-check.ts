import type { RefusalCode } from "../decision.ts";
import type { TokenRules } from "../settings.ts";
import type { Claims } from "../token/claims.ts";

/**
 * One demand on the claims of a token whose signature is good. Returns what is wrong, or undefined.
 *
 * @param now seconds since the epoch
 */
export type ClaimCheck = (claims: Claims, rules: TokenRules, now: number) => RefusalCode | undefined;
