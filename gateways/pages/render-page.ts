import { html } from "hono/html";

/** Markup in which every value was escaped. */
export type Markup = ReturnType<typeof html>;

export interface Page {
  readonly title: string;
  readonly content: Markup;
  /** Path of the stylesheet, on the page's own host. */
  readonly styles: string;
  readonly status?: number;
}

/**
 * No page has a script or a foreign source, none may be framed (clickjacking), none is kept. There is no `form-action`:
 * browsers apply it to the redirect that follows a form, and that one leads to Stripe or to the tenant.
 */
const PAGE_HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  "x-frame-options": "DENY",
  "x-content-type-options": "nosniff",
  "cross-origin-opener-policy": "same-origin",
  // Addresses carry a session token or a state: no other site is told. With `no-referrer` forms would come from the origin `null`.
  "referrer-policy": "same-origin",
  "cache-control": "no-store",
} as const;

export async function renderPage({ title, content, styles, status = 200 }: Page): Promise<Response> {
  const page = await html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="${styles}">
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;
  return new Response(page.toString(), { status, headers: PAGE_HEADERS });
}

export type Tone = "good" | "late" | "bad";

/** Read out at once by a screen reader. */
export const renderBanner = (tone: Tone, text: string): Markup =>
  html`<p class="banner ${tone}" role="${tone === "bad" ? "alert" : "status"}">${text}</p>\n`;

interface Form {
  readonly action: string;
  /** Goes along unseen. */
  readonly hidden: Readonly<Record<string, string>>;
  readonly button: string;
  /** What a screen reader says besides, where several buttons are called alike. */
  readonly about?: string;
  readonly isSecond?: boolean;
}

export function renderForm({ action, hidden, button, about, isSecond = false }: Form): Markup {
  const inputs = Object.entries(hidden).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  const label = about === undefined ? "" : html` aria-label="${button}: ${about}"`;
  return html`<form method="post" action="${action}">${inputs}<button type="submit"${isSecond ? html` class="second"` : ""}${label}>${button}</button></form>\n`;
}
