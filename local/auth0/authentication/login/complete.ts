import type { Context } from "hono";
import type { LoginCompleted } from "../../actions/outcome.ts";
import { ConsentRequired, LoginRequired } from "../../oauth-error.ts";
import { readSessionCookie, sendSessionCookie } from "../../sessions/cookies.ts";
import type { Session } from "../../state/session.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import type { Tenant } from "../../tenant.ts";
import type { Authorization } from "../../tokens/authorization.ts";
import { findApi } from "../../tokens/mfa-api.ts";
import { grantScopes } from "../../tokens/scopes.ts";
import { readCaller } from "../caller.ts";
import { needsConsent } from "../consent/consent.ts";
import { getClient } from "../get-client.ts";
import { writeLog } from "../log-event.ts";
import { describeActions } from "../post-login/describe-actions.ts";
import { openTransaction } from "../transaction.ts";
import type { ProvenLogin } from "./finish.ts";
import { sendCode } from "./send-code.ts";

/**
 * The code for a login that no Action denied, or first the page that asks the user for consent.
 *
 * @throws {OAuthError} `login_required`, `consent_required`
 */
export function completeLogin(
  tenant: Pick<Tenant, "clock" | "domain" | "inFlight" | "issuer" | "logs" | "state">,
  context: Context,
  login: ProvenLogin,
  outcome: LoginCompleted,
): Response | Promise<Response> {
  const session = applyToSession(tenant.state, login.session, outcome);
  const cookie = readSessionCookie(context);
  if (session.cookie_mode !== login.session.cookie_mode && cookie !== undefined) {
    sendSessionCookie(tenant.clock, context, session, cookie);
  }
  const authorization = authorize(login, session, outcome);
  const { request } = login;
  writeLog(tenant, {
    type: request.prompt.includes("none") ? "ssa" : "s",
    caller: readCaller(context),
    client: tenant.state.clients.get(request.clientId),
    user: tenant.state.users.get(authorization.userId),
    connection: session.connection,
    organizationId: request.organization,
    audience: request.audience,
    scope: request.scope,
    details: { session_id: session.id, ...describeActions(outcome) },
  });
  return (
    askForConsent(tenant, context, login, authorization) ?? sendCode(tenant.inFlight, context, request, authorization)
  );
}

/** The page that asks, where the client may not have tokens without the user's word. */
function askForConsent(
  tenant: Pick<Tenant, "inFlight" | "issuer" | "state">,
  context: Context,
  { id, device, request }: ProvenLogin,
  authorization: Authorization,
): Response | undefined {
  const client = getClient(tenant.state, request.clientId);
  const { userId, audience, organizationId } = authorization;
  const api = findApi(tenant, audience);
  const asked = authorization.actions.targetScopes ?? request.scope;
  const scopes = grantScopes(tenant, { client, userId, api, organizationId, asked });
  if (!needsConsent(tenant.state, { client, userId, audience, scopes, prompt: request.prompt })) return undefined;
  if (request.prompt.includes("none")) throw new ConsentRequired();
  const step = { at: "consent", authorization, scopes } as const;
  return context.redirect(`/u/consent?state=${openTransaction(tenant, { id, device, request, step })}`);
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
    acrValues: request.acrValues,
    ...(request.audience !== undefined && { audience: request.audience }),
    ...(request.organization !== undefined && { organizationId: request.organization }),
    ...(request.nonce !== undefined && { nonce: request.nonce }),
    actions: {
      accessTokenClaims,
      idTokenClaims,
      scopeChanges,
      refreshToken,
      ...(targetScopes !== undefined && { targetScopes }),
    },
  };
}

/** What Actions asked of the session: it can end earlier, never later. One that ended while they ran stays ended. */
function applyToSession(
  { sessions, users }: Pick<TenantState, "sessions" | "users">,
  { id }: Session,
  { session: asked, ...outcome }: LoginCompleted,
): Session {
  const session = sessions.get(id);
  if (session === undefined || !users.has(outcome.userId)) throw new LoginRequired();
  return sessions.set(session.id, {
    ...session,
    user_id: outcome.userId,
    expires_at: Math.min(session.expires_at, asked.expiresAt ?? Number.POSITIVE_INFINITY),
    idle_expires_at: Math.min(session.idle_expires_at, asked.idleExpiresAt ?? Number.POSITIVE_INFINITY),
    cookie_mode: asked.cookieMode ?? session.cookie_mode,
    authentication_methods: [...session.authentication_methods, ...outcome.recordedMethods],
    ...(asked.metadata !== undefined && { metadata: asked.metadata }),
  });
}
