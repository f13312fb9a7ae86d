import { isLoopback } from "./loopback.ts";

interface MappedHost {
  /** A loopback address. */
  readonly host: string;
  readonly port: number;
  /** PEM: the only authority that may vouch for this name. Without one, the system's do. */
  readonly ca?: string;
}

/** By public name, for port 443. For another port it is part of the key: `"example.com:8080"`. */
export type HostMap = Readonly<Record<string, MappedHost>>;

export interface Lookup {
  find(host: string, port: number | string | undefined): MappedHost | undefined;
  /** By name alone, as DNS asks. */
  findByName(host: string): MappedHost | undefined;
}

/** Throws a TypeError on a map that leads off this machine. */
export function createLookup(hosts: HostMap): Lookup {
  const byAuthority = new Map<string, MappedHost>();
  const byName = new Map<string, MappedHost>();
  for (const [key, mapped] of Object.entries(hosts)) {
    if (!isLoopback(mapped.host)) throw new TypeError(`${key} can be mapped to a loopback address only.`);
    const name = readName(key.replace(/:\d+$/, ""));
    byAuthority.set(`${name}:${/:(\d+)$/.exec(key)?.[1] ?? 443}`, mapped);
    byName.set(name, mapped);
  }
  return {
    find(host, port) {
      const { name, ownPort = port ?? 443 } = splitAuthority(host);
      return byAuthority.get(`${name}:${ownPort}`);
    },
    findByName: (host) => byName.get(splitAuthority(host).name),
  };
}

/** A tenant on this machine has a port in `event.request.hostname`, which code takes for a name and puts its own beside. */
function splitAuthority(host: string): { readonly name: string; readonly ownPort?: string } {
  const [, name = host, ownPort] = /^([^:]+):(\d+)$/.exec(host) ?? [];
  return { name: readName(name), ...(ownPort !== undefined && { ownPort }) };
}

/** Names compare without case, and a final dot only says that they are complete (RFC 1034 §3.1). */
function readName(host: string): string {
  return host.toLowerCase().replace(/\.$/, "");
}
