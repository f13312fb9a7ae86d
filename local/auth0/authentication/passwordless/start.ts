import { isEnabledFor } from "../../connections.ts";
import { newId } from "../../ids.ts";
import { OAuthError } from "../../oauth-error.ts";
import { authenticateClient } from "../client-authentication.ts";
import { forClients } from "../client-endpoint.ts";
import { allowOrigin } from "../cors.ts";
import { readParameters, readRequired } from "../parameters.ts";
import { describeRequest } from "../post-login/describe.ts";
import { isAddress, normalizeAddress } from "./one-time-code.ts";
import { findPasswordless } from "./passwordless-user.ts";
import { sendOneTimeCode } from "./send-code.ts";

/** `POST /passwordless/start`: sends a code, which the otp grant of `/oauth/token` takes. */
export const handlePasswordlessStart = forClients(async (tenant, context) => {
  const parameters = await readParameters(context);
  const client = await authenticateClient(tenant, context.req.header("authorization"), parameters);
  allowOrigin(context, client);
  const connection = findPasswordless(tenant.state, readRequired(parameters, "connection"));
  if (connection === undefined || !isEnabledFor(connection, client)) {
    throw new OAuthError(400, "bad.connection", "Connection is disabled");
  }
  const isEmail = connection.strategy === "email";
  // Auth0 sends a link when nothing is said; links are not implemented here, and a code in place of one would mislead.
  if (isEmail && parameters.send !== "code") {
    throw new OAuthError(400, "bad.request", "The local tenant sends codes, not links: ask with send=code.");
  }
  const to = normalizeAddress(connection, readRequired(parameters, isEmail ? "email" : "phone_number"));
  if (!isAddress(connection, to)) {
    throw new OAuthError(400, "bad.request", `${isEmail ? "email" : "phone_number"} is not valid.`);
  }
  sendOneTimeCode(tenant, connection, { to, client, request: describeRequest(tenant, context, {}) });
  return context.json({
    _id: newId.hex24(),
    ...(isEmail ? { email: to, email_verified: false } : { phone_number: to, phone_verified: false }),
  });
});
