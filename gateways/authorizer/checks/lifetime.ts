import type { ClaimCheck } from "./claim-check.ts";

/** RFC 7519 §4.1.4 to §4.1.6. A token that does not expire is refused, whatever the RFC allows; no claim is a text. */
export const checkLifetime: ClaimCheck = ({ exp, nbf, iat }, { leeway }, now) => {
  if (exp === undefined) return "expiry_missing";
  if (!isDate(exp) || !isDateOrMissing(nbf) || !isDateOrMissing(iat)) return "claims_malformed";
  if (now >= exp + leeway) return "expired";
  if (Math.max(nbf ?? 0, iat ?? 0) > now + leeway) return "not_yet_valid";
  return undefined;
};

const isDate = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
const isDateOrMissing = (value: unknown): value is number | undefined => value === undefined || isDate(value);
