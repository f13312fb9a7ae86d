import { compareFields } from "../../compare/compare-fields.ts";
import type { Change } from "../../plan/change.ts";
import type { Desired } from "../../plan/desired.ts";
import type { Kind, Wanted } from "../kind.ts";
import type { LiveRecord } from "../live-record.ts";
import { listRecordDifferences } from "../record/list-record-differences.ts";
import { checkReferences, type TenantItems } from "./check-references.ts";
import { comparable, listEntries, listWriteOnly } from "./entries.ts";
import { nameReferences, readReferredNames } from "./name-references.ts";
import type { HandedOverSpec, HandedOverType } from "./specs.ts";

/** A kind that the Deploy CLI reads and writes: what is done here is to compare. */
export function createHandedOverKind(
  spec: HandedOverSpec & { readonly type: HandedOverType },
): Kind<HandedOverType, LiveRecord> {
  const { type, section, scopes } = spec;
  const listWanted = ({ document }: Pick<Desired, "document">): readonly Wanted[] =>
    listEntries(spec, document[section]);
  return {
    type,
    section,
    scopes,
    isHandedOver: true,
    isOneObject: spec.identity === undefined,
    listWanted,
    async read(reader) {
      const entries = listEntries(spec, (await reader.readSections())[section]);
      const names = entries.length === 0 ? new Map() : await readReferredNames(spec, reader);
      return entries.map(({ name, entry }) => ({
        id: name,
        name,
        fields: nameReferences(spec, entry, names),
        ...(spec.isFixed && { isSystem: true }),
      }));
    },
    plan(desired, present, tenant) {
      const wanted = listWanted(desired);
      checkReferences(spec, wanted, desired, tenant as TenantItems);
      return wanted.flatMap((entry) => planEntry(spec, entry, present, desired.writeSecrets));
    },
    listUncompared: (desired) =>
      listWanted(desired).flatMap(({ name, entry }) => {
        const paths = listWriteOnly(spec, entry);
        return paths.length === 0 ? [] : [{ name: `${type}:${name}`, paths }];
      }),
    listDifferences: (before, after) =>
      listRecordDifferences(
        { type },
        { ...before, fields: comparable(spec, before.fields) },
        { ...after, fields: comparable(spec, after.fields) },
      ),
    // The Deploy CLI writes all kinds at once, in its own order (apply/hand-over.ts).
    update: async () => {},
  };
}

function planEntry(
  spec: HandedOverSpec & { readonly type: HandedOverType },
  { name, entry }: Wanted,
  present: readonly LiveRecord[],
  writeSecrets: Desired["writeSecrets"],
): readonly Change[] {
  const { type } = spec;
  const live = present.find((candidate) => candidate.name === name);
  const wanted = comparable(spec, entry);
  const secrets = listWriteOnly(spec, entry).map(
    (path) => ({ path, before: undefined, after: "a value", isWriteOnly: true }) as const,
  );
  if (live === undefined) {
    const fields = Object.entries(wanted).map(([path, after]) => ({ path, before: undefined, after }));
    return [{ operation: "create", type, name, fields: [...fields, ...secrets] }];
  }
  const fields = compareFields(wanted, comparable(spec, live.fields));
  const isAskedFor = writeSecrets.includes(`${type}:${name}`) && secrets.length > 0;
  if (fields.length === 0 && !isAskedFor) return [];
  // The Deploy CLI is handed the entry whole, and of some kinds Auth0 keeps no member that is not sent again.
  return [{ operation: "update", type, name, id: live.id, fields: [...fields, ...secrets], patch: {} }];
}
