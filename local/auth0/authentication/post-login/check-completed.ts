import type { LoginContext } from "../../actions/login-context.ts";
import type { LoginCompleted, LoginOutcome } from "../../actions/outcome.ts";
import { OAuthError } from "../../oauth-error.ts";
import type { Tenant } from "../../tenant.ts";

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
  const details = outcome.logDetails === undefined ? {} : { actions: outcome.logDetails };
  const refuse = (status: number, error: string, description: string) =>
    new OAuthError(status, error, description, {}, details);
  switch (outcome.kind) {
    case "completed":
      return outcome;
    case "denied":
      throw refuse(actions.deniedStatus, "access_denied", outcome.reason);
    case "failed":
      throw refuse(actions.deniedStatus, "access_denied", outcome.error.message);
    case "redirected":
      throw refuse(403, "interaction_required", `An Action redirects, which is not possible in ${protocol}.`);
  }
}
