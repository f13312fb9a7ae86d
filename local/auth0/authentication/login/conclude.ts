import type { Context } from "hono";
import type { LoginCompleted, LoginOutcome } from "../../actions/outcome.ts";
import { AccessDenied, ConsentRequired, InteractionRequired, LoginRequired } from "../../oauth-error.ts";
import { clearSessionCookie, readSessionCookie, sendSessionCookie } from "../../sessions/cookies.ts";
import { endSession } from "../../sessions/sessions.ts";
import type { Session } from "../../state/session.ts";
import type { Tenant } from "../../tenant.ts";
import type { Authorization } from "../../tokens/authorization.ts";
import { revokeRefreshTokensOfSession } from "../../tokens/refresh-tokens.ts";
import { grantScopes } from "../../tokens/scopes.ts";
import type { AuthorizationRequest } from "../authorize/request.ts";
import { readCaller } from "../caller.ts";
import { needsConsent } from "../consent/consent.ts";
import { writeLog } from "../log-event.ts";
import { readClient } from "../read-client.ts";
import { sendResponse } from "../response/response.ts";
import { issueCode } from "../token/authorization-code.ts";
import { openTransaction } from "../transaction.ts";
import type { ProvenLogin } from "./finish.ts";

/**
 * What becomes of a login whose Actions have run, or have sent the browser away.
 *
 * @throws {OAuthError} what the client is told instead of a code
 */
export async function concludeLogin(
  tenant: Tenant,
  context: Context,
  login: ProvenLogin,
  outcome: LoginOutcome,
): Promise<Response> {
  switch (outcome.kind) {
    case "failed":
      throw new AccessDenied(outcome.error.message, { logDetails: describeActions(outcome) });
    case "denied":
      if (outcome.by === "session.revoke") {
        endSession(tenant, login.session.id);
        if (outcome.preserveRefreshTokens !== true) revokeRefreshTokensOfSession(tenant, login.session.id);
        clearSessionCookie(context);
      }
      throw new AccessDenied(outcome.reason, { logDetails: describeActions(outcome) });
    case "redirected": {
      if (login.request.prompt.includes("none")) {
        throw new InteractionRequired();
      }
      const { id, device, request, session } = login;
      const station = { at: "redirected", sessionId: session.id, suspended: outcome.suspended } as const;
      const url = new URL(outcome.url);
      url.searchParams.set("state", openTransaction(tenant, { id, device, request, station }));
      return context.redirect(url.href);
    }
    case "completed": {
      const session = applyToSession(tenant, login.session, outcome);
      const cookie = readSessionCookie(context);
      if (session.cookie_mode !== login.session.cookie_mode && cookie !== undefined) {
        sendSessionCookie(tenant, context, session, cookie);
      }
      const authorization = authorize(login, session, outcome);
      writeLog(tenant, {
        type: login.request.prompt.includes("none") ? "ssa" : "s",
        caller: readCaller(context),
        client: tenant.state.clients.get(login.request.clientId),
        user: tenant.state.users.get(authorization.userId),
        connection: session.connection,
        organizationId: login.request.organization,
        audience: login.request.audience,
        scope: login.request.scope,
        details: { session_id: session.id, ...describeActions(outcome) },
      });
      return (
        askForConsent(tenant, context, login, authorization) ?? sendCode(tenant, context, login.request, authorization)
      );
    }
  }
}

const describeActions = ({ logDetails }: LoginOutcome) => (logDetails === undefined ? {} : { actions: logDetails });

/** The page that asks, where the client may not have tokens without the user's word. */
function askForConsent(
  tenant: Tenant,
  context: Context,
  { id, device, request }: ProvenLogin,
  authorization: Authorization,
): Response | undefined {
  const client = readClient(tenant, request.clientId);
  const { userId, audience, organizationId } = authorization;
  const api = tenant.state.resourceServers.find(({ identifier }) => identifier === audience);
  const asked = authorization.actions.targetScopes ?? request.scope;
  const scopes = grantScopes(tenant, { client, userId, api, organizationId, asked });
  if (!needsConsent(tenant, { client, userId, audience, scopes, prompt: request.prompt })) return undefined;
  if (request.prompt.includes("none")) throw new ConsentRequired();
  const station = { at: "consent", authorization, scopes } as const;
  return context.redirect(`/u/consent?state=${openTransaction(tenant, { id, device, request, station })}`);
}

export function sendCode(
  tenant: Tenant,
  context: Context,
  request: AuthorizationRequest,
  authorization: Authorization,
): Promise<Response> {
  return sendResponse(context, request.returnTo, { code: issueCode(tenant, request, authorization) });
}

function authorize({ request }: ProvenLogin, session: Session, outcome: LoginCompleted): Authorization {
  const { accessTokenClaims, idTokenClaims, scopeChanges, targetScopes, refreshToken } = outcome;
  return {
    clientId: request.clientId,
    userId: outcome.userId,
    requestedScope: request.scope,
    sessionId: session.id,
    connection: session.connection,
    methods: session.authentication_methods,
    authenticatedAt: session.authenticated_at,
    showAuthTime: request.maxAge !== undefined,
    ...(request.audience === undefined ? {} : { audience: request.audience }),
    ...(request.organization === undefined ? {} : { organizationId: request.organization }),
    ...(request.nonce === undefined ? {} : { nonce: request.nonce }),
    actions: {
      accessTokenClaims,
      idTokenClaims,
      scopeChanges,
      refreshToken,
      ...(targetScopes === undefined ? {} : { targetScopes }),
    },
  };
}

/** What Actions asked of the session: it can end earlier, never later. One that ended while they ran stays ended. */
function applyToSession(tenant: Tenant, { id }: Session, { session: asked, ...outcome }: LoginCompleted): Session {
  const session = tenant.state.sessions.get(id);
  if (session === undefined) throw new LoginRequired();
  return tenant.state.sessions.set(session.id, {
    ...session,
    user_id: outcome.userId,
    expires_at: Math.min(session.expires_at, asked.expiresAt ?? Number.POSITIVE_INFINITY),
    idle_expires_at: Math.min(session.idle_expires_at, asked.idleExpiresAt ?? Number.POSITIVE_INFINITY),
    cookie_mode: asked.cookieMode ?? session.cookie_mode,
    authentication_methods: [...session.authentication_methods, ...outcome.recordedMethods],
    ...(asked.metadata === undefined ? {} : { metadata: asked.metadata }),
  });
}
