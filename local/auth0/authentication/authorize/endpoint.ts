import type { Context } from "hono";
import type { Tenant } from "../../tenant.ts";
import { beginLogin } from "../login/begin.ts";
import { OAuthError } from "../oauth-error.ts";
import { AUTHORIZE_CHECKS } from "./checks.ts";
import { readAuthorizeParameters } from "./parameters.ts";
import { readAuthorizationRequest } from "./request.ts";
import { sendError } from "./response.ts";
import { checkReturnAddress } from "./return-address.ts";

/** `GET|POST /authorize` (RFC 6749 §4.1.1): failures are a page until the return address is known, then the client's. */
export async function handleAuthorize(tenant: Tenant, context: Context): Promise<Response> {
  const parameters = await readAuthorizeParameters(context);
  const { client, returnTo } = checkReturnAddress(tenant, parameters);
  try {
    for (const check of AUTHORIZE_CHECKS) check({ tenant, client, parameters });
    return await beginLogin(
      tenant,
      context,
      readAuthorizationRequest(tenant, client, returnTo, context.req.method, parameters),
    );
  } catch (error) {
    if (error instanceof OAuthError) return sendError(context, returnTo, error);
    throw error;
  }
}
