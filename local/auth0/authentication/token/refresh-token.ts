import type { LoginContext, RefreshTokenSummary } from "../../actions/login-context.ts";
import type { LoginCompleted } from "../../actions/outcome.ts";
import { describeConnection } from "../../connections.ts";
import { InvalidGrant, type OAuthError, UserBlocked } from "../../oauth-error.ts";
import { revokeRefreshToken } from "../../sessions/revoke-refresh-tokens.ts";
import { isLive } from "../../sessions/sessions.ts";
import type { RefreshToken } from "../../state/refresh-token.ts";
import type { Authorization } from "../../tokens/authorization.ts";
import { issueTokens } from "../../tokens/issue.ts";
import { matchRefreshToken, type RefreshTokenMatch, rotateRefreshToken } from "../../tokens/refresh-tokens.ts";
import { readAskedAudience } from "../audience.ts";
import { readRequired } from "../parameters.ts";
import { describeCallerRequest, describeDevice, describeSession } from "../post-login/describe.ts";
import { revokeWhatActionsDenied } from "../post-login/revoke.ts";
import { concludeGrant, type GrantUnderWay } from "./conclude-grant.ts";
import { describeForLog } from "./describe-for-log.ts";
import type { Grant, Granted, TokenRequest } from "./grant.ts";
import { type RefreshTarget, readRefreshTarget } from "./refresh-target.ts";
import { readScopeParameter } from "./scope-parameter.ts";

type GoodMatch = Extract<RefreshTokenMatch, { readonly kind: "good" }>;

const PROTOCOL = "oauth2-refresh-token";

/** RFC 6749 §6, with rotation (RFC 9700 §4.14.2). Actions run again: nothing is remembered of what they did at the login. */
export const refreshToken: Grant = async (request) => {
  const { tenant, client, parameters } = request;
  const token = readRequired(parameters, "refresh_token");
  const { record } = checkRefreshToken(request, token);
  const user = tenant.state.users.get(record.user_id);
  if (user?.blocked === true) throw new UserBlocked();

  const asked = readScopeParameter(parameters.scope);
  const target = readRefreshTarget(tenant, client, record, readAskedAudience(tenant.state, parameters));
  const scope = asked === undefined ? target.scope : target.scope.filter((granted) => asked.includes(granted));
  const outcome = await tenant.actions.runPostLogin(describeRefresh(request, record, target, asked ?? []));
  const underWay: GrantUnderWay = {
    protocol: PROTOCOL,
    userId: record.user_id,
    connection: record.connection,
    methods: record.authentication_methods,
    settle: (outcome) =>
      revokeWhatActionsDenied(tenant.state, outcome, { sessionId: record.session_id, refreshTokenId: record.id }),
    issue: (completed, methods) => issueRefreshed(request, { token, record, target, scope, completed, methods }),
  };
  return concludeGrant(request, underWay, outcome);
};

interface Refreshed {
  readonly token: string;
  readonly record: RefreshToken;
  readonly target: RefreshTarget;
  readonly scope: readonly string[];
  readonly completed: LoginCompleted;
  readonly methods: Authorization["methods"];
}

async function issueRefreshed(
  request: TokenRequest,
  { token, record, target, scope, completed, methods }: Refreshed,
): Promise<Granted> {
  const { tenant, client, caller } = request;
  const authorization = { ...authorize(record, target, scope, completed.userId, completed), methods };
  const { expiresAt, idleExpiresAt, metadata } = completed.refreshToken;
  const changes = {
    ...(expiresAt !== undefined && { expires_at: expiresAt }),
    ...(idleExpiresAt !== undefined && { idle_expires_at: idleExpiresAt }),
    ...(metadata !== undefined && { metadata }),
  };
  // Another request may have used the token while the Actions ran: no tokens are made for this one then.
  checkRefreshToken(request, token);
  const issued = await issueTokens(tenant, client, authorization, caller, {
    gty: "refresh_token",
    // Last, so that what is refused uses up no token; and looked at again, because signing takes its time, too.
    makeRefreshToken: () => {
      const next = rotateRefreshToken(tenant, client, checkRefreshToken(request, token), changes, caller);
      return next === undefined ? undefined : { id: record.id, token: next };
    },
  });
  return {
    response: issued.response,
    log: describeForLog(tenant.state, authorization, issued, completed.logDetails),
  };
}

/** The record of a token that is good, and this client's. One that was used before ends its family, on suspicion. */
function checkRefreshToken({ tenant, client }: TokenRequest, token: string): GoodMatch {
  const match = matchRefreshToken(tenant, token);
  const isOwn = match.kind !== "unknown" && match.record.client_id === client.client_id;
  if (match.kind === "reused" && isOwn) {
    revokeRefreshToken(tenant.state, match.record.id);
    throw invalidToken({ type: "ferrt", family: match.record.id });
  }
  if (match.kind !== "good" || !isOwn || !tenant.state.users.has(match.record.user_id)) throw invalidToken();
  return match;
}

const invalidToken = (logDetails: OAuthError["logDetails"] = {}) =>
  new InvalidGrant("Unknown or invalid refresh token.", { logDetails });

function describeRefresh(
  { tenant, client, parameters, caller }: TokenRequest,
  record: RefreshToken,
  { audience }: RefreshTarget,
  requestedScopes: readonly string[],
): LoginContext {
  const session = record.session_id === undefined ? undefined : tenant.state.sessions.get(record.session_id);
  return {
    protocol: PROTOCOL,
    request: describeCallerRequest(tenant, caller, "POST", { body: parameters }),
    userId: record.user_id,
    client,
    connection: describeConnection(tenant.state, record.connection),
    authenticationMethods: record.authentication_methods,
    refreshToken: describeRefreshToken(record),
    transaction: { requestedScopes },
    ...(session !== undefined && isLive(tenant, session) && { session: describeSession(session) }),
    ...(record.organization_id !== undefined && { organizationId: record.organization_id }),
    ...(audience !== undefined && { audience }),
  };
}

function describeRefreshToken(record: RefreshToken): RefreshTokenSummary {
  return {
    id: record.id,
    createdAt: record.created_at,
    rotating: record.rotating,
    resourceServers: record.audience === undefined ? [] : [{ audience: record.audience, scopes: record.scope }],
    device: describeDevice(record.device),
    ...(record.session_id !== undefined && { sessionId: record.session_id }),
    ...(record.expires_at !== undefined && { expiresAt: record.expires_at }),
    ...(record.idle_expires_at !== undefined && { idleExpiresAt: record.idle_expires_at }),
    ...(record.last_exchanged_at !== undefined && { lastExchangedAt: record.last_exchanged_at }),
    ...(record.metadata !== undefined && { metadata: record.metadata }),
  };
}

function authorize(
  record: RefreshToken,
  { audience }: RefreshTarget,
  requestedScope: readonly string[],
  userId: string,
  actions: Authorization["actions"],
): Authorization {
  return {
    clientId: record.client_id,
    userId,
    requestedScope,
    connection: record.connection,
    methods: record.authentication_methods,
    authenticatedAt: record.authenticated_at,
    showAuthTime: false,
    actions,
    ...(audience !== undefined && { audience }),
    ...(record.session_id !== undefined && { sessionId: record.session_id }),
    ...(record.organization_id !== undefined && { organizationId: record.organization_id }),
  };
}
