import type { Context } from "hono";
import type { BrowserTransaction } from "../../../../types/auth0-actions/user.d.ts";
import type { ActionRequest, DeviceSummary, LoginContext, SessionSummary } from "../../actions/login-context.ts";
import { describeConnection } from "../../connections.ts";
import type { Client } from "../../state/resources.ts";
import type { Session, SessionDevice } from "../../state/session.ts";
import type { Tenant } from "../../tenant.ts";
import type { AuthorizationRequest } from "../authorize/request.ts";
import { type Caller, readCaller } from "../caller.ts";

/** What the Actions are told of a browser's login. */
export function describeLogin(
  tenant: Pick<Tenant, "domain" | "geolocation" | "state">,
  context: Context,
  login: { readonly id: string; readonly request: AuthorizationRequest; readonly session: Session },
  client: Client,
): LoginContext {
  const { request, session } = login;
  const { parameters, returnTo } = request;
  return {
    protocol: "oidc-basic-profile",
    request: {
      ...describeRequest(tenant, context, {
        query: queryOf(request),
        ...(request.method === "POST" && { body: parameters }),
      }),
      method: request.method,
    },
    userId: session.user_id,
    client,
    connection: describeConnection(tenant.state, session.connection),
    authenticationMethods: session.authentication_methods,
    session: describeSession(session),
    ...(request.organization !== undefined && { organizationId: request.organization }),
    ...(request.audience !== undefined && { audience: request.audience }),
    transaction: {
      id: login.id,
      requestedScopes: request.scope,
      redirect_uri: returnTo.redirectUri,
      response_mode: returnTo.responseMode,
      response_type: ["code"],
      prompt: [...request.prompt],
      acr_values: [...request.acrValues],
      ui_locales: [...request.uiLocales],
      locale: request.uiLocales[0] ?? "en",
      ...(returnTo.state !== undefined && { state: returnTo.state }),
      ...(request.loginHint !== undefined && { login_hint: request.loginHint }),
    },
  };
}

/** What Actions see as the query, whichever page of the login it is that they run for: that of the authorization request. */
export const queryOf = ({ method, parameters }: Pick<AuthorizationRequest, "method" | "parameters">) =>
  method === "POST" ? {} : parameters;

/** What Actions beside the login are told of a browser's authorization request. */
export function describeTransaction({
  acrValues,
  loginHint,
  prompt,
  returnTo,
  scope,
  uiLocales,
}: AuthorizationRequest): BrowserTransaction {
  return {
    acr_values: [...acrValues],
    locale: uiLocales[0] ?? "en",
    prompt: [...prompt],
    protocol: "oidc-basic-profile",
    redirect_uri: returnTo.redirectUri,
    requested_scopes: [...scope],
    response_mode: returnTo.responseMode,
    response_type: ["code"],
    ui_locales: [...uiLocales],
    ...(returnTo.state !== undefined && { state: returnTo.state }),
    ...(loginHint !== undefined && { login_hint: loginHint }),
  };
}

interface RequestContent {
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** The request that an Action sees. */
export function describeRequest(
  tenant: Pick<Tenant, "domain" | "geolocation">,
  context: Context,
  content: RequestContent,
): ActionRequest {
  return describeCallerRequest(tenant, readCaller(context), context.req.method, content);
}

export function describeCallerRequest(
  { domain, geolocation }: Pick<Tenant, "domain" | "geolocation">,
  { ip, userAgent, language }: Caller,
  method: string,
  { query = {}, body = {} }: RequestContent,
): ActionRequest {
  return {
    ip,
    method,
    // With the port, which Auth0's does not have: Actions make the issuer of it.
    hostname: domain,
    query,
    body,
    geoip: geolocation.get(),
    ...(userAgent !== "" && { userAgent }),
    ...(language !== undefined && { language }),
  };
}

export function describeSession(session: Session): SessionSummary {
  return {
    id: session.id,
    createdAt: session.created_at,
    authenticatedAt: session.authenticated_at,
    updatedAt: session.updated_at,
    lastInteractedAt: session.last_interacted_at,
    expiresAt: session.expires_at,
    idleExpiresAt: session.idle_expires_at,
    clientIds: session.clients,
    cookieMode: session.cookie_mode,
    device: describeDevice(session.device),
    ...(session.metadata !== undefined && { metadata: session.metadata }),
  };
}

export function describeDevice(device: SessionDevice): DeviceSummary {
  return {
    initialIp: device.initial_ip,
    initialUserAgent: device.initial_user_agent,
    lastIp: device.last_ip,
    lastUserAgent: device.last_user_agent,
  };
}
