import type { Context } from "hono";
import type { Tenant } from "../../tenant.ts";
import { answerClient } from "../login/answer-client.ts";
import { beginLogin } from "../login/begin.ts";
import { checkReturnAddress } from "../response/return-address.ts";
import { AUTHORIZE_CHECKS } from "./checks.ts";
import { readAuthorizeParameters } from "./parameters.ts";
import { readAuthorizationRequest, splitWords } from "./request.ts";

/** `GET|POST /authorize` (RFC 6749 §4.1.1): failures are a page until the return address is known, then the client's. */
export async function handleAuthorize(tenant: Tenant, context: Context): Promise<Response> {
  const parameters = await readAuthorizeParameters(context);
  const { client, returnTo } = checkReturnAddress(tenant, parameters);
  const clientRequest = { clientId: client.client_id, returnTo, prompt: splitWords(parameters.prompt) };
  return answerClient(tenant, context, clientRequest, async () => {
    for (const check of AUTHORIZE_CHECKS) check({ tenant, client, parameters });
    const request = readAuthorizationRequest(tenant, client, returnTo, context.req.method, parameters);
    return beginLogin(tenant, context, request);
  });
}
