import type { Context } from "hono";
import { clearSessionCookie, readSessionCookie } from "../../sessions/cookies.ts";
import { endSession, findSession } from "../../sessions/sessions.ts";
import type { Client } from "../../state/resources.ts";
import type { Tenant } from "../../tenant.ts";
import { readCaller } from "../caller.ts";
import { writeLog } from "../log-event.ts";

/** Ends the browser's session, if it has one. Refresh tokens stay: offline access is meant to outlive sessions. */
export function endBrowserSession(
  tenant: Pick<Tenant, "clock" | "domain" | "logs" | "state">,
  context: Context,
  client: Client | undefined,
): void {
  const session = findSession(tenant, readSessionCookie(context));
  if (session !== undefined) {
    endSession(tenant.state, session.id);
    const user = tenant.state.users.get(session.user_id);
    writeLog(tenant, { type: "slo", caller: readCaller(context), client, user, connection: session.connection });
  }
  clearSessionCookie(context);
}
