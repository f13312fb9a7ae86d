import { readFileSync } from "node:fs";
import { createServer, Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type LocalTenant, startLocalTenant } from "../../local/auth0/server.ts";
import { ensureCertificateAuthority } from "../../local/http/certificate-authority.ts";

export interface CountedTenant {
  /** AUTH0_DOMAIN and the other variables by which either tool reaches it. */
  readonly access: Readonly<Record<string, string>>;
  /** What is in it, for who fills it without requests. */
  readonly state: LocalTenant["tenant"]["state"];
  /** Writes to the Management API since the last call. */
  takeWrites(): number;
  close(): Promise<void>;
}

/**
 * An empty local tenant behind a proxy that counts writes and answers late.
 *
 * @param lateness milliseconds added to every answer
 */
export async function startCountedTenant(directory: string, lateness: number): Promise<CountedTenant> {
  const authority = await ensureCertificateAuthority(join(directory, "tls"));
  const tls = await authority.issue("tenant", ["localhost", "127.0.0.1"]);
  const agent = new HttpsAgent({ ca: readFileSync(authority.caFile) });
  let target = 0;
  let writes = 0;
  const proxy = createServer({ cert: tls.cert, key: tls.key }, (incoming, outgoing) => {
    const { method = "GET", url = "/", headers } = incoming;
    if (method !== "GET" && url.startsWith("/api/v2/")) writes += 1;
    const to = { host: "127.0.0.1", port: target, servername: "localhost", agent, method, path: url, headers };
    const forwarded = httpsRequest(to, async (response) => {
      await sleep(lateness);
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    forwarded.on("error", () => incoming.socket.destroy());
    incoming.pipe(forwarded);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const domain = `localhost:${(proxy.address() as AddressInfo).port}`;
  const tenant = await startLocalTenant({ directory, project: join(import.meta.dirname, "../.."), domain });
  target = tenant.port;
  return {
    state: tenant.tenant.state,
    access: {
      AUTH0_DOMAIN: domain,
      AUTH0_CLIENT_ID: tenant.clientId,
      AUTH0_CLIENT_SECRET: tenant.clientSecret,
      NODE_EXTRA_CA_CERTS: tenant.caFile,
    },
    takeWrites() {
      const taken = writes;
      writes = 0;
      return taken;
    },
    async close() {
      await tenant.close();
      agent.destroy();
      proxy.closeAllConnections();
      await new Promise<void>((resolve) => proxy.close(() => resolve()));
    },
  };
}
