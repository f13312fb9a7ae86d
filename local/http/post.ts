import { type RequestOptions, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { rootCertificates } from "node:tls";
import { createLookup, type HostMap } from "../network/host-map.ts";
import { HostNotMappedError } from "../network/host-not-mapped.ts";
import { isLoopback } from "../network/loopback.ts";

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

export interface PostOptions {
  /** Public names that are on this machine. */
  readonly hosts: HostMap;
  /** PEM of the authority of this machine's own servers. */
  readonly ca: string;
}

/**
 * Sends a request to a server of this machine, or to a name that is mapped to one: what is deployed here for a try must not reach
 * those who the real tenant talks to. Redirects are not followed.
 *
 * @returns the status
 * @throws {HostNotMappedError} for any other host; what the connection failed with
 */
export function post({ url, headers, body, signal }: Post, { hosts, ca }: PostOptions): Promise<number> {
  const target = new URL(url);
  const isSecure = target.protocol === "https:";
  const port = Number(target.port || (isSecure ? 443 : 80));
  // In brackets where it is an IPv6 address.
  const name = target.hostname.replace(/^\[|\]$/g, "");
  const mapped = createLookup(hosts).find(name, port);
  if (mapped === undefined && name !== "localhost" && !isLoopback(name)) {
    throw new HostNotMappedError(`${target.hostname}:${port}`);
  }
  const options: RequestOptions = {
    method: "POST",
    host: mapped?.host ?? name,
    port: mapped?.port ?? port,
    path: `${target.pathname}${target.search}`,
    headers: { host: target.host, ...headers, "content-length": Buffer.byteLength(body) },
    signal,
    agent: false,
  };
  return new Promise((resolve, reject) => {
    const request = isSecure
      ? requestHttps({ ...options, servername: name, ca: mapped?.ca ?? [...rootCertificates, ca] })
      : requestHttp(options);
    request.once("response", (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.once("error", reject);
    request.end(body);
  });
}
