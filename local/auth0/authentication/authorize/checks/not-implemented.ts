import { OAuthError } from "../../../oauth-error.ts";
import type { Check } from "./check.ts";

/** What this tenant does not carry out and a client counts on: to ignore it would be worse than to refuse it. */
const NOT_IMPLEMENTED: Readonly<Record<string, readonly [error: string, description: string]>> = {
  // OpenID Connect Core §6, RFC 9126
  request: ["request_not_supported", "Request objects are not supported."],
  request_uri: ["request_uri_not_supported", "Pushed authorization requests are not supported."],
  // RFC 9449 §10
  dpop_jkt: ["invalid_request", "The local tenant does not bind tokens to keys (DPoP)."],
  // RFC 9396 §5
  authorization_details: ["invalid_authorization_details", "Rich authorization requests are not supported."],
  session_transfer_token: ["invalid_request", "The local tenant does not take sessions over from native applications."],
  invitation: ["invalid_request", "The local tenant does not accept invitations."],
};

export const checkNotImplemented: Check = ({ tenant, parameters }) => {
  for (const [name, [error, description]] of Object.entries(NOT_IMPLEMENTED)) {
    if (parameters[name] === undefined) continue;
    tenant.log(`not implemented by the local tenant: ${name} at /authorize`);
    throw new OAuthError(400, error, description);
  }
};
