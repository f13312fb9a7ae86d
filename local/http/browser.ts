/**
 * A browser without a window, for tests and rehearsals: keeps cookies, follows redirects, fills in forms. It runs no
 * scripts; the tenant's pages need none.
 */
import { Agent, request as httpsRequest } from "node:https";

export interface Page {
  /** Where the browser ended up; a redirect that leaves the tenant is not followed, and is this address. */
  readonly url: URL;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Empty for an address outside the tenant. */
  readonly text: string;
}

export interface Browser {
  open(url: string): Promise<Page>;
  /** Sends the page's form, or the one that has a field or button of this name, with its own values and these. */
  submit(page: Page, fields: Readonly<Record<string, string>>, having?: string): Promise<Page>;
  /** One request with this browser's cookies, redirects not followed. */
  request(method: "GET" | "POST", url: string, form?: Readonly<Record<string, string>>): Promise<Page>;
  cookies(): ReadonlyMap<string, string>;
}

export interface BrowserOptions {
  /** Host and port: everything else is left to whoever drives the browser. */
  readonly domain: string;
  /** PEM text of the authority that the tenant's certificate is from. */
  readonly ca: string;
  readonly userAgent?: string;
}

const MAX_REDIRECTS = 20;

export function createBrowser({ domain, ca, userAgent = "Rehearsal/1.0" }: BrowserOptions): Browser {
  const cookies = new Map<string, string>();
  const agent = new Agent({ keepAlive: true, ca });

  const request: Browser["request"] = (method, url, form) =>
    new Promise((resolve, reject) => {
      const body = form === undefined ? undefined : new URLSearchParams(form).toString();
      const sent = httpsRequest(
        url,
        {
          method,
          agent,
          headers: {
            "user-agent": userAgent,
            accept: "text/html",
            "accept-language": "en-GB,en;q=0.9",
            ...(cookies.size !== 0 && { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") }),
            ...(body !== undefined && {
              "content-type": "application/x-www-form-urlencoded",
              "content-length": Buffer.byteLength(body),
            }),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () => {
            for (const cookie of response.headers["set-cookie"] ?? []) keepCookie(cookies, cookie);
            const text = Buffer.concat(chunks).toString();
            resolve({ url: new URL(url), status: response.statusCode ?? 0, headers: response.headers, text });
          });
        },
      );
      sent.on("error", reject);
      sent.end(body);
    });

  const follow = async (first: Page): Promise<Page> => {
    let page = first;
    for (let count = 0; count < MAX_REDIRECTS; count += 1) {
      const { location } = page.headers;
      if (page.status < 300 || page.status > 399 || typeof location !== "string") return page;
      const target = new URL(location, page.url);
      if (target.host !== domain) return { ...page, url: target, text: "" };
      page = await request("GET", target.href);
    }
    throw new Error(`more than ${MAX_REDIRECTS} redirects, the last to ${page.url.pathname}`);
  };

  return {
    request,
    cookies: () => cookies,
    open: async (url) => follow(await request("GET", url)),
    submit: async (page, fields, having) => {
      const form = readForm(page.text, having);
      const action = new URL(form.action, page.url);
      return follow(await request("POST", action.href, { ...form.fields, ...fields }));
    },
  };
}

function keepCookie(cookies: Map<string, string>, header: string): void {
  const [pair = "", ...attributes] = header.split(";");
  const name = pair.slice(0, pair.indexOf("=")).trim();
  const value = pair.slice(pair.indexOf("=") + 1).trim();
  const isOver = attributes.some((attribute) => /^\s*max-age=0\s*$/i.test(attribute));
  if (isOver) cookies.delete(name);
  else cookies.set(name, value);
}

/** The page's own markup, in the one way that it is written; not a parser for other sites' pages. */
function readForm(page: string, having: string | undefined): { action: string; fields: Record<string, string> } {
  const forms = [...page.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)];
  const found = forms.find(([, , content = ""]) => having === undefined || content.includes(`name="${having}"`));
  if (found === undefined) throw new Error(`the page has no form${having === undefined ? "" : ` with ${having}`}`);
  const [, attributes = "", content = ""] = found;
  const fields: Record<string, string> = {};
  for (const [input] of content.matchAll(/<input\b[^>]*>/g)) {
    const name = readAttribute(input, "name");
    const isUnchecked = readAttribute(input, "type") === "checkbox" && !/\schecked\b/.test(input);
    if (name !== undefined && !isUnchecked) fields[name] = readAttribute(input, "value") ?? "";
  }
  return { action: readAttribute(attributes, "action") ?? "", fields };
}

function readAttribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(` ${tag}`)?.[1];
  return value
    ?.replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}
