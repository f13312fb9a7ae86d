import { type Context, Hono } from "hono";
import type { Tenant } from "../tenant.ts";
import { handleAuthorize } from "./authorize/endpoint.ts";
import { type Handler, logFailure } from "./client-endpoint.ts";
import { handleContinue } from "./continue.ts";
import { handlePreflight } from "./cors.ts";
import { handleChangePassword, handleSignupRequest } from "./dbconnections.ts";
import { describeKeys, describeTenant, renderCertificate } from "./discovery.ts";
import { LEFT_OUT, refuseByName } from "./left-out.ts";
import { handleResume } from "./login/resume.ts";
import { handleOidcLogout } from "./logout/oidc-logout.ts";
import { handleLogout } from "./logout/v2-logout.ts";
import { handleAssociate } from "./mfa-api/associate.ts";
import { handleDeleteAuthenticator, handleListAuthenticators } from "./mfa-api/authenticators.ts";
import { handleChallenge } from "./mfa-api/challenge.ts";
import { ErrorPage, renderErrorPage } from "./pages/error-page.ts";
import { sendStyles } from "./pages/layout.ts";
import { handlePasswordlessStart } from "./passwordless/start.ts";
import { handleRevoke } from "./revoke.ts";
import { handleTokenRequest } from "./token/endpoint.ts";
import { handleConsent, showConsent } from "./universal-login/consent.ts";
import { handleEmailVerification } from "./universal-login/email-verification.ts";
import { handleLogin, handleSignup, showLogin, showSignup } from "./universal-login/login.ts";
import { handleFactor, showFactor } from "./universal-login/mfa.ts";
import { handleOrganization, showOrganization } from "./universal-login/organization.ts";
import { handleResetRequest, showResetRequest } from "./universal-login/password-reset/request.ts";
import { handlePasswordReset, showPasswordReset } from "./universal-login/password-reset/reset.ts";
import { handlePasswordless, showPasswordless } from "./universal-login/passwordless.ts";
import { handleProvider, showProvider } from "./universal-login/provider.ts";
import { handleVerifyEmail, showVerifyEmail } from "./universal-login/verify-email.ts";
import { handleUserinfo } from "./userinfo.ts";

const sendJson =
  (describe: (tenant: Tenant) => object): Handler =>
  (tenant, context) =>
    context.json(describe(tenant), 200, { "access-control-allow-origin": "*" });

const ROUTES: readonly (readonly [methods: string, path: string, handler: Handler])[] = [
  ["GET", "/.well-known/openid-configuration", sendJson(describeTenant)],
  ["GET", "/.well-known/oauth-authorization-server", sendJson(describeTenant)],
  ["GET", "/.well-known/jwks.json", sendJson(describeKeys)],
  ["GET", "/pem", (tenant, context) => context.text(renderCertificate(tenant))],

  ["GET POST", "/authorize", handleAuthorize],
  ["GET", "/authorize/resume", handleResume],
  ["GET POST", "/continue", handleContinue],
  ["GET", "/v2/logout", handleLogout],
  ["GET POST", "/oidc/logout", handleOidcLogout],

  ["POST", "/oauth/token", handleTokenRequest],
  ["POST", "/oauth/revoke", handleRevoke],
  ["GET POST", "/userinfo", handleUserinfo],
  ["POST", "/passwordless/start", handlePasswordlessStart],
  ["POST", "/dbconnections/signup", handleSignupRequest],
  ["POST", "/dbconnections/change_password", handleChangePassword],
  ["GET", "/mfa/authenticators", handleListAuthenticators],
  ["DELETE", "/mfa/authenticators/:id", handleDeleteAuthenticator],
  ["POST", "/mfa/associate", handleAssociate],
  ["POST", "/mfa/challenge", handleChallenge],
  ["OPTIONS", "/mfa/*", handlePreflight],
  ["OPTIONS", "/oauth/token", handlePreflight],
  ["OPTIONS", "/oauth/revoke", handlePreflight],
  ["OPTIONS", "/userinfo", handlePreflight],
  ["OPTIONS", "/passwordless/start", handlePreflight],
  ["OPTIONS", "/dbconnections/signup", handlePreflight],
  ["OPTIONS", "/dbconnections/change_password", handlePreflight],

  ...Object.entries(LEFT_OUT).map(([path, what]) => ["GET POST", path, refuseByName(what)] as const),

  ["GET", "/u/styles.css", (_tenant, context) => sendStyles(context)],
  ["GET", "/u/login", showLogin],
  ["POST", "/u/login", handleLogin],
  ["GET", "/u/signup", showSignup],
  ["POST", "/u/signup", handleSignup],
  ["GET", "/u/passwordless", showPasswordless],
  ["POST", "/u/passwordless", handlePasswordless],
  ["GET", "/u/provider", showProvider],
  ["POST", "/u/provider", handleProvider],
  ["GET", "/u/organization", showOrganization],
  ["POST", "/u/organization", handleOrganization],
  ["GET", "/u/mfa", showFactor],
  ["POST", "/u/mfa", handleFactor],
  ["GET", "/u/consent", showConsent],
  ["POST", "/u/consent", handleConsent],
  ["GET", "/u/email-verification", handleEmailVerification],
  ["GET", "/u/verify-email", showVerifyEmail],
  ["POST", "/u/verify-email", handleVerifyEmail],
  ["GET", "/u/reset-password/request", showResetRequest],
  ["POST", "/u/reset-password/request", handleResetRequest],
  ["GET", "/u/reset-password", showPasswordReset],
  ["POST", "/u/reset-password", handlePasswordReset],
];

/** The Authentication API and the pages that belong to it, a row an endpoint. */
export function createAuthenticationApi(tenant: Tenant): Hono {
  const app = new Hono();
  for (const [methods, path, handler] of ROUTES) {
    app.on(methods.split(" "), path, (context) => answer(tenant, context, handler));
  }
  return app;
}

async function answer(tenant: Tenant, context: Context, handler: Handler): Promise<Response> {
  try {
    return await handler(tenant, context);
  } catch (error) {
    if (error instanceof ErrorPage) return renderErrorPage(tenant.log, context, error);
    logFailure(tenant.log, context, error);
    return renderErrorPage(
      tenant.log,
      context,
      new ErrorPage(500, "server_error", "The local tenant failed: see its log."),
    );
  }
}
