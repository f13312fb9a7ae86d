import { InvalidRequest } from "../../../oauth-error.ts";
import type { Check } from "./check.ts";

/** RFC 7636 §4.2: 43 to 128 unreserved characters; §4.3: `plain` when no method is given. */
export const checkPkce: Check = ({ parameters: { code_challenge: challenge, code_challenge_method: method } }) => {
  if (challenge === undefined) {
    if (method === undefined) return;
    throw new InvalidRequest("Parameter 'code_challenge' is required with code_challenge_method");
  }
  if (method !== undefined && method !== "S256" && method !== "plain") {
    throw new InvalidRequest(`Unsupported code_challenge_method: ${method}`);
  }
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(challenge)) {
    throw new InvalidRequest("Parameter 'code_challenge' must have 43 to 128 unreserved characters");
  }
};
