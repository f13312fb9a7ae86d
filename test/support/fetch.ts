import { readFileSync } from "node:fs";
import { Agent, request as httpsRequest } from "node:https";
import type { LocalTenant } from "../../local/auth0/server.ts";

/** `fetch` that trusts the tenant's authority: Node's own only does when the process was started with it. */
export function trustingFetch(tenant: Pick<LocalTenant, "caFile">): typeof fetch {
  const agent = new Agent({ keepAlive: true, ca: readFileSync(tenant.caFile) });
  return async (input, init) => {
    const request = new Request(input, init);
    const body = Buffer.from(await request.arrayBuffer());
    return new Promise<Response>((resolve, reject) => {
      const sent = httpsRequest(
        request.url,
        {
          method: request.method,
          agent,
          // Node gives a DELETE no length of its own, and the server would read its body as the next request.
          headers: {
            ...Object.fromEntries(request.headers),
            ...(body.length !== 0 && { "content-length": body.length }),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () => {
            const headers = new Headers();
            for (const [name, value] of Object.entries(response.headers)) {
              for (const one of [value ?? []].flat()) headers.append(name, one);
            }
            const status = response.statusCode ?? 0;
            const hasBody = status !== 204 && status !== 304;
            resolve(new Response(hasBody ? Buffer.concat(chunks) : null, { status, headers }));
          });
        },
      );
      sent.on("error", reject);
      sent.end(body);
    });
  };
}
