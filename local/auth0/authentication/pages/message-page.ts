import type { Context } from "hono";
import { html } from "hono/html";
import { renderPage } from "./layout.ts";

/** A page that says one thing and asks for nothing. */
export function renderMessage(context: Context, heading: string, text: string, status = 200): Promise<Response> {
  return renderPage(context, status, heading, html`<p>${text}</p>`);
}
