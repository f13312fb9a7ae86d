import { findNearest } from "./nearest.ts";
import { replaceAt, valueAt, without } from "./paths.ts";
import { readSchemas } from "./schema/schemas.ts";
import { isMapping, type Path, renderPath } from "./shape.ts";
import type { TenantSource } from "./source.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A client's fields that Auth0 calls otherwise by now; the Deploy CLI sends the new names. */
const RENAMED: Readonly<Record<string, string>> = {
  cross_origin_auth: "cross_origin_authentication",
  oidc_backchannel_logout: "oidc_logout",
};

/** A client's fields that Auth0 answers and sets itself. */
export const ANSWERED_ONLY: readonly string[] = ["callback_url_template", "owners"];

interface Outdated {
  readonly path: Path;
  /** Undefined: nothing takes its place. */
  readonly renamed?: string;
  /** Absent: there is nothing to say. */
  readonly remark?: string;
}

export interface Renewed {
  readonly document: Fields;
  /** A sentence each, for a person. */
  readonly outdated: readonly string[];
}

/** A document as it would be written today: exports of former years hold more than Auth0 takes. */
export function renewDocument(document: Fields, locate: TenantSource["locate"]): Renewed {
  const found = [...findInClients(document.clients), ...findFlags(document.tenant), ...findMigrations(document)];
  return { document: found.reduce(renew, document), outdated: describe(found, locate) };
}

/** Former names alone: the present ones in their place. */
export const renameFields = (document: Fields): Fields =>
  findInClients(document.clients)
    .filter(({ path }) => !ANSWERED_ONLY.includes(String(path.at(-1))))
    .reduce(renew, document);

function findInClients(clients: unknown): readonly Outdated[] {
  if (!Array.isArray(clients)) return [];
  return clients.flatMap((client, index) => {
    if (!isMapping(client)) return [];
    return Object.keys(client).flatMap((name): readonly Outdated[] => {
      const path = ["clients", index, name];
      if (ANSWERED_ONLY.includes(name)) return [{ path, remark: NOT_TAKEN }];
      const renamed = Object.hasOwn(RENAMED, name) ? RENAMED[name] : undefined;
      if (renamed === undefined) return [];
      const called = `is called ${renamed} by now,`;
      return Object.hasOwn(client, renamed)
        ? [{ path, remark: `${called} which is there too and counts: take it out` }]
        : [{ path, renamed, remark: `${called} and taken as that: rename it` }];
    });
  });
}

/** Tenants have hundreds of flags; Auth0 publishes those that may be set. One that is nearly so is misspelt. */
function findFlags(tenant: unknown): readonly Outdated[] {
  const flags = isMapping(tenant) && isMapping(tenant.flags) ? tenant.flags : {};
  const published = valueAt(readSchemas("fields"), ["tenant", "properties", "flags", "properties"]);
  const known = isMapping(published) ? Object.keys(published) : [];
  return Object.keys(flags)
    .filter((name) => !known.includes(name) && findNearest(name, known, MISSPELT) === undefined)
    .map((name) => ({ path: ["tenant", "flags", name], remark: NOT_TAKEN }));
}

/** Changes that a slip makes. Names of flags are long, and soon a little like one another. */
const MISSPELT = 2;

/** Former versions of the Deploy CLI exported them. */
function findMigrations({ migrations }: Fields): readonly Outdated[] {
  if (migrations === undefined) return [];
  const isEmpty = migrations === null || (isMapping(migrations) && Object.keys(migrations).length === 0);
  return [{ path: ["migrations"], ...(!isEmpty && { remark: NOT_TAKEN }) }];
}

const NOT_TAKEN = "is neither compared nor sent: it is Auth0's to set";

function renew(document: Fields, { path, renamed }: Outdated): Fields {
  if (renamed === undefined) return without(document, path) as Fields;
  const owner = path.slice(0, -1);
  const { [String(path.at(-1))]: value, ...rest } = valueAt(document, owner) as Fields;
  return replaceAt(document, owner, { ...rest, [renamed]: value }) as Fields;
}

/** The same field of several entries is one line: an export has it in all of them. */
function describe(found: readonly Outdated[], locate: TenantSource["locate"]): readonly string[] {
  const rows = new Map<string, Outdated[]>();
  for (const one of found) {
    if (one.remark === undefined) continue;
    const key = `${renderPath(one.path.filter((part) => typeof part !== "number"))} ${one.remark}`;
    rows.set(key, [...(rows.get(key) ?? []), one]);
  }
  return [...rows.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
    return [`${locate(first.path, "key")} ${renderPath(first.path)} ${first.remark}${more}`];
  });
}
