import type { Context } from "hono";
import { html } from "hono/html";
import { renderFault, renderForm } from "../../../http/html-form.ts";
import type { Markup } from "../../../http/html-page.ts";
import { kindOf, labelOf } from "../../connections.ts";
import type { Connection } from "../../state/resources.ts";
import { listSignUpIdentifiers } from "../../users/identifiers.ts";
import { renderPage } from "./layout.ts";

export interface LoginPage {
  readonly purpose: "login" | "signup";
  readonly state: string;
  readonly tenantName: string;
  readonly clientName: string;
  readonly connections: readonly Connection[];
  /** Whether the page's database takes new users, here. */
  readonly isSignupOpen: boolean;
  /** What the person typed before, or the client's `login_hint`. */
  readonly identifier?: string;
  readonly fault?: string;
  readonly status?: number;
}

/** The login or the sign-up page: what the client's connections offer, on one page. */
export function renderLoginPage(context: Context, page: LoginPage): Promise<Response> {
  const { purpose, state, connections, status = 200 } = page;
  const isSignup = purpose === "signup";
  const database = connections.find((connection) => kindOf(connection) === "database");
  const others = connections.filter((connection) => kindOf(connection) !== "database");
  const intro = isSignup ? "Sign up to" : "Log in to";
  const link = `/u/${isSignup ? "login" : "signup"}?state=${state}`;
  return renderPage(
    context,
    status,
    "Welcome",
    html`<p>${intro} ${page.tenantName} to continue to ${page.clientName}.</p>
${renderFault(page.fault)}${database === undefined ? "" : renderDatabaseForm(page, database)}
${database === undefined || isSignup ? "" : html`<p><a href="/u/reset-password/request?state=${state}">Forgot password?</a></p>`}
${database === undefined || !page.isSignupOpen ? "" : html`<p>${isSignup ? "Already have an account?" : "Don't have an account?"} <a href="${link}">${isSignup ? "Log in" : "Sign up"}</a></p>`}
${database === undefined || others.length === 0 ? "" : html`<hr class="rule">`}
${others.map((connection) => renderOther(page, connection))}`,
  );
}

const NAMES = { email: "email address", username: "username", phone_number: "phone number" } as const;
const SIGN_UP_FIELDS = {
  email: { label: "Email address", type: "email", autocomplete: "email" },
  username: { label: "Username", type: "text", autocomplete: "username" },
  phone_number: { label: "Phone number", type: "tel", autocomplete: "tel" },
} as const;

const capitalize = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

function renderDatabaseForm({ purpose, state, identifier = "" }: LoginPage, connection: Connection): Markup {
  const isSignup = purpose === "signup";
  const asked = listSignUpIdentifiers(connection);
  const isEmailOnly = asked.every(({ name }) => name === "email");
  const anyName = {
    name: "username",
    label: isEmailOnly ? "Email address" : capitalize(asked.map(({ name }) => NAMES[name]).join(" or ")),
    type: isEmailOnly ? "email" : "text",
    autocomplete: "username",
  } as const;
  return renderForm({
    action: `/u/${purpose}?state=${state}`,
    hidden: { state, action: "default" },
    fields: [
      ...(isSignup
        ? asked.map(({ name, isRequired }) => ({
            ...SIGN_UP_FIELDS[name],
            name,
            ...(name === "email" && { value: identifier }),
            isOptional: !isRequired,
          }))
        : [{ ...anyName, value: identifier }]),
      {
        name: "password",
        label: "Password",
        type: "password",
        autocomplete: isSignup ? "new-password" : "current-password",
      },
    ],
    button: "Continue",
  });
}

/** Connections without a password of ours: a code to an address, or a provider that vouches. */
function renderOther({ state, identifier = "" }: LoginPage, connection: Connection): Markup {
  const action = `/u/login?state=${state}`;
  const hidden = { state, action: "connection", connection: connection.name };
  if (kindOf(connection) === "social") {
    return renderForm({ action, hidden, button: `Continue with ${labelOf(connection)}`, isSecondary: true });
  }
  const isEmail = connection.strategy === "email";
  return renderForm({
    action,
    hidden,
    fields: [
      isEmail
        ? {
            name: "passwordless_email",
            label: "Email address",
            type: "email",
            autocomplete: "email",
            value: identifier,
          }
        : { name: "passwordless_phone", label: "Phone number", type: "tel", autocomplete: "tel" },
    ],
    button: isEmail ? "Email me a code" : "Text me a code",
    isSecondary: true,
  });
}
