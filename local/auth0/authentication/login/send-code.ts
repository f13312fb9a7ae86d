import type { Context } from "hono";
import type { Authorization } from "../../tokens/authorization.ts";
import type { AuthorizationRequest } from "../authorize/request.ts";
import type { InFlight } from "../in-flight.ts";
import { sendResponse } from "../response/response.ts";
import { issueCode } from "../token/authorization-code.ts";

export function sendCode(
  inFlight: InFlight,
  context: Context,
  request: AuthorizationRequest,
  authorization: Authorization,
): Promise<Response> {
  return sendResponse(context, request.returnTo, { code: issueCode(inFlight, request, authorization) });
}
