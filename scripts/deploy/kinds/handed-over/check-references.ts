import { findPaths } from "../../../tenant/find-paths.ts";
import { valueAt } from "../../../tenant/paths.ts";
import type { Desired } from "../../plan/desired.ts";
import type { Wanted } from "../kind.ts";
import { findLeftOut } from "../left-out.ts";
import type { LiveItem } from "../live-record.ts";
import { refuseEntry, tryEach } from "../refuse-entry.ts";
import { listEntries } from "./entries.ts";
import type { HandedOverSpec } from "./spec.ts";
import { findSpec } from "./specs.ts";

/** What is there of each kind, whatever is known of it. */
export type TenantItems = { readonly domain: string } & Readonly<Record<string, readonly LiveItem[] | string>>;

/**
 * The Deploy CLI sends a name that it does not find as if it were an id, or leaves it out, and reports success.
 *
 * @throws {CommandError} REFERENCE_UNKNOWN naming every name that neither tenant.yaml nor the tenant has
 */
export function checkReferences(
  spec: Pick<HandedOverSpec, "refersTo">,
  { entry, path: place }: Wanted,
  desired: Desired,
  tenant: TenantItems,
): void {
  const references = (spec.refersTo ?? []).flatMap(({ at, types }) =>
    findPaths(entry, at).map((path) => ({ path, types, value: valueAt(entry, path) })),
  );
  tryEach(references, ({ path, types, value }) => {
    if (typeof value !== "string") return;
    if (types.some((type) => listLive(type, tenant).includes(value) || listInFile(type, desired).includes(value)))
      return;
    throw refuseEntry(
      desired,
      [...place, ...path],
      "REFERENCE_UNKNOWN",
      findLeftOutOf(types, value, desired, tenant) ??
        `neither tenant.yaml nor the tenant has "${value}" as the name of a thing of this type: ${types.join(" or ")}. Correct it.`,
    );
  });
}

function listLive(type: string, tenant: TenantItems): readonly string[] {
  const items = tenant[type];
  return typeof items === "object" ? items.flatMap(({ id, name }) => [id, name]) : [];
}

const OWN_SECTIONS = { client: "clients", action: "actions", database: "databases" } as const;

function findSection(type: string) {
  return Object.entries(OWN_SECTIONS).find(([kind]) => kind === type)?.[1] ?? findSpec(type)?.section;
}

function findLeftOutOf(
  types: readonly string[],
  name: string,
  desired: Desired,
  { domain }: TenantItems,
): string | undefined {
  return types
    .map((type) => findLeftOut(desired, { type, section: findSection(type) ?? "", name, domain }))
    .find((text) => text !== undefined);
}

function listInFile(type: string, { document }: Desired): readonly string[] {
  const spec = findSpec(type);
  const section = findSection(type);
  if (section === undefined) return [];
  return listEntries(spec ?? { identity: ["name"], section }, document[section]).map(({ name }) => name);
}
