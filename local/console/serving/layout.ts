import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "hono";
import { html } from "hono/html";
import { sendPage } from "../../http/html-page.ts";
import type { Content } from "./page.ts";

const SECTIONS = [
  ["/console/logins", "Logins"],
  ["/console/flows", "Flows"],
  ["/console/users", "Users"],
  ["/console/mailbox", "Mailbox"],
] as const;

export const readAsset = (name: "live.js" | "styles.css"): string =>
  readFileSync(join(import.meta.dirname, name), "utf8");

export function renderLayout(
  context: Context,
  status: number,
  { title, section, content }: Content,
): Promise<Response> {
  const links = SECTIONS.map(
    ([path, name]) =>
      html`<li><a href="${path}"${path === section ? html` aria-current="page"` : ""}>${name}</a></li>\n`,
  );
  const header = html`<a class="skip" href="#main">Skip to the page</a>
<header>
<nav aria-label="Console">
<ul>
${links}</ul>
</nav>
</header>
`;
  const files = { stylesheet: "/console/styles.css", script: "/console/live.js" };
  return sendPage(context, { status, title, header, content, ...files });
}
