import { isMapping } from "../../tenant/shape.ts";
import { nameEntry } from "../kinds/handed-over/entries.ts";
import { findSpec } from "../kinds/handed-over/specs.ts";
import type { ReportedChange } from "../write/context.ts";

const CREATED = /^Created \[(\w+)\]: (.*)$/s;

/** Whether the Deploy CLI says in its log that it has made this. */
export function isCreated({ type, name }: ReportedChange, text: string): boolean {
  const [, section, record = ""] = CREATED.exec(text) ?? [];
  const spec = findSpec(type);
  return spec !== undefined && spec.section === section && nameRecord(record, spec.identity) === name;
}

/** The Deploy CLI logs a record with some of its members, or its name alone. */
function nameRecord(record: string, identity: readonly string[] = []): unknown {
  try {
    const parsed: unknown = JSON.parse(record);
    return isMapping(parsed) ? nameEntry(identity, parsed) : parsed;
  } catch {
    return undefined;
  }
}
