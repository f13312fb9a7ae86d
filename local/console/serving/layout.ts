import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "hono";
import { html } from "hono/html";
import { sendPage } from "../../http/html-page.ts";
import type { Content } from "./page.ts";

/** Of the navigation: path and name. */
export type Section = readonly [path: string, name: string];

export const readAsset = (name: "live.js" | "styles.css"): string =>
  readFileSync(join(import.meta.dirname, name), "utf8");

export type SendContent = (context: Context, status: number, content: Content) => Promise<Response>;

export const createSendContent = (sections: readonly Section[]): SendContent =>
  function sendContent(context, status, { title, section, content }) {
    const links = sections.map(
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
  };
