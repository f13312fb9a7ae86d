import { isRecord, type Problems } from "../../gateways/authorizer/problems.ts";
import type { Backend, BackendCredentials } from "../../gateways/model/gateway-model.ts";

/** Backends by name, as the head of routes.yaml lists them: `{backends: {reports: {url, audience?, scope?, …}}}`. */
export function parseBackends(value: unknown, problems: Problems): ReadonlyMap<string, Backend> {
  const backends = new Map<string, Backend>();
  if (value === undefined) return backends;
  if (!isRecord(value)) {
    problems.add("backends", "expected a mapping of names to addresses");
    return backends;
  }
  for (const [name, entry] of Object.entries(value)) {
    const backend = parseBackend(name, typeof entry === "string" ? { url: entry } : entry, problems);
    if (backend !== undefined) backends.set(name, backend);
  }
  return backends;
}

type FindBackend = (value: unknown, place: string) => Backend | undefined;

/** A route names a backend of the list, or says its address itself: then the backend is `backend-1`, `backend-2`, … */
export function createFindBackend(backends: ReadonlyMap<string, Backend>, problems: Problems): FindBackend {
  const byAddress = new Map<string, Backend>();
  const nameNext = (number = 1): string => {
    const name = `backend-${number}`;
    const isTaken = backends.has(name) || [...byAddress.values()].some((other) => other.name === name);
    return isTaken ? nameNext(number + 1) : name;
  };
  return (value, place) => {
    if (typeof value !== "string" || value === "")
      return problems.add(place, "has no backend: where are its requests to go?");
    const named = backends.get(value);
    if (named !== undefined) return named;
    const url = parseAddress(value);
    if (url === undefined)
      return problems.add(
        place,
        `there is no backend ${JSON.stringify(value)} under "backends", and it is not an address`,
      );
    const backend = byAddress.get(url) ?? { name: nameNext(), url, credentials: undefined };
    byAddress.set(url, backend);
    return backend;
  };
}

function parseBackend(name: string, value: unknown, problems: Problems): Backend | undefined {
  const place = `backends.${name}`;
  if (!/^[a-z][a-z0-9-]*$/.test(name)) return problems.add(place, "a name is lower-case letters, digits and hyphens");
  if (!isRecord(value)) return problems.add(place, "expected an address, or a mapping with one under url");
  for (const member of Object.keys(value))
    if (!["url", "audience", "scope"].includes(member)) problems.add(`${place}.${member}`, "is not known here");
  const url = typeof value.url === "string" ? parseAddress(value.url) : undefined;
  if (url === undefined)
    return problems.add(`${place}.url`, "expected http(s)://<host>[:<port>][/<path>], without a query");
  const credentials = parseCredentials(name, value, problems);
  return { name, url, credentials };
}

function parseCredentials(
  name: string,
  { audience, scope }: Record<string, unknown>,
  problems: Problems,
): BackendCredentials | undefined {
  if (audience === undefined) {
    if (scope !== undefined) problems.add(`backends.${name}.scope`, "means nothing without an audience");
    return undefined;
  }
  if (typeof audience !== "string" || audience === "")
    return problems.add(`backends.${name}.audience`, "expected the identifier of the backend's API");
  const scopes: unknown[] = scope === undefined ? [] : Array.isArray(scope) ? scope : [scope];
  if (!scopes.every((one) => typeof one === "string" && /^[^\s,]+$/.test(one)))
    return problems.add(`backends.${name}.scope`, "expected a scope or a list of scopes");
  const variable = name.toUpperCase().replaceAll("-", "_");
  return {
    audience,
    scopes: scopes.map(String),
    clientIdVariable: `${variable}_CLIENT_ID`,
    clientSecretVariable: `${variable}_CLIENT_SECRET`,
  };
}

/** Without its slash at the end. User names in addresses would end up in every log. */
function parseAddress(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username || url.password)
    return undefined;
  // What is put into other programs' files is made of characters that none of them gives a meaning.
  return /^https?:\/\/[\w.[\]:-]+(?:\/[\w.~/-]*)?$/.test(url.href) ? url.href.replace(/\/$/, "") : undefined;
}
