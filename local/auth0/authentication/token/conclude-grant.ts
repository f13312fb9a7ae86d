import type { AuthenticationMethod, LoginContext } from "../../actions/login-context.ts";
import type { LoginCompleted, LoginOutcome } from "../../actions/outcome.ts";
import { FACTORS, isFactorEnabled, planAnyFactor, planFactors } from "../../mfa/factors.ts";
import { InvalidRequest, MfaRequired, type OAuthError } from "../../oauth-error.ts";
import type { User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import { getUser } from "../get-user.ts";
import { openPendingLogin, type PendingLogin } from "../mfa-api/pending-login.ts";
import { describeRequirements } from "../mfa-api/requirements.ts";
import { checkCompleted } from "../post-login/check-completed.ts";
import { describeCallerRequest } from "../post-login/describe.ts";
import { describeActions } from "../post-login/describe-actions.ts";
import type { Granted, TokenRequest } from "./grant.ts";

/** An exchange that Actions have been asked about. */
export interface GrantUnderWay {
  readonly protocol: LoginContext["protocol"];
  readonly userId: string;
  /** Name. */
  readonly connection: string;
  readonly methods: readonly AuthenticationMethod[];
  readonly factorsDone?: readonly string[];
  /** Whether a factor is wanted that no Action asks for. */
  readonly wantsFactor?: (user: User) => boolean;
  /** Why none can be asked for. */
  readonly refusesFactor?: string;
  /** What happens whatever Actions decided. */
  readonly settle?: (outcome: LoginOutcome) => void;
  readonly issue: (completed: LoginCompleted, methods: readonly AuthenticationMethod[]) => Promise<Granted>;
}

type Asked = Pick<PendingLogin, "factors" | "type">;

/**
 * Tokens where Actions let the user pass. Where they, or the tenant, want a second factor, the client is told to bring one by
 * the MFA API, and the exchange waits for it.
 *
 * @throws {OAuthError} `mfa_required` with an `mfa_token`, or what Actions refused with
 */
export async function concludeGrant(
  request: TokenRequest,
  underWay: GrantUnderWay,
  outcome: LoginOutcome,
): Promise<Granted> {
  underWay.settle?.(outcome);
  const asked = planAsked(request.tenant.state, underWay, outcome);
  if (asked === undefined) {
    return underWay.issue(checkCompleted(request.tenant, outcome, underWay.protocol), underWay.methods);
  }
  if (underWay.refusesFactor !== undefined) throw new InvalidRequest(underWay.refusesFactor);
  throw askForFactor(request, underWay, outcome, asked);
}

function planAsked(
  state: Tenant["state"],
  { factorsDone = [], userId, wantsFactor }: GrantUnderWay,
  outcome: LoginOutcome,
): Asked | undefined {
  if (outcome.kind === "factor-asked") {
    const { type, factors } = outcome;
    const plan = planFactors(state, getUser(state, userId), { type, factors, done: factorsDone });
    return plan.kind === "ask" ? { type, factors: plan.factors } : undefined;
  }
  if (outcome.kind !== "completed" || factorsDone.length > 0) return undefined;
  const user = getUser(state, outcome.userId);
  if (!(outcome.asksMultifactor || wantsFactor?.(user))) return undefined;
  const plan = planAnyFactor(state, user);
  if (plan.kind === "ask") return { type: plan.type, factors: FACTORS.filter((one) => isFactorEnabled(state, one)) };
  if (!outcome.asksMultifactor) return undefined;
  throw new MfaRequired(undefined, { logDetails: describeActions(outcome) });
}

function askForFactor(
  request: TokenRequest,
  underWay: GrantUnderWay,
  outcome: LoginOutcome,
  { type, factors }: Asked,
): OAuthError {
  const { tenant, caller, client, parameters } = request;
  const userId = outcome.kind === "completed" ? outcome.userId : underWay.userId;
  const goOn: PendingLogin["goOn"] = async (passed): Promise<Granted> => {
    const methods = [...underWay.methods, { name: "mfa", at: tenant.clock() }];
    const described = describeCallerRequest(tenant, caller, "POST", { body: parameters });
    const next =
      outcome.kind === "factor-asked"
        ? await tenant.actions.resumePostLogin(outcome.suspended, described, methods)
        : outcome;
    const factorsDone = [...(underWay.factorsDone ?? []), passed];
    return concludeGrant(request, { ...underWay, methods, factorsDone }, next);
  };
  const { connection } = underWay;
  const mfa_token = openPendingLogin(tenant, { clientId: client.client_id, userId, connection, type, factors, goOn });
  const mfa_requirements = describeRequirements(tenant.state, getUser(tenant.state, userId), type, factors);
  return new MfaRequired(undefined, { logDetails: describeActions(outcome), body: { mfa_token, mfa_requirements } });
}
