import type { Context } from "hono";
import { html } from "hono/html";
import { renderFault, renderForm } from "../../../http/html-form.ts";
import type { Factor } from "../../mfa/factors.ts";
import { renderTotpUri } from "../../mfa/totp.ts";
import { renderPage } from "./layout.ts";

const LABELS: Readonly<Record<Factor, string>> = {
  otp: "Google Authenticator or similar",
  email: "Email",
};
const QUESTIONS: Readonly<Record<Factor, string>> = {
  otp: "Check your preferred one-time password application for a code.",
  email: "We sent a code to your email address. The tenant's log shows it.",
};

const CODE = {
  name: "code",
  label: "Enter your one-time code",
  type: "text",
  autocomplete: "one-time-code",
  inputMode: "numeric",
} as const;

const actionOf = (state: string): string => `/u/mfa?state=${encodeURIComponent(state)}`;

export function renderChoice(context: Context, state: string, factors: readonly Factor[]): Promise<Response> {
  const forms = factors.map((factor) =>
    renderForm({ action: actionOf(state), hidden: { state, factor }, button: LABELS[factor], isSecondary: true }),
  );
  return renderPage(context, 200, "Select a method to verify your identity", html`${forms}`);
}

interface CodePage {
  readonly state: string;
  readonly fault: string | undefined;
}

export function renderCodePage(
  context: Context,
  { state, factor, fault }: CodePage & { readonly factor: Factor },
): Promise<Response> {
  return renderPage(
    context,
    fault === undefined ? 200 : 400,
    "Verify Your Identity",
    html`<p>${QUESTIONS[factor]}</p>
${renderFault(fault)}${renderForm({ action: actionOf(state), hidden: { state }, fields: [CODE], button: "Continue" })}
${factor === "email" ? renderForm({ action: actionOf(state), hidden: { state, factor }, button: "Send a code", isSecondary: true }) : ""}`,
  );
}

/** The secret as text and as a link that opens an app. */
export function renderAppPage(
  context: Context,
  { state, secret, issuer, account, fault }: CodePage & Readonly<Record<"account" | "issuer" | "secret", string>>,
): Promise<Response> {
  const uri = renderTotpUri({ secret, issuer, account });
  return renderPage(
    context,
    fault === undefined ? 200 : 400,
    "Secure Your Account",
    html`<p>Add <a href="${uri}">this account</a> to your one-time password application, or type in this key:</p>
<p><code>${secret}</code></p>
${renderFault(fault)}${renderForm({ action: actionOf(state), hidden: { state }, fields: [CODE], button: "Continue" })}`,
  );
}
