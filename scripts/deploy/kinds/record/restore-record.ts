import { ManagementError } from "auth0";
import { isMapping } from "../../../tenant/shape.ts";
import { compareFields, listChangedPaths } from "../../compare/compare-fields.ts";
import { type MergedFields, pickWritten } from "../../compare/patch.ts";
import { splitSecrets } from "../../compare/secrets.ts";
import type { WriteContext } from "../../write/context.ts";
import { WRITTEN_SINCE } from "../../write/undo.ts";
import type { Fields } from "../live-record.ts";
import type { RecordSpec } from "./record-kind.ts";

interface Sides {
  readonly written: Fields;
  /** The same fields in Auth0's answer to the write: where it was sent null there may be a default. */
  readonly answered: Fields;
  readonly former: Fields;
}

/** Puts back what was there, unless it is there already or somebody else has written it since. */
export async function restoreRecord(
  spec: Pick<RecordSpec, "get" | "patch" | "secrets" | "mergedFields">,
  id: string,
  { written, answered, former }: Sides,
  { management }: Pick<WriteContext, "management">,
): Promise<void> {
  const readable = (fields: Fields) => splitSecrets(fields, spec.secrets ?? []).readable;
  const present = readable((await spec.get(management, id)) as Fields);
  // A secret that was there and is not returned cannot be put back: whoever wrote it has named it.
  const names = Object.keys(written).filter(
    (name) => Object.hasOwn(readable(written), name) || former[name] !== undefined,
  );
  if (names.length === 0) return;
  const restorable = Object.fromEntries(names.map((name) => [name, written[name]]));
  const pick = (fields: Fields) => pickWritten(restorable, fields, spec.mergedFields);
  if (listChangedPaths(readable(pick(former)), pick(present)).length === 0) return;
  const isOurs = [written, answered].some((fields) => compareFields(readable(fields), present).length === 0);
  if (!isOurs) throw new Error(WRITTEN_SINCE);
  try {
    await spec.patch(
      management,
      id,
      renderFormer(restorable, pick(former), () => null, spec.mergedFields),
    );
  } catch (error) {
    // Not every field can be removed: those are emptied.
    if (!(error instanceof ManagementError) || error.statusCode !== 400) throw error;
    await spec.patch(management, id, renderFormer(restorable, pick(former), emptyLike, spec.mergedFields));
  }
}

/** The values that the written fields had, and for those that were not there what Auth0 takes for it. */
function renderFormer(
  written: Fields,
  former: Fields,
  absent: (like: unknown) => unknown,
  mergedFields: MergedFields = [],
): Fields {
  return Object.fromEntries(
    Object.entries(written).map(([name, value]) => {
      const before = former[name];
      if (mergedFields.includes(name) && isMapping(value)) {
        return [name, renderFormer(value, isMapping(before) ? before : {}, absent)];
      }
      return [name, before ?? absent(value)];
    }),
  );
}

function emptyLike(value: unknown): unknown {
  if (typeof value === "boolean") return false;
  if (Array.isArray(value)) return [];
  if (typeof value === "string") return "";
  return typeof value === "object" && value !== null ? {} : null;
}
