import type { Context } from "hono";
import type { Tenant } from "../../tenant.ts";
import type { Authorization } from "../../tokens/authorization.ts";
import type { AuthorizationRequest } from "../authorize/request.ts";
import { sendResponse } from "../response/response.ts";
import { issueCode } from "../token/authorization-code.ts";

export function sendCode(
  tenant: Tenant,
  context: Context,
  request: AuthorizationRequest,
  authorization: Authorization,
): Promise<Response> {
  return sendResponse(context, request.returnTo, { code: issueCode(tenant, request, authorization) });
}
