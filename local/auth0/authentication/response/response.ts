import { randomBytes } from "node:crypto";
import type { Context } from "hono";
import { html, raw } from "hono/html";
import type { OAuthError } from "../../oauth-error.ts";
import type { ReturnAddress } from "./return-address.ts";

export type ResponseParameters = Readonly<Record<string, string>>;

/** Hands `parameters` to the client in the response mode that it asked for, `state` with them. */
export async function sendResponse(
  context: Context,
  returnTo: ReturnAddress,
  parameters: ResponseParameters,
): Promise<Response> {
  const { redirectUri, responseMode, state } = returnTo;
  const answer = { ...parameters, ...(state !== undefined && { state }) };
  switch (responseMode) {
    case "query":
      return redirect(context, `${redirectUri}${redirectUri.includes("?") ? "&" : "?"}${encode(answer)}`);
    case "fragment":
      return redirect(context, `${redirectUri}#${encode(answer)}`);
    case "form_post":
      return renderFormPost(context, redirectUri, answer);
    case "web_message":
      return renderWebMessage(context, redirectUri, answer);
  }
}

export function sendError(context: Context, returnTo: ReturnAddress, error: OAuthError): Promise<Response> {
  return sendResponse(context, returnTo, { error: error.error, error_description: error.message });
}

/** Spaces as %20: that reads the same in a query, a fragment and to clients that do not know of `+`. */
const encode = (parameters: ResponseParameters): string =>
  new URLSearchParams(parameters).toString().replaceAll("+", "%20");

function redirect(context: Context, location: string): Response {
  return context.body(null, 302, { location, "cache-control": "no-store", "referrer-policy": "no-referrer" });
}

/** OAuth 2.0 Form Post Response Mode: a form that submits itself, with a button for browsers without scripts. */
async function renderFormPost(context: Context, action: string, parameters: ResponseParameters): Promise<Response> {
  const nonce = randomBytes(16).toString("base64");
  const fields = Object.entries(parameters).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  const page = await html`<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Submit this form</title></head>
<body>
<form method="post" action="${action}">
${fields}
<noscript><button type="submit">Continue</button></noscript>
</form>
<script nonce="${nonce}">document.forms[0].submit();</script>
</body>
</html>
`;
  return context.html(page.toString(), 200, scriptHeaders(nonce, "frame-ancestors 'none'"));
}

/**
 * OAuth 2.0 Web Message Response Mode as Auth0 has it: the page of an invisible frame or a pop-up posts the answer to the
 * window that asked, and to no other origin. Meant to be framed, so it carries no X-Frame-Options.
 */
async function renderWebMessage(
  context: Context,
  redirectUri: string,
  response: ResponseParameters,
): Promise<Response> {
  const nonce = randomBytes(16).toString("base64");
  const origin = encodeForScript(new URL(redirectUri).origin);
  const message = encodeForScript({ type: "authorization_response", response });
  const page = await html`<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Authorization Response</title></head>
<body>
<script nonce="${nonce}">(function (window) {
var targetOrigin = ${raw(origin)};
var authorizationResponse = ${raw(message)};
(window.opener || window.parent).postMessage(authorizationResponse, targetOrigin);
})(this);</script>
</body>
</html>
`;
  return context.html(page.toString(), 200, scriptHeaders(nonce));
}

/** JSON that can stand inside a script element: nothing in it ends the element or, in old engines, the line. */
function encodeForScript(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function scriptHeaders(nonce: string, ...directives: readonly string[]): Record<string, string> {
  const policy = ["default-src 'none'", `script-src 'nonce-${nonce}'`, "base-uri 'none'", ...directives];
  return {
    "content-security-policy": policy.join("; "),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
  };
}
