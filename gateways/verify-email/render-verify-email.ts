import { html } from "hono/html";
import { type Markup, renderBanner, renderForm, renderPage, type Tone } from "../pages/render-page.ts";

/** What goes from form to form: nothing else ties the page to the login that waits. */
export interface Waiting {
  readonly state: string;
  readonly sessionToken: string;
}

export interface Banner {
  readonly tone: Tone;
  readonly text: string;
}

export function renderVerifyEmail(path: string, waiting: Waiting, banner?: Banner, status = 200): Promise<Response> {
  const hidden = { state: waiting.state, session_token: waiting.sessionToken };
  return renderPage({
    title: "Verify your email",
    styles: `${path}/styles.css`,
    status,
    content: html`<p class="quiet">One step is left before you can go on.</p>
<div class="card">
${banner === undefined ? "" : renderBanner(banner.tone, banner.text)}<p>We have sent a message to the address you signed up with. Open the link in it, then continue here.</p>
<p class="quiet">No message? Look in your spam folder, or have it sent again. A mistyped address cannot be changed here: sign up again with the right one.</p>
<div class="actions">
${renderForm({ action: path, hidden: { ...hidden, step: "continue" }, button: "Continue" })}
${renderForm({ action: path, hidden: { ...hidden, step: "send" }, button: "Send the message again", isSecond: true })}
</div>
</div>`,
  });
}

export function renderOver(path: string, text: string, status: number): Promise<Response> {
  const content: Markup = renderBanner("bad", text);
  return renderPage({ title: "Verify your email", styles: `${path}/styles.css`, status, content });
}
