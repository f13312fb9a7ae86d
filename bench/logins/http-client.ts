import { Agent, request } from "node:https";

export interface Reply {
  readonly status: number;
  readonly location: string | undefined;
  readonly text: string;
}

interface SendOptions {
  readonly json?: Readonly<Record<string, unknown>>;
  readonly form?: Readonly<Record<string, string>>;
}

/** A person's browser: cookies of its own, redirects left to whoever drives it, connections shared with the others'. */
export interface HttpClient {
  send(method: "GET" | "POST", url: string, options?: SendOptions): Promise<Reply>;
}

/** Connections stay open: handshakes are not what is measured. */
export function openAgent(ca: string, connections: number): Agent {
  return new Agent({ ca, keepAlive: true, maxSockets: connections });
}

export function openClient(agent: Agent): HttpClient {
  const cookies = new Map<string, string>();
  return {
    send: (method, url, { json, form } = {}) =>
      new Promise((resolve, reject) => {
        const body = json ? JSON.stringify(json) : form ? new URLSearchParams(form).toString() : undefined;
        const sent = request(url, { agent, method }, (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () => {
            for (const cookie of response.headers["set-cookie"] ?? []) {
              const [pair = ""] = cookie.split(";");
              cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
            }
            resolve({
              status: response.statusCode ?? 0,
              location: response.headers.location,
              text: Buffer.concat(chunks).toString(),
            });
          });
        });
        sent.on("error", reject);
        if (cookies.size > 0) {
          sent.setHeader("cookie", [...cookies].map(([name, value]) => `${name}=${value}`).join("; "));
        }
        if (body !== undefined) {
          sent.setHeader("content-type", json ? "application/json" : "application/x-www-form-urlencoded");
          sent.setHeader("content-length", Buffer.byteLength(body));
        }
        sent.end(body);
      }),
  };
}
