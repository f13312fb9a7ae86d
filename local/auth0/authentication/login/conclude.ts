import type { Context } from "hono";
import type { LoginOutcome } from "../../actions/outcome.ts";
import { AccessDenied, InteractionRequired } from "../../oauth-error.ts";
import { clearSessionCookie } from "../../sessions/cookies.ts";
import type { Tenant } from "../../tenant.ts";
import { describeActions } from "../post-login/describe-actions.ts";
import { revokeWhatActionsDenied } from "../post-login/revoke.ts";
import { openTransaction } from "../transaction.ts";
import { askAnyFactor, askFactors } from "./ask-factors.ts";
import { completeLogin } from "./complete.ts";
import type { ProvenLogin } from "./finish.ts";

/**
 * What becomes of a login whose Actions have run, or have sent the browser away.
 *
 * @throws {OAuthError} what the client is told instead of a code
 */
export async function concludeLogin(
  tenant: Pick<
    Tenant,
    "actions" | "clock" | "domain" | "geolocation" | "inFlight" | "issuer" | "log" | "logs" | "state"
  >,
  context: Context,
  login: ProvenLogin,
  outcome: LoginOutcome,
): Promise<Response> {
  const { id, device, factorsDone = [], request, session } = login;
  switch (outcome.kind) {
    case "completed":
      return askAnyFactor(tenant, context, login, outcome) ?? completeLogin(tenant, context, login, outcome);
    case "factor-asked": {
      const asked = askFactors(tenant, context, login, outcome);
      if (asked !== undefined) return asked;
      const { suspended } = outcome;
      const next = await tenant.actions.resumePostLogin(suspended, suspended.context.request);
      return concludeLogin(tenant, context, login, next);
    }
    case "failed":
      throw new AccessDenied(outcome.error.message, { logDetails: describeActions(outcome) });
    case "denied":
      revokeWhatActionsDenied(tenant.state, outcome, { sessionId: session.id });
      if (outcome.by === "session.revoke") clearSessionCookie(context);
      throw new AccessDenied(outcome.reason, { logDetails: describeActions(outcome) });
    case "redirected": {
      if (request.prompt.includes("none")) throw new InteractionRequired();
      const step = { at: "redirected", sessionId: session.id, suspended: outcome.suspended } as const;
      const url = new URL(outcome.url);
      url.searchParams.set("state", openTransaction(tenant, { id, device, request, step, factorsDone }));
      return context.redirect(url.href);
    }
  }
}
