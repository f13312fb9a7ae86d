import { listChangedPaths } from "../../compare/compare-fields.ts";
import type { LiveRecord } from "../live-record.ts";
import type { RecordSpec } from "./record-kind.ts";

/** Auth0 moves these itself at every write. */
const MOVING = new Set(["updated_at", "created_at"]);

export function listRecordDifferences(
  { type, members }: Pick<RecordSpec, "type" | "members">,
  before: LiveRecord,
  after: LiveRecord,
): readonly string[] {
  const paths = listChangedPaths(before.fields, after.fields).filter((path) => !MOVING.has(path));
  const textOf = (record: LiveRecord) =>
    (members?.listPresent(record) ?? [])
      .map((member) => JSON.stringify(member))
      .sort()
      .join();
  return [
    ...(paths.length === 0 ? [] : [`${type} ${before.name}: ${paths.join(", ")}`]),
    ...(textOf(before) === textOf(after) ? [] : [`${members?.label} of ${before.name}`]),
  ];
}
