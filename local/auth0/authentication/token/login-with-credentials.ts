import type { AuthenticationMethod } from "../../actions/login-context.ts";
import { describeConnection } from "../../connections.ts";
import { InvalidRequest, UserBlocked } from "../../oauth-error.ts";
import type { Connection } from "../../state/resources.ts";
import type { User } from "../../state/user.ts";
import { issueTokens } from "../../tokens/issue.ts";
import { readAudience } from "../audience.ts";
import { getOrganization } from "../organizations/get-organization.ts";
import { checkMembership } from "../organizations/membership.ts";
import { readOptional } from "../parameters.ts";
import { checkCompleted } from "../post-login/check-completed.ts";
import { describeCallerRequest } from "../post-login/describe.ts";
import { recordLogin } from "../post-login/record-login.ts";
import { describeForLog } from "./describe-for-log.ts";
import type { Granted, TokenRequest } from "./grant.ts";
import { readScopeParameter } from "./scope-parameter.ts";

const STANDARD_SCOPES = ["openid", "profile", "email", "address", "phone"] as const;

export interface Credentials {
  readonly user: User;
  readonly connection: Connection;
  readonly method: "pwd" | "email" | "sms";
  readonly protocol: "oauth2-password";
  readonly gty?: "password";
}

/** A login at the token endpoint: credentials were right; no browser, no session. */
export async function loginWithCredentials(
  request: TokenRequest,
  { user, connection, method, protocol, gty }: Credentials,
): Promise<Granted> {
  const { tenant, client, parameters, caller } = request;
  recordLogin(tenant, user, caller.ip);
  if (user.blocked === true) throw new UserBlocked();
  const audience = readAudience(tenant, readOptional(parameters, "audience"));
  const asked = readScopeParameter(parameters.scope);
  const organizationId = readOrganization(request);
  if (organizationId !== undefined) checkMembership(tenant.state, user, organizationId, connection.name);
  const now = tenant.clock();
  const methods: readonly AuthenticationMethod[] = [{ name: method, at: now }];

  const outcome = await tenant.actions.runPostLogin({
    protocol,
    request: describeCallerRequest(tenant, caller, "POST", { body: parameters }),
    userId: user.user_id,
    client,
    connection: describeConnection(tenant.state, connection.name),
    authenticationMethods: methods,
    transaction: { requestedScopes: asked ?? [] },
    ...(organizationId !== undefined && { organizationId }),
    ...(audience !== undefined && { audience }),
  });
  const completed = checkCompleted(tenant, outcome, protocol);
  const authorization = {
    clientId: client.client_id,
    userId: completed.userId,
    requestedScope: fillInScopes(request, audience, asked),
    connection: connection.name,
    methods,
    authenticatedAt: now,
    showAuthTime: false,
    actions: completed,
    ...(organizationId !== undefined && { organizationId }),
    ...(audience !== undefined && { audience }),
  };
  const issued = await issueTokens(tenant, client, authorization, caller, gty === undefined ? {} : { gty });
  return { response: issued.response, log: describeForLog(tenant.state, authorization, issued, completed.logDetails) };
}

/**
 * Who hands a client their password trusts it with everything: without a scope of the API in the request all of them are
 * meant, without any scope the standard ones as well (Auth0 docs, "Resource Owner Password Flow").
 */
function fillInScopes(
  { tenant }: TokenRequest,
  audience: string | undefined,
  asked: readonly string[] | undefined,
): readonly string[] {
  const api = tenant.state.resourceServers.find(({ identifier }) => identifier === audience);
  const ofApi = (api?.scopes ?? []).map(({ value }) => value);
  const given = asked ?? STANDARD_SCOPES;
  return given.some((scope) => ofApi.includes(scope)) ? given : [...given, ...ofApi];
}

function readOrganization({ tenant, client, parameters }: TokenRequest): string | undefined {
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
