import { readFileSync } from "node:fs";
import { request as httpsRequest } from "node:https";

/**
 * A `fetch` that trusts one certificate authority. NODE_EXTRA_CA_CERTS is read when a process starts, which is too early
 * for a test; what the SDK sends and how it reads the answer is the same.
 */
export function createTrustingFetch(caFile: string): typeof fetch {
  const ca = readFileSync(caFile);
  return async (input, init) => {
    const request = new Request(input, init);
    const body = Buffer.from(await request.arrayBuffer());
    return new Promise<Response>((resolve, reject) => {
      const outgoing = httpsRequest(
        request.url,
        { method: request.method, ca, agent: false, headers: Object.fromEntries(request.headers) },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
          incoming.on("error", reject);
          incoming.on("end", () => {
            const headers = new Headers();
            for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value));
            const status = incoming.statusCode ?? 0;
            resolve(new Response(status === 204 ? null : Buffer.concat(chunks), { status, headers }));
          });
        },
      );
      outgoing.on("error", reject);
      outgoing.end(body.length === 0 ? undefined : body);
    });
  };
}
