import { SECTIONS } from "../sections.ts";
import { isMapping, type Path } from "../shape.ts";

/**
 * The members by which an entry is the same thing in tenant.yaml and in an overlay: of sections those by which plans tell
 * entries apart. An empty list: there is one at the most. Lists that are not here have entries without a name of their own.
 */
const IDENTITIES: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(SECTIONS).flatMap(([section, { identity, memberIdentities = {} }]) => [
    ...(identity === undefined ? [] : [[section, identity] as const]),
    ...Object.entries(memberIdentities).map(([list, members]) => [`${section}.*.${list}`, members] as const),
  ]),
);

/** What Auth0 takes where an entry does not say. */
const DEFAULTS: Readonly<Record<string, string>> = { subject_type: "client", client_id: "", default_for: "" };

/** Of the list at a path; undefined where entries have no name. */
export function findIdentity(path: Path): readonly string[] | undefined {
  const pattern = path.map((key) => (typeof key === "number" ? "*" : key)).join(".");
  return Object.hasOwn(IDENTITIES, pattern) ? IDENTITIES[pattern] : undefined;
}

/** What tells an entry apart, a text for each member; undefined when one is missing. */
export function findNames(entry: unknown, identity: readonly string[]): readonly string[] | undefined {
  if (!isMapping(entry)) return undefined;
  const names = identity.map((member) => entry[member] ?? DEFAULTS[member]);
  return names.includes(undefined) ? undefined : names.map(String);
}

/** As plans say it, without what Auth0 takes anyway. */
export function renderNames(names: readonly string[], identity: readonly string[]): string {
  return names.filter((name, index) => name !== DEFAULTS[identity[index] ?? ""]).join(" ");
}
