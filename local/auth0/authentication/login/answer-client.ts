import type { Context } from "hono";
import { OAuthError } from "../../oauth-error.ts";
import { readSessionCookie } from "../../sessions/cookies.ts";
import { findSession } from "../../sessions/sessions.ts";
import type { Tenant } from "../../tenant.ts";
import { readCaller } from "../caller.ts";
import { writeLog } from "../log-event.ts";
import { sendError } from "../response/response.ts";
import type { ReturnAddress } from "../response/return-address.ts";

export interface ClientRequest {
  readonly clientId: string;
  readonly returnTo: ReturnAddress;
  readonly prompt: readonly string[];
}

/** Runs what may fail once the return address is known: a failure is logged, and the client's to hear. */
export async function answerClient(
  tenant: Pick<Tenant, "clock" | "domain" | "log" | "logs" | "state">,
  context: Context,
  { clientId, returnTo, prompt }: ClientRequest,
  attempt: () => Promise<Response>,
): Promise<Response> {
  // Before the attempt, which may end it.
  const session = findSession(tenant, readSessionCookie(context));
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    const { type = prompt.includes("none") ? "fsa" : "f", ...details } = error.logDetails;
    writeLog(tenant, {
      type: String(type),
      description: error.message,
      caller: readCaller(context),
      client: tenant.state.clients.get(clientId),
      ...(session !== undefined && { user: tenant.state.users.get(session.user_id), connection: session.connection }),
      details: { error: error.error, ...details },
    });
    tenant.log(`login to ${clientId} → ${error.error}`);
    return sendError(context, returnTo, error);
  }
}
