import { html } from "hono/html";
import type { Markup } from "./html-page.ts";

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type: "email" | "text" | "tel" | "password";
  readonly autocomplete: string;
  readonly value?: string;
  readonly inputMode?: "numeric";
  readonly isOptional?: boolean;
}

/** One labelled input. Names are ids as well, so a page may show a field once. */
function renderField({ name, label, type, autocomplete, value = "", inputMode, isOptional = false }: Field): Markup {
  return html`<label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="${type}" value="${value}" autocomplete="${autocomplete}"${isOptional ? "" : html` required`}
 autocapitalize="none" spellcheck="false"${inputMode === undefined ? "" : html` inputmode="${inputMode}"`}>
`;
}

export interface Form {
  /** Path of this server. */
  readonly action: string;
  /** Goes along unseen. */
  readonly hidden: Readonly<Record<string, string>>;
  readonly fields?: readonly Field[];
  readonly button: string;
  readonly isSecondary?: boolean;
}

export function renderForm({ action, hidden, fields = [], button, isSecondary = false }: Form): Markup {
  const inputs = Object.entries(hidden).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  return html`<form method="post" action="${action}">
${inputs}${fields.map(renderField)}<button type="submit"${isSecondary ? html` class="second"` : ""}>${button}</button>
</form>
`;
}

/** Read out at once by a screen reader, and shown above the form. */
export function renderFault(fault: string | undefined): Markup | "" {
  return fault === undefined ? "" : html`<p class="error" role="alert">${fault}</p>`;
}
