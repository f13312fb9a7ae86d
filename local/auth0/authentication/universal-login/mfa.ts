import type { Context } from "hono";
import type { Factor } from "../../mfa/factors.ts";
import { newTotpSecret } from "../../mfa/totp.ts";
import { enrollTotp, useTotp } from "../../mfa/use-totp.ts";
import { TooManyAttempts } from "../../oauth-error.ts";
import { readDevice } from "../../sessions/cookies.ts";
import type { Session } from "../../state/session.ts";
import type { User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import { readCaller } from "../caller.ts";
import { readForm } from "../form.ts";
import { getUser } from "../get-user.ts";
import { writeLog } from "../log-event.ts";
import { answerClient } from "../login/answer-client.ts";
import { concludeLogin } from "../login/conclude.ts";
import { getOwnSession } from "../login/resume.ts";
import { renderAppPage, renderChoice, renderCodePage } from "../pages/factor-page.ts";
import { sendFactorCode, useFactorCode } from "../passwordless/factor-code.ts";
import { describeRequest, queryOf } from "../post-login/describe.ts";
import { tenantNameOf } from "../tenant-name.ts";
import {
  type FactorStep,
  getTransaction,
  type LoginTransaction,
  openTransaction,
  takeTransaction,
} from "../transaction.ts";

/** Auth0 docs, "MFA rate limits": so many wrong codes, and the login begins anew. */
const MAX_FAILURES = 10;

interface Choice {
  readonly state: string;
  readonly factor: Factor;
  readonly session: Session;
  readonly user: User;
}

type FactorTransaction = LoginTransaction & { readonly step: FactorStep };

/** `GET /u/mfa`: the choice where there is one, else what the factor asks. */
export function showFactor(tenant: Tenant, context: Context): Response | Promise<Response> {
  const state = context.req.query("state") ?? "";
  const transaction = getTransaction(tenant.inFlight, readDevice(context), state, "factor");
  return renderFactor(tenant, context, state, transaction);
}

/** `POST /u/mfa`: a choice, or a code. */
export async function handleFactor(tenant: Tenant, context: Context): Promise<Response> {
  const { state = "", factor, code = "" } = await readForm(context);
  const device = readDevice(context);
  const transaction = getTransaction(tenant.inFlight, device, state, "factor");
  const session = getOwnSession(tenant, context, transaction.step.sessionId);
  const user = getUser(tenant.state, session.user_id);
  const chosen = transaction.step.factors.find((one) => one === factor);
  if (chosen !== undefined) return choose(tenant, context, transaction, { state, factor: chosen, session, user });

  const isRight = useCode(tenant, transaction, user, code);
  const client = tenant.state.clients.get(transaction.request.clientId);
  const type = isRight ? "gd_auth_succeed" : "gd_auth_failed";
  writeLog(tenant, { type, caller: readCaller(context), client, user, connection: session.connection });
  if (isRight) {
    takeTransaction(tenant.inFlight, device, state, "factor");
    return goOn(tenant, context, transaction, session);
  }
  return refuse(tenant, context, state, transaction);
}

function renderFactor(
  tenant: Pick<Tenant, "inFlight" | "name" | "state">,
  context: Context,
  state: string,
  transaction: FactorTransaction,
  fault?: string,
): Response | Promise<Response> {
  const { step } = transaction;
  const [only, ...others] = step.factors;
  if (only === undefined || others.length > 0) return renderChoice(context, state, step.factors);
  if (step.type === "challenge") return renderCodePage(context, { state, factor: only, fault });
  const secret = step.secret ?? newTotpSecret();
  tenant.inFlight.logins.replace(state, { ...transaction, step: { ...step, secret } });
  const user = tenant.state.users.get(tenant.state.sessions.get(step.sessionId)?.user_id ?? "");
  const account = user?.email ?? user?.name ?? "";
  return renderAppPage(context, { state, secret, issuer: tenantNameOf(tenant), account, fault });
}

function choose(
  tenant: Tenant,
  context: Context,
  { step, ...login }: FactorTransaction,
  { state, factor, session, user }: Choice,
): Response {
  tenant.inFlight.logins.delete(state);
  if (factor === "email") {
    const { clientId } = login.request;
    const request = describeRequest(tenant, context, { query: queryOf(login.request) });
    sendFactorCode(tenant, { id: login.id, clientId, connection: session.connection, request }, user);
  }
  const chosen = { ...login, step: { ...step, factors: [factor] } };
  return context.redirect(`/u/mfa?state=${openTransaction(tenant, chosen)}`);
}

function useCode(tenant: Tenant, { step, ...login }: FactorTransaction, user: User, code: string): boolean {
  if (step.factors.length !== 1) return false;
  if (step.type === "enroll") return enrollTotp(tenant, user.user_id, step.secret ?? "", code);
  if (step.factors[0] === "otp") return useTotp(tenant, user.user_id, code);
  return useFactorCode(tenant, login, user, code);
}

function refuse(
  tenant: Tenant,
  context: Context,
  state: string,
  transaction: FactorTransaction,
): Response | Promise<Response> {
  const failures = transaction.step.failures + 1;
  const counted = { ...transaction, step: { ...transaction.step, failures } };
  tenant.inFlight.logins.replace(state, counted);
  if (failures < MAX_FAILURES) return renderFactor(tenant, context, state, counted, "The code you entered is invalid");
  tenant.inFlight.logins.delete(state);
  return answerClient(tenant, context, transaction.request, async () => {
    throw new TooManyAttempts("Too many wrong codes.");
  });
}

/** The session remembers the factor; the Actions after the one that asked run, or the login ends. */
function goOn(tenant: Tenant, context: Context, transaction: FactorTransaction, session: Session): Promise<Response> {
  const { step, ...login } = transaction;
  const methods = [...session.authentication_methods, { name: "mfa", at: tenant.clock() }];
  const proven = tenant.state.sessions.set(session.id, { ...session, authentication_methods: methods });
  const factorsDone = [...(login.factorsDone ?? []), ...step.factors];
  return answerClient(tenant, context, login.request, async () => {
    const { next } = step;
    const request = describeRequest(tenant, context, { query: queryOf(login.request) });
    const outcome =
      next.kind === "completed" ? next : await tenant.actions.resumePostLogin(next.suspended, request, methods);
    return concludeLogin(tenant, context, { ...login, factorsDone, session: proven }, outcome);
  });
}
