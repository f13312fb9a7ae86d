import { findNearest } from "../nearest.ts";
import { valueAt } from "../paths.ts";
import { readSchemas } from "../schema/schemas.ts";
import { isMapping, type Path } from "../shape.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A client's fields that Auth0 calls otherwise by now; the Deploy CLI sends the new names. */
const RENAMED: Readonly<Record<string, string>> = {
  cross_origin_auth: "cross_origin_authentication",
  oidc_backchannel_logout: "oidc_logout",
};

/** Fields that Auth0 answers and sets itself, by section: no request takes them. */
const ANSWERED_ONLY: Readonly<Record<string, readonly string[]>> = {
  tenant: ["sandbox_versions_available"],
  resourceServers: ["is_system", "client_id"],
  clients: [
    "callback_url_template",
    "created_at",
    "external_metadata_created_by",
    "external_metadata_type",
    "global",
    "jwks_uri",
    "owners",
    "signing_keys",
    "tenant",
    "updated_at",
  ],
  clientGrants: ["is_system"],
};

export interface Outdated {
  readonly path: Path;
  /** Undefined: nothing takes its place. */
  readonly renamed?: string;
  /** Absent: there is nothing to say. */
  readonly remark?: string;
}

/** Whether every tenant's answers have a field that nobody needs to write. */
export const isAnsweredOnly = (section: string, name: string): boolean =>
  (ANSWERED_ONLY[section]?.includes(name) ?? false) || (section === "clients" && Object.hasOwn(RENAMED, name));

export function findOutdated(document: Fields): readonly Outdated[] {
  return [
    ...Object.entries(ANSWERED_ONLY).flatMap(([section, names]) => findAnswered(section, names, document[section])),
    ...findRenamed(document.clients),
    ...findFlags(document.tenant),
    ...findMigrations(document),
  ];
}

/** A section is a list of mappings, or a mapping itself. */
function findAnswered(section: string, names: readonly string[], value: unknown): readonly Outdated[] {
  const entries = Array.isArray(value) ? value.map((entry, index) => ({ entry, path: [section, index] })) : [];
  return [...entries, { entry: value, path: [section] }].flatMap(({ entry, path }) =>
    isMapping(entry)
      ? Object.keys(entry)
          .filter((name) => names.includes(name))
          .map((name) => ({ path: [...path, name], remark: NOT_TAKEN }))
      : [],
  );
}

function findRenamed(clients: unknown): readonly Outdated[] {
  if (!Array.isArray(clients)) return [];
  return clients.flatMap((client, index) => {
    if (!isMapping(client)) return [];
    return Object.keys(client).flatMap((name): readonly Outdated[] => {
      const renamed = Object.hasOwn(RENAMED, name) ? RENAMED[name] : undefined;
      if (renamed === undefined) return [];
      const path = ["clients", index, name];
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
