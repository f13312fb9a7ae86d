import type { Context } from "hono";
import { html } from "hono/html";

/** Markup in which every value was escaped. */
export type Markup = ReturnType<typeof html>;

/**
 * No page here needs a script or a foreign source, none may be framed (clickjacking), none is kept. There is no
 * `form-action`: browsers apply it to the redirect that follows a form, and that one leads to the application.
 */
const PAGE_HEADERS = {
  "content-security-policy": "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  "x-frame-options": "DENY",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
} as const;

interface HtmlPage {
  readonly status: number;
  readonly title: string;
  /** Path of this server. */
  readonly stylesheet: string;
  readonly content: Markup;
}

/** A page of one heading. */
export async function sendPage(context: Context, { status, title, stylesheet, content }: HtmlPage): Promise<Response> {
  const page = await html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="${stylesheet}">
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;
  return context.html(page.toString(), status as 200, PAGE_HEADERS);
}

export function sendStylesheet(context: Context, styles: string): Response {
  return context.body(styles, 200, { "content-type": "text/css; charset=utf-8", "cache-control": "max-age=300" });
}
