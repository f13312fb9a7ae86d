import { usageError } from "../../../command.ts";
import { findPaths } from "../../../tenant/find-paths.ts";
import { valueAt } from "../../../tenant/paths.ts";
import type { Desired } from "../../plan/desired.ts";
import type { Wanted } from "../kind.ts";
import type { LiveItem } from "../live-record.ts";
import { placeOf } from "../refuse-entry.ts";
import { listEntries } from "./entries.ts";
import { findSpec, type HandedOverSpec } from "./specs.ts";

/** What is there of each kind, whatever is known of it. */
export type TenantItems = Readonly<Record<string, readonly LiveItem[] | string>>;

/**
 * The Deploy CLI sends a name that it does not find as if it were an id, or leaves it out, and reports success.
 *
 * @throws {CommandError} REFERENCE_UNKNOWN naming every name that neither tenant.yaml nor the tenant has
 */
export function checkReferences(
  spec: HandedOverSpec,
  wanted: readonly Wanted[],
  desired: Desired,
  tenant: TenantItems,
): void {
  const lines = (spec.refersTo ?? []).flatMap(({ at, types }) => {
    const known = new Set(types.flatMap((type) => [...listLive(type, tenant), ...listInFile(type, desired)]));
    return wanted.flatMap(({ entry, path: place }) =>
      findPaths(entry, at)
        .map((path) => ({ path: [...place, ...path], value: valueAt(entry, path) }))
        .filter(({ value }) => typeof value === "string" && !known.has(value))
        .map(
          ({ path, value }) => `  ${placeOf(desired, path)}: there is not a ${types.join(" or ")} called "${value}"`,
        ),
    );
  });
  if (lines.length === 0) return;
  throw usageError(
    "REFERENCE_UNKNOWN",
    `tenant.yaml names what neither it nor the tenant has:\n${lines.join("\n")}\nNothing was sent. Correct the names.`,
  );
}

function listLive(type: string, tenant: TenantItems): readonly string[] {
  const items = tenant[type];
  return typeof items === "object" ? items.flatMap(({ id, name }) => [id, name]) : [];
}

const OWN_SECTIONS = { client: "clients", action: "actions", database: "databases" } as const;

function listInFile(type: string, { document }: Desired): readonly string[] {
  const own = Object.entries(OWN_SECTIONS).find(([kind]) => kind === type)?.[1];
  const spec = findSpec(type);
  const section = own ?? spec?.section;
  if (section === undefined) return [];
  return listEntries(spec ?? { identity: ["name"], section }, document[section]).map(({ name }) => name);
}
