import { type RequestOptions, request as sendRequest } from "node:https";
import { createTrustingAgent } from "./trusting-agent.ts";

/**
 * `fetch` for https that trusts one more authority. Node's own `fetch` takes it from NODE_EXTRA_CA_CERTS, but only if that
 * was set when the process started, which `.env` is too late for. Without an authority it is Node's own.
 */
export function createFetch(ca: string | undefined): typeof fetch {
  if (ca === undefined) return fetch;
  const agent = createTrustingAgent(ca);
  return async (input, init) => {
    const request = new Request(input, init);
    const body = Buffer.from(await request.arrayBuffer());
    const options: RequestOptions = {
      agent,
      method: request.method,
      headers: {
        ...Object.fromEntries(request.headers),
        ...(body.length > 0 && { "content-length": body.length }),
      },
      signal: request.signal,
    };
    return send(request.url, options, body).catch((cause: unknown) => {
      if (request.signal.aborted) throw request.signal.reason;
      throw new TypeError("fetch failed", { cause });
    });
  };
}

function send(url: string, options: RequestOptions, body: Buffer): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = sendRequest(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.once("error", reject);
      response.once("end", () => {
        const status = response.statusCode ?? 0;
        const headers = Object.entries(response.headersDistinct).flatMap(([name, values = []]) =>
          values.map((value): [string, string] => [name, value]),
        );
        // Fetch standard: a response with one of these statuses has no body, not even an empty one.
        const content = [204, 205, 304].includes(status) ? null : Buffer.concat(chunks);
        resolve(new Response(content, { status, headers }));
      });
    });
    request.once("error", reject);
    request.end(body);
  });
}
