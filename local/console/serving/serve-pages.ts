import { type Context, Hono } from "hono";
import { html } from "hono/html";
import { streamSSE } from "hono/streaming";
import { isSameSecret, newSecret } from "../../auth0/digest.ts";
import type { Tenant } from "../../auth0/tenant.ts";
import { sendStylesheet } from "../../http/html-page.ts";
import { checkForm, checkHost } from "./check-request.ts";
import { createSendContent, readAsset, type Section, type SendContent } from "./layout.ts";
import { ConsoleError, type Form, type Hide, type Page, type Stream, type Visit } from "./page.ts";

export interface ServedPages {
  readonly tenant: Tenant;
  readonly pages: readonly Page[];
  readonly forms: readonly Form[];
  readonly streams: readonly Stream[];
  readonly hide: Hide;
  /** The navigation. */
  readonly sections: readonly Section[];
}

const JSON_ENDING = /\.json$/;

/** Each page as a page and as JSON, each form with its checks. Whatever they answer has passed through `hide`. */
export function servePages({ tenant, pages, forms, streams, hide, sections }: ServedPages): Hono {
  const app = new Hono();
  const token = newSecret();
  const sendContent = createSendContent(sections);
  const visit = (context: Context): Visit => ({
    tenant,
    token,
    hide,
    param: (name) => (context.req.param(name) ?? "").replace(JSON_ENDING, ""),
    query: (name) => context.req.query(name) ?? "",
  });
  const guarded = (handle: (context: Context) => Promise<Response>) => async (context: Context) => {
    try {
      checkHost(context, tenant.domain);
      return await handle(context);
    } catch (error) {
      return answerError(context, tenant, error, sendContent);
    }
  };
  app.get("/console/styles.css", (context) => sendStylesheet(context, readAsset("styles.css")));
  app.get("/console/live.js", (context) =>
    context.body(readAsset("live.js"), 200, { "content-type": "text/javascript; charset=utf-8" }),
  );
  // Before pages, whose parameters would take their names.
  for (const stream of streams) {
    const handle = guarded(async (context) =>
      streamSSE(context, (events) => stream.send(visit(context), hide, events)),
    );
    app.get(stream.path, handle);
  }
  for (const page of pages) {
    const handle = guarded(async (context) => {
      const { view, render } = await page.answer(visit(context), hide);
      return wantsJson(context) ? context.json({ ...view, token }) : sendContent(context, 200, render());
    });
    for (const path of [page.path, withJsonEnding(page.path)]) app.get(path, handle);
  }
  for (const form of forms) {
    const handle = guarded(async (context) => {
      const fields = await readFields(context);
      checkForm(context, fields.get("token"), (given) => isSameSecret(given, token));
      const { location, view } = await form.apply(visit(context), fields);
      return wantsJson(context) ? context.json({ ...hide(view), location }) : context.redirect(location, 303);
    });
    app.post(form.path, handle);
  }
  return app;
}

/** A parameter takes all that stands up to the next slash, its ending too. */
const withJsonEnding = (path: string): string => (/:\w+$/.test(path) ? `${path}{.+\\.json}` : `${path}.json`);

function wantsJson({ req }: Context): boolean {
  return JSON_ENDING.test(req.path) || /^application\/json\b/.test(req.header("accept") ?? "");
}

/** Of a form, or of a JSON object of strings and numbers. */
async function readFields({ req }: Context): Promise<ReadonlyMap<string, string>> {
  const isJson = /^application\/json\b/.test(req.header("content-type") ?? "");
  const body: unknown = isJson ? await req.json().catch(() => undefined) : await req.parseBody();
  const entries = typeof body === "object" && body !== null ? Object.entries(body) : [];
  return new Map(
    entries.flatMap(([name, value]) =>
      typeof value === "string" || typeof value === "number" ? [[name, String(value)] as const] : [],
    ),
  );
}

function answerError(
  context: Context,
  { log }: Pick<Tenant, "log">,
  error: unknown,
  sendContent: SendContent,
): Response | Promise<Response> {
  const known = error instanceof ConsoleError ? error : undefined;
  if (known === undefined) log(`console: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
  const { status = 500, code = "CONSOLE_FAILED", message = "The console failed: see the tenant's log." } = known ?? {};
  if (wantsJson(context)) return context.json({ error: { code, message } }, status as 400);
  const content = html`<p class="banner bad" role="alert">${message}</p>\n<p class="quiet"><code>${code}</code></p>`;
  return sendContent(context, status, { title: "This did not work", section: "", content });
}
