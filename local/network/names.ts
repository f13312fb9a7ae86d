import dgram from "node:dgram";
import dns from "node:dns";
import type { Lookup } from "./host-map.ts";
import { HostNotMappedError } from "./host-not-mapped.ts";

type Callable = (...args: unknown[]) => unknown;

/** Name look-ups: a mapped name gives its loopback address, another one is not even asked for. */
export function patchNames(lookup: Lookup, refuseOthers: boolean): () => void {
  const patches = [
    replaceMember(dns, "lookup", (original) => (name, ...rest) => {
      const mapped = lookup.findByName(String(name));
      if (mapped !== undefined) return original(mapped.host, ...rest);
      if (!refuseOthers) return original(name, ...rest);
      const callback = rest.at(-1) as (error: Error) => void;
      process.nextTick(callback, new HostNotMappedError(String(name)));
      return {};
    }),
    replaceMember(dns.promises, "lookup", (original) => async (name, ...rest) => {
      const mapped = lookup.findByName(String(name));
      if (mapped !== undefined) return original(mapped.host, ...rest);
      if (!refuseOthers) return original(name, ...rest);
      throw new HostNotMappedError(String(name));
    }),
  ];
  if (refuseOthers) patches.push(...refuseQueries());
  return () => {
    for (const restore of patches) restore();
  };
}

/** Queries to a name server and datagrams would leave the machine whatever the name. */
function refuseQueries(): (() => void)[] {
  const owners = [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype];
  const queries = owners.flatMap((owner) =>
    Object.getOwnPropertyNames(owner)
      .filter((name) => /^(resolve|reverse|lookupService)/.test(name))
      .map((name) => replaceMember(owner, name, () => refuseCall)),
  );
  const datagrams = ["connect", "send"].map((name) =>
    replaceMember(dgram.Socket.prototype, name, () => refuseDatagram),
  );
  return [...queries, ...datagrams];
}

const refuseCall: Callable = (name) => {
  throw new HostNotMappedError(String(name));
};

const refuseDatagram: Callable = () => {
  throw new HostNotMappedError("a UDP peer");
};

function replaceMember(owner: object, name: string, replace: (original: Callable) => Callable): () => void {
  const original: unknown = Reflect.get(owner, name);
  if (typeof original !== "function") return () => {};
  const bound: Callable = (...args) => Reflect.apply(original, owner, args);
  // With its properties: one of them tells util.promisify what look-ups resolve to.
  const replacement = Object.defineProperties(replace(bound), Object.getOwnPropertyDescriptors(original));
  Reflect.set(owner, name, replacement);
  return () => void Reflect.set(owner, name, original);
}
