import type { Context } from "hono";
import { html } from "hono/html";

/** Markup in which every value was escaped. */
export type Markup = ReturnType<typeof html>;

/**
 * No page here needs a foreign source, none may be framed (clickjacking), none is kept. There is no `form-action`: browsers apply it
 * to the redirect that follows a form, and that one leads to the application.
 */
const POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";
const PAGE_HEADERS = {
  "content-security-policy": POLICY,
  "x-frame-options": "DENY",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
} as const;

/** With `no-referrer` its forms would come from the origin `null`. */
const SCRIPTED_PAGE_HEADERS = {
  ...PAGE_HEADERS,
  "content-security-policy": `${POLICY}; script-src 'self'; connect-src 'self'`,
  "referrer-policy": "same-origin",
} as const;

interface HtmlPage {
  readonly status: number;
  readonly title: string;
  /** Path of this server. */
  readonly stylesheet: string;
  /** Path of this server; without one the page runs none. */
  readonly script?: string;
  /** What stands before the heading on every page. */
  readonly header?: Markup;
  readonly content: Markup;
}

/** A page of one heading. */
export async function sendPage(context: Context, page: HtmlPage): Promise<Response> {
  const { status, title, stylesheet, script, header = "", content } = page;
  const text = await html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="${stylesheet}">${script === undefined ? "" : html`\n<script src="${script}" defer></script>`}
</head>
<body>
${header}<main id="main">
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;
  return context.html(text.toString(), status as 200, script === undefined ? PAGE_HEADERS : SCRIPTED_PAGE_HEADERS);
}

export function sendStylesheet(context: Context, styles: string): Response {
  return context.body(styles, 200, { "content-type": "text/css; charset=utf-8", "cache-control": "max-age=300" });
}
