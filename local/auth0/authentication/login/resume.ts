import type { Context } from "hono";
import { readDevice, readSessionCookie, sendSessionCookie } from "../../sessions/cookies.ts";
import { endSession, findSession, isLive, renewSecret } from "../../sessions/sessions.ts";
import type { Session } from "../../state/session.ts";
import type { Tenant } from "../../tenant.ts";
import type { Continuation } from "../continue.ts";
import { getUser } from "../get-user.ts";
import { staleState } from "../pages/error-page.ts";
import { describeRequest } from "../post-login/describe.ts";
import { takeTransaction } from "../transaction.ts";
import { answerClient } from "./answer-client.ts";
import { concludeLogin } from "./conclude.ts";
import { finishLogin } from "./finish.ts";

/** `GET /authorize/resume`: from the pages back to the request that they interrupted. */
export async function handleResume(tenant: Tenant, context: Context): Promise<Response> {
  const transaction = takeTransaction(
    tenant.inFlight,
    readDevice(context),
    context.req.query("state"),
    "authenticated",
  );
  const session = getOwnSession(tenant, context, transaction.step.sessionId);
  return answerClient(tenant, context, transaction.request, () =>
    finishLogin(tenant, context, { ...transaction, session }),
  );
}

/** `GET|POST /continue` of a login. */
export async function continueLogin(
  tenant: Tenant,
  context: Context,
  { state, ...content }: Continuation,
): Promise<Response> {
  const transaction = takeTransaction(tenant.inFlight, readDevice(context), state, "redirected");
  const { sessionId, suspended } = transaction.step;
  const session = returnToSession(tenant, context, sessionId);
  return answerClient(tenant, context, transaction.request, async () => {
    getUser(tenant.state, session.user_id);
    const outcome = await tenant.actions.resumePostLogin(suspended, describeRequest(tenant, context, content));
    return concludeLogin(tenant, context, { ...transaction, session }, outcome);
  });
}

/**
 * The session of a login that an Action interrupted. Whoever logged in meanwhile in this browser has another one there: it ends,
 * as a session does when somebody else logs in, and this one is the browser's again. A browser that logged out has none.
 */
function returnToSession(tenant: Pick<Tenant, "clock" | "state">, context: Context, id: string): Session {
  const cookie = readSessionCookie(context);
  const current = findSession(tenant, cookie);
  if (current?.id === id) return current;
  const session = tenant.state.sessions.get(id);
  if (cookie === undefined || session === undefined || !isLive(tenant, session)) throw staleState();
  if (current !== undefined) endSession(tenant.state, current.id);
  const renewed = renewSecret(tenant.state, session);
  sendSessionCookie(tenant.clock, context, renewed.session, renewed.cookie);
  return renewed.session;
}

/**
 * The session of the login, which must be the browser's.
 *
 * @throws {ErrorPage} the text for a stale state
 */
export function getOwnSession(tenant: Pick<Tenant, "clock" | "state">, context: Context, id: string): Session {
  const session = findSession(tenant, readSessionCookie(context));
  if (session?.id !== id) throw staleState();
  return session;
}
