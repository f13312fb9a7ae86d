import { type IncomingMessage, request as overHttp, type ServerResponse } from "node:http";
import { createServer, request as overHttps } from "node:https";
import { type AddressInfo, isIP } from "node:net";
import { pipeline } from "node:stream";
import type { CertificateAuthority } from "../../local/http/certificate-authority.ts";
import type { HostMap } from "../../local/network/host-map.ts";
import type { NamedHost } from "./parse-hosts.ts";

export interface Hosts {
  /** For the tenant: where each name leads. */
  readonly map: HostMap;
  close(): Promise<void>;
}

/**
 * Answers for public names on this machine: an Action speaks HTTPS with its own host's name, as it does at Auth0, and the server
 * behind it may speak plain HTTP.
 *
 * @param authority vouches for the names; only the Actions' runtime knows it
 */
export async function openHosts(hosts: readonly NamedHost[], authority: CertificateAuthority): Promise<Hosts> {
  const opened = await Promise.all(hosts.map((host) => openHost(host, authority)));
  return {
    map: Object.fromEntries(
      opened.map(({ name, port }) => [name, { host: "127.0.0.1", port, ca: authority.ca }] as const),
    ),
    close: async () => {
      await Promise.all(opened.map(({ close }) => close()));
    },
  };
}

async function openHost({ name, target }: NamedHost, authority: CertificateAuthority) {
  const host = name.replace(/:\d+$/, "");
  const server = createServer(await authority.issue(host, [host]), (request, response) =>
    passOn(request, response, target),
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  return {
    name,
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function passOn(request: IncomingMessage, response: ServerResponse, target: URL): void {
  const send = target.protocol === "https:" ? overHttps : overHttp;
  const { method, url, headers } = request;
  const sent = send(new URL(url ?? "/", target), { method, headers, servername: nameOf(target) }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    pipeline(answer, response, () => {});
  });
  sent.on("error", ({ message }) => {
    const plain = { "content-type": "text/plain" };
    if (response.headersSent) response.destroy();
    else response.writeHead(502, plain).end(`${target.origin} does not answer: ${message}\n`);
  });
  pipeline(request, sent, () => {});
}

/** The certificate of a server on this machine is for localhost, whatever the Action calls it. TLS sends no address as a name. */
const nameOf = ({ hostname }: URL): string => (isIP(hostname.replace(/^\[|\]$/g, "")) === 0 ? hostname : "");
