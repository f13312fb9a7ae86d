import type { Context } from "hono";
import type { LoginCompleted, LoginFactorAsked } from "../../actions/outcome.ts";
import { type Factor, isFactorPolicy, planAnyFactor, planFactors } from "../../mfa/factors.ts";
import { AccessDenied, LoginRequired } from "../../oauth-error.ts";
import type { Tenant } from "../../tenant.ts";
import { getUser } from "../get-user.ts";
import { sendFactorCode } from "../passwordless/factor-code.ts";
import { describeRequest, queryOf } from "../post-login/describe.ts";
import { type FactorStep, openTransaction } from "../transaction.ts";
import type { ProvenLogin } from "./finish.ts";

type Asking = Pick<Tenant, "actions" | "domain" | "geolocation" | "inFlight" | "log" | "state">;

/**
 * The page of a factor that an Action asks for; nothing where this tenant has none of the kind, and the login goes on as if it had
 * been passed.
 *
 * @throws {OAuthError} no factor is left, or nobody can be asked
 */
export function askFactors(
  tenant: Asking,
  context: Context,
  login: ProvenLogin,
  outcome: LoginFactorAsked,
): Response | undefined {
  const { type, factors } = outcome;
  const user = getUser(tenant.state, login.session.user_id);
  const plan = planFactors(tenant.state, user, { type, factors, done: login.factorsDone ?? [] });
  if (plan.kind === "ask") return sendToFactor(tenant, context, login, { type, factors: plan.factors, next: outcome });
  if (plan.kind === "unavailable" && tenant.actions.unavailableStep === "passed-over") {
    tenant.log(`actions: not carried out by the local tenant: ${type} ${factors.join(" ")}`);
    tenant.actions.skip("send-phone-message");
    return undefined;
  }
  throw new AccessDenied(`None of the factors can be asked for: ${factors.join(", ")}.`);
}

/** The page of any factor, at the end of a login for which an Action or the tenant's policy wants one. */
export function askAnyFactor(
  tenant: Asking,
  context: Context,
  login: ProvenLogin,
  outcome: LoginCompleted,
): Response | undefined {
  const isDone = (login.factorsDone ?? []).length > 0;
  if (isDone || !(outcome.asksMultifactor || isFactorPolicy(tenant.state))) return undefined;
  const plan = planAnyFactor(tenant.state, getUser(tenant.state, outcome.userId));
  if (plan.kind === "ask") {
    return sendToFactor(tenant, context, login, { type: plan.type, factors: plan.factors, next: outcome });
  }
  if (!outcome.asksMultifactor) return undefined;
  throw new AccessDenied("No factor is enabled that the user has or can set up.");
}

function sendToFactor(
  tenant: Asking,
  context: Context,
  { id, device, factorsDone = [], request, session }: ProvenLogin,
  asked: { readonly type: FactorStep["type"]; readonly factors: readonly Factor[]; readonly next: FactorStep["next"] },
): Response {
  if (request.prompt.includes("none")) throw new LoginRequired("Multifactor authentication required");
  // Of several the user chooses first.
  if (asked.factors.join() === "email") {
    const { clientId } = request;
    const purpose = {
      id,
      clientId,
      connection: session.connection,
      request: describeRequest(tenant, context, { query: queryOf(request) }),
    };
    sendFactorCode(tenant, purpose, getUser(tenant.state, session.user_id));
  }
  const step: FactorStep = { at: "factor", sessionId: session.id, failures: 0, ...asked };
  const state = openTransaction(tenant, { id, device, request, step, factorsDone });
  return context.redirect(`/u/mfa?state=${state}`);
}
