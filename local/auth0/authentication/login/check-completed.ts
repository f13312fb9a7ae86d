import type { LoginContext } from "../../actions/login-context.ts";
import type { LoginCompleted, LoginOutcome } from "../../actions/outcome.ts";
import { OAuthError } from "../oauth-error.ts";

/**
 * What an outcome means to a client that waits at the token endpoint: nobody can be sent anywhere from there.
 *
 * @throws {OAuthError}
 */
export function checkCompleted(outcome: LoginOutcome, protocol: LoginContext["protocol"]): LoginCompleted {
  const details = outcome.logDetails === undefined ? {} : { actions: outcome.logDetails };
  const refuse = (error: string, description: string) => new OAuthError(403, error, description, {}, details);
  switch (outcome.kind) {
    case "completed":
      return outcome;
    case "denied":
      throw refuse("access_denied", outcome.reason);
    case "failed":
      throw refuse("access_denied", outcome.error.message);
    case "redirected":
      throw refuse("interaction_required", `An Action redirects, which is not possible in ${protocol}.`);
  }
}
