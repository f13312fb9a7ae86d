import type { ClaimCheck } from "./claim-check.ts";

/** RFC 9068 §2.2: an access token says who it is for. Backends take it as the user's id, so it must be a usable one. */
export const checkSubject: ClaimCheck = ({ sub }) =>
  typeof sub === "string" && /^[\x21-\x7e][\x20-\x7e]{0,254}$/.test(sub) ? undefined : "subject_missing";
