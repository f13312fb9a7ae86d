import type { Context } from "hono";
import { readSessionCookie, sendSessionCookie } from "../../sessions/cookies.ts";
import { endSession, findSession, startSession } from "../../sessions/sessions.ts";
import type { User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import { readCaller } from "../caller.ts";
import { recordLogin } from "../post-login/record-login.ts";
import { isAwaited, type LoginTransaction, openTransaction } from "../transaction.ts";

export interface Proof {
  readonly user: User;
  /** Name of the connection that vouches for the user. */
  readonly connection: string;
  /** As `event.authentication.methods` names it. */
  readonly method: "pwd" | "federated" | "email" | "sms";
}

/**
 * The user has shown who they are: the browser gets a new session (the one it had may have been planted there), and
 * the login goes on from there. The former one ends, unless another login, whose Action sent the browser here, is to go on
 * with it.
 */
export function sendOnWithSession(
  tenant: Pick<Tenant, "clock" | "inFlight" | "state">,
  context: Context,
  { id, device, request }: LoginTransaction,
  { user, connection, method }: Proof,
): Response {
  const caller = readCaller(context);
  recordLogin(tenant, user, caller.ip);
  const former = findSession(tenant, readSessionCookie(context));
  if (former !== undefined && !isAwaited(tenant.inFlight, former.id)) endSession(tenant.state, former.id);
  const { session, cookie } = startSession(tenant, {
    userId: user.user_id,
    connection,
    methods: [{ name: method, at: tenant.clock() }],
    ...caller,
  });
  sendSessionCookie(tenant.clock, context, session, cookie);
  const step = { at: "authenticated", sessionId: session.id } as const;
  const state = openTransaction(tenant, { id, device, request, step });
  return context.redirect(`/authorize/resume?state=${state}`);
}
