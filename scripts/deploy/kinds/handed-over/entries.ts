import { findPaths, withoutPaths } from "../../../tenant/find-paths.ts";
import { valueAt, without } from "../../../tenant/paths.ts";
import { isMapping, type Path, renderPath } from "../../../tenant/shape.ts";
import { merge } from "../../compare/patch.ts";
import type { Desired } from "../../plan/desired.ts";
import type { Wanted } from "../kind.ts";
import type { Fields } from "../live-record.ts";
import { type DigestPlace, digestMetadata, metadataOf, withoutDigests } from "../secret-digests.ts";
import { withLost } from "./members.ts";
import type { HandedOverSpec } from "./spec.ts";

/** What a section holds, in tenant.yaml and in an export alike: an object without members is nothing. */
export function listEntries(
  { identity, section }: Pick<HandedOverSpec, "identity" | "section">,
  value: unknown,
): readonly Wanted[] {
  if (identity === undefined) {
    return isMapping(value) && Object.keys(value).length > 0
      ? [{ name: "settings", entry: value, path: [section] }]
      : [];
  }
  return (Array.isArray(value) ? value : []).filter(isMapping).map((entry, index) => ({
    name: nameEntry(identity, entry),
    entry,
    path: [section, index],
  }));
}

/** Of some kinds a tenant has one at the most, and it has no name. */
export function nameEntry(identity: readonly string[], entry: Fields): string {
  return identity.map((member) => String(entry[member])).join(" ") || "default";
}

/** Without what Auth0 does not return and what it moves itself: the part that can be compared. */
export function comparable(spec: HandedOverSpec, entry: Fields): Fields {
  const { writeOnly = [], moving = [] } = spec;
  const place = findDigestPlace(spec);
  const known = withoutPaths(entry, [...writeOnly, ...moving]);
  return place === undefined ? known : withoutDigests(place, known);
}

/** What tenant.yaml asks of an entry, of what can be compared. */
export function comparableWanted(spec: HandedOverSpec, entry: Fields): Fields {
  const idle = (spec.doneWhenTrue ?? []).filter((member) => entry[member] === false);
  return withoutPaths(comparable(spec, entry), idle);
}

export function findDigestPlace({ digestField, writeOnly = [] }: HandedOverSpec): DigestPlace | undefined {
  return digestField === undefined ? undefined : { field: digestField, covers: writeOnly };
}

/** What is handed over for an entry, with the digests of its secrets where its kind has a place for them. */
export function withDigests(
  spec: HandedOverSpec,
  { name, entry }: Pick<Wanted, "name" | "entry">,
  live: Fields,
  desired: Pick<Desired, "digestSecrets">,
): Fields {
  const place = findDigestPlace(spec);
  if (place === undefined) return entry;
  const metadata = { ...metadataOf(place, live), ...metadataOf(place, withoutDigests(place, entry)) };
  const digested = digestMetadata({ place, label: `${spec.type}:${name}`, entry, desired }, metadata);
  return digested === undefined ? entry : { ...entry, [place.field]: digested };
}

/** Members that Auth0 takes and does not return, as `credentials.smtp_pass`. */
export function listWriteOnly(spec: HandedOverSpec, entry: Fields): readonly string[] {
  return findPathsOf(spec, entry).map(({ name }) => name);
}

/** Where an entry has write-only members, and what they are called. */
export function findPathsOf(
  { writeOnly = [] }: HandedOverSpec,
  entry: Fields,
): readonly { readonly path: Path; readonly name: string }[] {
  return writeOnly.flatMap((pattern) => findPaths(entry, pattern)).map((path) => ({ path, name: renderPath(path) }));
}

/**
 * What is handed over for an entry that is there already: each member that tenant.yaml names, complete with what only the tenant
 * has in it, because Auth0 replaces some of them whole (a connection's options).
 */
export function mergeEntry(spec: HandedOverSpec, entry: Fields, live: Fields): Fields {
  const present = comparable(spec, live);
  const completing = spec.forgetsSecrets ? present : withoutSecretless(spec, present, entry);
  const named = Object.entries(withLost(spec, entry, present)).map(
    ([name, value]) => [name, merge(value, completing[name])] as const,
  );
  const kept = (spec.sentAlways ?? []).map((name) => [name, present[name]] as const);
  return Object.fromEntries([...kept, ...named]);
}

/**
 * What the tenant has, without the mappings that have a secret and are not in the file (a captcha's provider): the Deploy CLI
 * refuses them without it, and Auth0 keeps what is not sent.
 */
function withoutSecretless({ writeOnly = [] }: HandedOverSpec, live: Fields, entry: Fields): Fields {
  const owners = writeOnly
    .filter((pattern) => !pattern.includes("*"))
    .map((pattern) => pattern.split(".").slice(0, -1))
    .filter(({ length }) => length > 0);
  return owners
    .filter((owner) => valueAt(entry, owner) === undefined)
    .reduce<Fields>((rest, path) => without(rest, path) as Fields, live);
}
