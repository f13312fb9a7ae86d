import { withoutPaths } from "../../tenant/find-paths.ts";
import { isMapping } from "../../tenant/shape.ts";
import type { FieldChange } from "../compare/compare-fields.ts";
import { type SecretPaths, splitSecrets } from "../compare/secrets.ts";
import type { Desired } from "../plan/desired.ts";
import { findChangedSecrets } from "./action/marker.ts";
import type { Fields } from "./live-record.ts";

/**
 * Where a kind has a place for the digests of secrets that Auth0 never returns in clear: its metadata, as an Action has the
 * comment at the end of its code. Whoever reads the tenant sees the digests, and without the key cannot try values against
 * them, however few there are to try.
 */
export interface DigestPlace {
  readonly field: "client_metadata" | "metadata";
  /** Of which secrets. */
  readonly covers: SecretPaths;
  /** Auth0 returns them encrypted: one that it does not return is not there. */
  readonly isEncrypted?: true;
}

/** An entry whose secrets are compared by digest. */
export interface Digested {
  readonly place: DigestPlace;
  /** `client:Worker`, as `--write-secrets` takes it. It is part of what is digested: equal secrets of two entries do not look equal. */
  readonly label: string;
  readonly entry: Fields;
  readonly desired: Pick<Desired, "digestSecrets">;
}

const KEY = "deployed_secrets";
/** Where entries may have digests. */
export const DIGEST_MEMBERS = [`client_metadata.${KEY}`, `metadata.${KEY}`];
/** Of a client's metadata and a connection's alike (Auth0's Management API, POST /clients and /connections). */
const MOST_KEYS = 10;
const LONGEST_VALUE = 255;

/** Fields without the digests: what people keep in the metadata. */
export function withoutDigests({ field }: DigestPlace, fields: Fields): Fields {
  return withoutPaths(fields, [`${field}.${KEY}`]);
}

/** Secrets, by path, that are to be written over those of the tenant, in the words of a plan. */
export function compareDigests(
  { place, label, entry, desired }: Digested & { readonly desired: Pick<Desired, "digestSecrets" | "writeSecrets"> },
  live: Fields,
): readonly FieldChange[] {
  const [wanted, present] = [splitSecrets(entry, place.covers).secrets, splitSecrets(live, place.covers).secrets];
  const former = metadataOf(place, live)[KEY];
  const isAskedFor = desired.writeSecrets.includes(label);
  const changed = hasRoom(place, entry, live)
    ? findChanged(label, wanted, typeof former === "string" ? former : "", desired)
    : [];
  return [...wanted.keys()]
    .filter((path) => isAskedFor || changed.includes(path) || (place.isEncrypted && !present.has(path)))
    .map((path) => ({
      path,
      before: former === undefined && !present.has(path) ? undefined : "a value",
      after: "a value of tenant.yaml",
      isWriteOnly: true,
    }));
}

/** Whether the digests fit beside what else the metadata holds. */
export function hasRoom(place: DigestPlace, entry: Fields, live: Fields): boolean {
  const others = { ...metadataOf(place, live), ...metadataOf(place, entry), [KEY]: "" };
  return Object.keys(others).length <= MOST_KEYS;
}

/**
 * The metadata with the digests of the entry's secrets; undefined when it has none, or where there is no room.
 *
 * @param unsent patterns of secrets that this write leaves to another
 */
export function digestMetadata(
  { place, label, entry, desired }: Digested,
  metadata: Fields,
  unsent: SecretPaths = [],
): Fields | undefined {
  const { secrets } = splitSecrets(entry, place.covers);
  if (secrets.size === 0 || !hasRoom(place, entry, { [place.field]: metadata })) return undefined;
  const open = splitSecrets(entry, unsent).secrets;
  const sent = new Map([...secrets].map(([path, value]) => [path, open.has(path) ? undefined : value] as const));
  return { ...metadata, [KEY]: digest(label, sent, desired) };
}

export function metadataOf({ field }: DigestPlace, fields: Fields): Fields {
  const metadata = fields[field];
  return isMapping(metadata) ? metadata : {};
}

/** Paths of the secrets of an entry that are compared by digest. */
export function listDigested({ covers }: DigestPlace, entry: Fields): readonly string[] {
  return [...splitSecrets(entry, covers).secrets.keys()];
}

function findChanged(
  label: string,
  secrets: ReadonlyMap<string, unknown>,
  former: string,
  desired: Pick<Desired, "digestSecrets">,
): readonly string[] {
  const paths = [...secrets.keys()];
  const names = paths.map((path) => nameOf(label, path));
  const wanted = digest(label, secrets, desired);
  if (former === wanted) return [];
  const changed = findChangedSecrets(former, wanted, names) ?? names;
  return paths.filter((path) => changed.includes(nameOf(label, path)));
}

/** One digest after the other; where so many do not fit, one of them all. */
function digest(
  label: string,
  secrets: ReadonlyMap<string, unknown>,
  { digestSecrets }: Pick<Desired, "digestSecrets">,
): string {
  const rows = [...secrets].map(([path, value]) => ({ name: nameOf(label, path), value: JSON.stringify(value) ?? "" }));
  const each = digestSecrets(rows);
  return each.length <= LONGEST_VALUE ? each : digestSecrets([{ name: label, value: JSON.stringify(rows) }]);
}

const nameOf = (label: string, path: string): string => `${label} ${path}`;
