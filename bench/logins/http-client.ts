import type { Connection } from "./connection.ts";
import { type Body, renderRequest } from "./render-request.ts";

export interface Reply {
  readonly status: number;
  readonly location: string | undefined;
  /** With headers and all, a character a byte. */
  readonly text: string;
}

interface SendOptions {
  readonly json?: Readonly<Record<string, unknown>>;
  readonly form?: Readonly<Record<string, string>>;
}

/** A person's browser: cookies of its own, redirects left to whoever drives it, the connection shared with those before it. */
export interface HttpClient {
  send(method: "GET" | "POST", url: string, options?: SendOptions): Promise<Reply>;
}

export function openClient(connection: Connection): HttpClient {
  const cookies = new Map<string, string>();
  return {
    async send(method, url, options = {}) {
      const body = renderBody(options);
      const pairs = [...cookies].map(([name, value]) => `${name}=${value}`);
      const headers = pairs.length === 0 ? [] : [`cookie: ${pairs.join("; ")}`];
      const text = await connection.send(renderRequest(method, url, { headers, ...(body && { body }) }));
      const head = text.slice(0, text.indexOf("\r\n\r\n"));
      for (const [, name = "", value = ""] of head.matchAll(/\r\nset-cookie: *([^=\r]*)=([^;\r]*)/gi)) {
        cookies.set(name, value);
      }
      return { status: Number(head.slice(9, 12)), location: /\r\nlocation: *([^\r]*)/i.exec(head)?.[1], text };
    },
  };
}

function renderBody({ json, form }: SendOptions): Body | undefined {
  if (json !== undefined) return { type: "application/json", text: JSON.stringify(json) };
  if (form === undefined) return undefined;
  return { type: "application/x-www-form-urlencoded", text: new URLSearchParams(form).toString() };
}
