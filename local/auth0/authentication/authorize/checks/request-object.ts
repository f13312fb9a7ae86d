import { OAuthError } from "../../oauth-error.ts";
import type { Check } from "./check.ts";

/** OpenID Connect Core §6: to ignore what a request object asks for would be worse than to refuse it. */
export const checkRequestObject: Check = ({ parameters }) => {
  if (parameters.request !== undefined) {
    throw new OAuthError(400, "request_not_supported", "Request objects are not supported.");
  }
  if (parameters.request_uri !== undefined) {
    throw new OAuthError(400, "request_uri_not_supported", "Pushed authorization requests are not supported.");
  }
};
