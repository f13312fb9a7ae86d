import { isIP } from "node:net";
import { isLoopback } from "../../local/network/loopback.ts";
import { wrongUse } from "../terminal/options.ts";

/** A public name that Actions and event streams call, and the server on this machine that answers for it. */
export interface NamedHost {
  /** `crm.example.com`, or `crm.example.com:8443`. */
  readonly name: string;
  readonly target: URL;
}

const FORM = "--host takes a public name and a server on this machine: crm.example.com=http://127.0.0.1:5055";

/**
 * What `--host` says.
 *
 * @throws {CommandError} USAGE
 */
export function parseHosts(texts: readonly string[]): readonly NamedHost[] {
  const hosts = texts.map(parseHost);
  const twice = hosts.find(({ name }, index) => hosts.findIndex((other) => other.name === name) < index);
  if (twice !== undefined) throw wrongUse(`--host names ${twice.name} twice: an Action would reach one of them.`);
  return hosts;
}

function parseHost(text: string): NamedHost {
  const [, name = "", address = ""] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  const target = URL.canParse(address) ? new URL(address) : undefined;
  if (!isPublicName(name) || target === undefined || !/^https?:$/.test(target.protocol)) {
    throw wrongUse(`${FORM}, not "${text}".`);
  }
  if (target.hostname !== "localhost" && !isLoopback(target.hostname.replace(/^\[|\]$/g, ""))) {
    throw wrongUse(`--host ${name} must lead to this machine (localhost, 127.0.0.1 or [::1]), not to ${target.host}.`);
  }
  if (target.pathname !== "/" || target.search !== "" || target.hash !== "" || target.username !== "") {
    throw wrongUse(`--host ${name}: ${target.origin} is enough, the Action's own path is asked for there.`);
  }
  return { name: name.toLowerCase(), target };
}

function isPublicName(text: string): boolean {
  const [, host = ""] = /^([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::[1-9]\d{0,4})?$/i.exec(text) ?? [];
  return host !== "" && isIP(host) === 0;
}
