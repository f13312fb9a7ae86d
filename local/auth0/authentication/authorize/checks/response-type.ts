import { InvalidRequest, UnauthorizedClient, UnsupportedResponseType } from "../../../oauth-error.ts";
import type { Check } from "./check.ts";

/** The code flow only: RFC 9700 §2.1.2 advises against tokens in the front channel. */
export const checkResponseType: Check = ({ client, parameters }) => {
  if (parameters.response_type === undefined) {
    throw new InvalidRequest("Missing required parameter: response_type");
  }
  if (parameters.response_type !== "code") {
    throw new UnsupportedResponseType(`Unsupported response type: ${parameters.response_type}`);
  }
  if (!(client.grant_types ?? []).includes("authorization_code")) {
    throw new UnauthorizedClient("Grant type 'authorization_code' not allowed for the client.");
  }
};
