import type { Kind } from "../deploy/kinds/kind.ts";
import type { LiveTenant } from "../deploy/kinds/live-tenant.ts";
import { KINDS } from "../deploy/kinds/table.ts";
import type { Desired } from "../deploy/plan/desired.ts";
import type { TenantDocument } from "../tenant/document.ts";
import { valueAt } from "../tenant/paths.ts";
import type { Path } from "../tenant/shape.ts";
import { setAt } from "./cut.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Something that a tenant file may have: a list's entry, one object, or the bindings of a trigger. */
export interface Entry {
  readonly kind: Kind;
  /** As plans call it. */
  readonly name: string;
  /** With the content of files in the place of their names. */
  readonly value: unknown;
}

/** `client Shop`, as in a plan. */
export const labelOf = ({ kind, name }: Pick<Entry, "kind" | "name">): string => `${kind.type} ${name}`;

/** Every entry of a document. `tenant` is what it may refer to: a client grant is called by its client's name. */
export function listEntries(document: Fields, tenant: LiveTenant): readonly Entry[] {
  const desired = desireDocument(document);
  return KINDS.flatMap((kind) =>
    kind.listWanted(desired, tenant).map(({ name, path }) => ({ kind, name, value: valueAt(document, path) })),
  );
}

/** A document that has these entries and nothing else. */
export function toDocument(...entries: readonly Entry[]): Fields {
  return entries.reduce<Fields>((document, entry) => {
    const [section, key] = placeOf(entry);
    const present = document[section];
    const place = key === 0 && Array.isArray(present) ? present.length : key;
    return setAt(document, place === undefined ? [section] : [section, place], entry.value) as Fields;
  }, {});
}

/** Where a document of toDocument has the entry, if it has no other. */
function placeOf({ kind, name }: Pick<Entry, "kind" | "name">): readonly [string, (string | number)?] {
  if (kind.section === "triggers") return [kind.section, name];
  return kind.isOneObject ? [kind.section] : [kind.section, 0];
}

/** Where a value of the entry is in a document of toDocument. */
export const pathIn = (entry: Pick<Entry, "kind" | "name">, path: Path): Path =>
  [...placeOf(entry), ...path].filter((key) => key !== undefined);

/** A document as what a deploy is to bring about, for those who only ask for its entries. */
export function desireDocument(document: Fields, desired: Partial<Desired> = {}): Desired {
  return {
    document: document as TenantDocument,
    actions: [],
    owner: "",
    writeSecrets: [],
    digestSecrets: () => "",
    ...desired,
  };
}
