import type { LoginContext } from "../../actions/login-context.ts";
import type { LoginCompleted, LoginOutcome } from "../../actions/outcome.ts";
import { AccessDenied, InteractionRequired, MfaRequired } from "../../oauth-error.ts";
import type { Tenant } from "../../tenant.ts";
import { describeActions } from "./describe-actions.ts";

/**
 * What an outcome means to a client that waits at the token endpoint: nobody can be sent anywhere from there.
 *
 * @throws {OAuthError}
 */
export function checkCompleted(
  { actions }: Pick<Tenant, "actions">,
  outcome: LoginOutcome,
  protocol: LoginContext["protocol"],
): LoginCompleted {
  const logDetails = describeActions(outcome);
  const status = actions.deniedStatus;
  switch (outcome.kind) {
    case "completed":
      return outcome;
    case "factor-asked":
      throw new MfaRequired(undefined, { logDetails });
    case "denied":
      throw new AccessDenied(outcome.reason, { status, logDetails });
    case "failed":
      throw new AccessDenied(outcome.error.message, { status, logDetails });
    case "redirected":
      throw new InteractionRequired(`An Action redirects, which is not possible in ${protocol}.`, { logDetails });
  }
}
