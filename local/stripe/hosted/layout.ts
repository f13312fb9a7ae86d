import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "hono";
import { type Markup, sendPage, sendStylesheet } from "../../http/html-page.ts";

const STYLES = readFileSync(join(import.meta.dirname, "styles.css"), "utf8");

export const STYLESHEET = "/hosted/styles.css";

export const sendStyles = (context: Context): Response => sendStylesheet(context, STYLES);

export function renderPage(context: Context, status: number, title: string, content: Markup): Promise<Response> {
  return sendPage(context, { status, title, stylesheet: STYLESHEET, content });
}
