import { InvalidRequest } from "../../../oauth-error.ts";
import { isStrict } from "../../../third-party.ts";
import type { Check } from "./check.ts";

/**
 * RFC 7636 §4.2: 43 to 128 unreserved characters; §4.3: `plain` when no method is given. Without it no client gets a code that is bound
 * by Auth0's controls for third parties.
 */
export const checkPkce: Check = ({ client, parameters }) => {
  const { code_challenge: challenge, code_challenge_method: method } = parameters;
  if (challenge === undefined) {
    if (isStrict(client)) throw new InvalidRequest("Parameter 'code_challenge' is required for this client");
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
