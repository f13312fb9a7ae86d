import { isMapping } from "../../scripts/tenant/shape.ts";
import { parseJson, type RecordedCall } from "./recordings.ts";

/** Something that was in the recorded tenant before the recording began. */
export interface Presupposed {
  /** Where things of its kind are made, e.g. `connections`. */
  readonly collection: string;
  /** The member that holds its id. */
  readonly key: string;
  readonly id: string;
  /** What the recording shows of it, and what its kind cannot be made without. */
  readonly record: Readonly<Record<string, unknown>>;
  /** What is made where that is refused. */
  readonly least: Readonly<Record<string, unknown>>;
}

interface Kind {
  readonly collection: string;
  /** The member that holds the id. */
  readonly key: string;
  /** What ids of this kind look like where only they are named; a path names the kind. */
  readonly looks?: RegExp;
  /** The least that can be made. */
  readonly least: (id: string) => Readonly<Record<string, unknown>>;
}

const named = (id: string) => ({ name: `presupposed-${id.replace(/\W|_/g, "-").toLowerCase()}` });

/** In the order in which they are made: later ones name earlier ones. */
const KINDS: readonly Kind[] = [
  {
    collection: "custom-domains",
    key: "custom_domain_id",
    looks: /^cd_\w{16}$/,
    least: (id) => ({ domain: `${named(id).name}.example.com`, type: "auth0_managed_certs" }),
  },
  { collection: "clients", key: "client_id", looks: /^(tpc_\w{22}|[A-Za-z0-9]{32})$/, least: named },
  { collection: "connections", key: "id", looks: /^con_\w{16}$/, least: (id) => ({ ...named(id), strategy: "auth0" }) },
  { collection: "connection-profiles", key: "id", looks: /^cop_\w+$/, least: named },
  {
    collection: "user-attribute-profiles",
    key: "id",
    looks: /^uap_\w+$/,
    least: (id) => ({
      ...named(id),
      user_attributes: {
        email: { description: "Email", label: "Email", profile_required: true, auth0_mapping: "email" },
      },
    }),
  },
  { collection: "resource-servers", key: "id", looks: /^[0-9a-f]{24}$/, least: (id) => ({ identifier: `urn:${id}` }) },
  { collection: "roles", key: "id", looks: /^rol_\w{16}$/, least: named },
  {
    collection: "users",
    key: "user_id",
    looks: /^[\w-]+\|.+$/,
    least: (id) => ({
      connection: "Username-Password-Authentication",
      email: `${named(id).name}@example.com`,
      password: "Presupposed-1234",
    }),
  },
  { collection: "organizations", key: "id", looks: /^org_\w{16}$/, least: named },
  { collection: "actions/actions", key: "id", least: named },
  {
    collection: "email-templates",
    key: "template",
    least: (template) => ({ template, body: "", from: "a@example.com", subject: "", syntax: "liquid", enabled: true }),
  },
  {
    collection: "flows/vault/connections",
    key: "id",
    looks: /^ac_\w{22}$/,
    least: (id) => ({ ...named(id), app_id: "HTTP", setup: { type: "BEARER", token: "t" } }),
  },
];

/**
 * What the successful requests of a recording name although no request before them made it, with what the recorded answers show of
 * it; and what a request was refused for, because it was there already.
 */
export function listPresupposed(calls: readonly RecordedCall[]): readonly Presupposed[] {
  const made = new Set<string>();
  const posted = new Set<string>();
  const found = new Map<string, Presupposed>();
  function add(kind: Kind, id: string): void {
    if (made.has(id) || found.has(id)) return;
    const record = findRecord(calls, kind, id);
    // What stands in the place of an id may be a word of the API, like `default`.
    if (record === undefined && kind.looks?.test(id) !== true) return;
    const { collection, key } = kind;
    found.set(id, { collection, key, id, record: { ...kind.least(id), ...record }, least: kind.least(id) });
    for (const other of listLooks(listTexts(record))) add(other.kind, other.id);
  }
  for (const call of calls) {
    const taken = findTaken(call);
    if (taken !== undefined && !posted.has(taken.id)) found.set(taken.id, taken);
    if (call.status >= 400) continue;
    if (call.method === "POST") posted.add(call.body);
    for (const { kind, id } of listNames(call)) add(kind, id);
    // A list shows what was there before; any other method's answer shows what it made.
    if (call.method !== "GET") for (const text of listTexts([parseJson(call.body), call.answer])) made.add(text);
  }
  const order = (collection: string) => KINDS.findIndex((kind) => kind.collection === collection);
  return [...found.values()].sort((a, b) => order(a.collection) - order(b.collection));
}

const BASE = "/api/v2/";

function listNames({ url, body }: RecordedCall): readonly { kind: Kind; id: string }[] {
  const path = url.pathname.slice(BASE.length);
  const kind = KINDS.find(({ collection }) => path.startsWith(`${collection}/`));
  const id = kind && decodeURIComponent(path.slice(kind.collection.length + 1).split("/")[0] ?? "");
  const inside = listLooks([
    ...path.split("/").map(decodeURIComponent),
    ...url.searchParams.values(),
    ...listTexts(parseJson(body)),
  ]);
  return kind === undefined || id === undefined ? inside : [{ kind, id }, ...inside];
}

function listLooks(texts: readonly string[]): readonly { kind: Kind; id: string }[] {
  return texts.flatMap((text) => {
    const kind = KINDS.find(({ looks }) => looks?.test(text));
    return kind === undefined ? [] : [{ kind, id: text }];
  });
}

/** What was there already, by the body of the request that would have made it. */
function findTaken({ method, url, body, status, answer }: RecordedCall): Presupposed | undefined {
  const record = parseJson(body);
  if (status !== 409 || method !== "POST" || !isMapping(record) || !/already exist/.test(JSON.stringify(answer)))
    return undefined;
  return { collection: url.pathname.slice(BASE.length), key: "", id: body, record, least: record };
}

function findRecord(
  calls: readonly RecordedCall[],
  { key }: Kind,
  id: string,
): Readonly<Record<string, unknown>> | undefined {
  for (const { answer, status } of calls) {
    const record = status < 400 ? findObject(answer, key, id) : undefined;
    if (record !== undefined) return record;
  }
  return undefined;
}

function findObject(value: unknown, key: string, id: string): Readonly<Record<string, unknown>> | undefined {
  if (isMapping(value) && value[key] === id) return value;
  for (const inner of listMembers(value)) {
    const found = findObject(inner, key, id);
    if (found !== undefined) return found;
  }
  return undefined;
}

const listMembers = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : isMapping(value) ? Object.values(value) : [];

const listTexts = (value: unknown): readonly string[] =>
  typeof value === "string" ? [value] : listMembers(value).flatMap(listTexts);
