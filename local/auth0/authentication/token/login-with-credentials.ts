import type { AuthenticationMethod, TransactionParameters } from "../../actions/login-context.ts";
import { describeConnection } from "../../connections.ts";
import { findTotp, isFactorPolicy } from "../../mfa/factors.ts";
import { InvalidRequest, UserBlocked } from "../../oauth-error.ts";
import type { Connection } from "../../state/resources.ts";
import type { User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import { issueTokens } from "../../tokens/issue.ts";
import { mfaAudience } from "../../tokens/mfa-api.ts";
import { readAudience } from "../audience.ts";
import { checkClientAccess } from "../organizations/client-access.ts";
import { getOrganization } from "../organizations/get-organization.ts";
import { checkMembership } from "../organizations/membership.ts";
import { readOptional } from "../parameters.ts";
import { describeCallerRequest } from "../post-login/describe.ts";
import { recordLogin } from "../post-login/record-login.ts";
import { concludeGrant, type GrantUnderWay } from "./conclude-grant.ts";
import { describeForLog } from "./describe-for-log.ts";
import type { Granted, TokenRequest } from "./grant.ts";
import { readScopeParameter } from "./scope-parameter.ts";

export interface Credentials {
  readonly user: User;
  readonly connection: Connection;
  /** What the user has shown here; nothing where another party's token says who it is. */
  readonly method?: "pwd" | "email" | "sms";
  readonly protocol: "oauth2-password" | "oauth2-token-exchange";
  readonly gty?: "password";
  /** Id. */
  readonly organizationId: string | undefined;
  readonly requestedScope: readonly string[];
  /** Of `event.transaction`, besides the scopes. */
  readonly transaction?: Pick<TransactionParameters, "actor" | "actor_token_type" | "subject_token_type">;
}

/** A login at the token endpoint: credentials were right; no browser, no session. */
export async function loginWithCredentials(
  request: TokenRequest,
  { user, connection, method, protocol, gty, organizationId, requestedScope, transaction = {} }: Credentials,
): Promise<Granted> {
  const { tenant, client, parameters, caller } = request;
  recordLogin(tenant, user, caller.ip);
  if (user.blocked === true) throw new UserBlocked();
  const audience = readAudience(tenant, parameters);
  const asked = readScopeParameter(parameters.scope);
  if (organizationId !== undefined) {
    checkClientAccess(tenant.state, client, organizationId);
    checkMembership(tenant.state, user, organizationId, connection.name);
  }
  const now = tenant.clock();
  const methods: readonly AuthenticationMethod[] = method === undefined ? [] : [{ name: method, at: now }];

  const outcome = await tenant.actions.runPostLogin({
    protocol,
    request: describeCallerRequest(tenant, caller, "POST", { body: parameters }),
    userId: user.user_id,
    client,
    connection: describeConnection(tenant.state, connection.name),
    authenticationMethods: methods,
    transaction: { ...transaction, requestedScopes: asked ?? [] },
    ...(organizationId !== undefined && { organizationId }),
    ...(audience !== undefined && { audience }),
  });
  const issue: GrantUnderWay["issue"] = async (completed, methods) => {
    const authorization = {
      clientId: client.client_id,
      userId: completed.userId,
      requestedScope,
      connection: connection.name,
      methods,
      authenticatedAt: now,
      showAuthTime: false,
      actions: completed,
      ...(organizationId !== undefined && { organizationId }),
      ...(audience !== undefined && { audience }),
      ...(transaction.actor !== undefined && { actor: transaction.actor }),
    };
    const issued = await issueTokens(tenant, client, authorization, caller, {
      ...(gty !== undefined && { gty }),
      // Whoever acts for the user does so now, and not for as long as they please.
      ...(transaction.actor !== undefined && { makeRefreshToken: () => undefined }),
    });
    const log = describeForLog(tenant.state, authorization, issued, completed.logDetails);
    return { response: issued.response, log };
  };
  const underWay: GrantUnderWay = {
    protocol,
    userId: user.user_id,
    connection: connection.name,
    methods,
    wantsFactor: (user) => isFactorPolicy(tenant.state) || isForFactors(tenant, user, audience),
    // Auth0 docs, "Custom Token Exchange".
    ...(transaction.actor !== undefined && { refusesFactor: "MFA is not supported using actor_token" }),
    issue,
  };
  return concludeGrant(request, underWay, outcome);
}

/** Who manages their factors shows the one they have, an address not counted (Auth0 docs, "Get MFA API access tokens"). */
const isForFactors = (tenant: Pick<Tenant, "issuer" | "state">, { user_id }: User, audience: string | undefined) =>
  audience === mfaAudience(tenant) && findTotp(tenant.state, user_id) !== undefined;

/**
 * The organization that the request names, by its id.
 *
 * @throws {OAuthError} the client does not allow one, or requires one
 */
export function readOrganization({ tenant, client, parameters }: TokenRequest): string | undefined {
  const organization = readOptional(parameters, "organization");
  const usage = client.organization_usage ?? "deny";
  if (organization === undefined) {
    if (usage !== "require") return undefined;
    throw new InvalidRequest("parameter organization is required for this client");
  }
  if (usage === "deny") {
    throw new InvalidRequest("parameter organization is not allowed for this client");
  }
  return getOrganization(tenant.state, organization).id;
}
