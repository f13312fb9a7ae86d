import { type Context, Hono } from "hono";
import type { Tenant } from "../tenant.ts";
import { handleAuthorize } from "./authorize/endpoint.ts";
import { describeKeys, describeTenant, renderCertificate } from "./discovery.ts";
import { handleLogin, handleSignup, showLogin, showSignup } from "./login/pages.ts";
import { handleContinue, handleResume } from "./login/resume.ts";
import { ErrorPage, renderErrorPage } from "./pages/error-page.ts";
import { sendStyles } from "./pages/layout.ts";
import { handleTokenRequest } from "./token/endpoint.ts";

type Handler = (tenant: Tenant, context: Context) => Response | Promise<Response>;

const ROUTES: readonly (readonly [methods: string, path: string, handler: Handler])[] = [
  ["GET", "/.well-known/openid-configuration", (tenant, context) => context.json(describeTenant(tenant))],
  ["GET", "/.well-known/jwks.json", (tenant, context) => context.json(describeKeys(tenant))],
  ["GET", "/pem", (tenant, context) => context.text(renderCertificate(tenant))],
  ["GET POST", "/authorize", handleAuthorize],
  ["GET", "/authorize/resume", handleResume],
  ["GET POST", "/continue", handleContinue],
  ["GET", "/u/login", showLogin],
  ["POST", "/u/login", handleLogin],
  ["GET", "/u/signup", showSignup],
  ["POST", "/u/signup", handleSignup],
  ["POST", "/oauth/token", handleTokenRequest],
  ["GET", "/u/styles.css", (_tenant, context) => sendStyles(context)],
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
    if (error instanceof ErrorPage) return renderErrorPage(tenant, context, error);
    tenant.log(`error in ${context.req.method} ${context.req.path}: ${error instanceof Error ? error.stack : error}`);
    return renderErrorPage(
      tenant,
      context,
      new ErrorPage(500, "server_error", "The local tenant failed: see its log."),
    );
  }
}
