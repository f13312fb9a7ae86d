import { HANDED_OVER_IDENTITIES } from "../tenant/sections.ts";
import type { Paint } from "../terminal/paint.ts";
import type { LogLine } from "./cli/log-lines.ts";
import { KINDS } from "./kinds/table.ts";

const WRITTEN = /^(Created|Updated|Deployed|Published) \[(\w+)\]: (.*)$/s;

/**
 * Entries that would only confuse: the token was got before, what was imported is checked and shown afterwards, and what
 * the tenant has beside tenant.yaml is never deleted.
 */
const UNSAID = [
  /^Getting access token for/,
  /^Import Successful$/,
  /^Detected the following \w+ should be deleted/,
  /^Reviewing connections for SCIM support/,
];

/** The Deploy CLI's log as a person wants to read it; undefined for an entry that says nothing new. */
export function renderProgress({ level, text }: LogLine, paint: Paint): string | undefined {
  if (UNSAID.some((pattern) => pattern.test(text))) return undefined;
  const [, verb = "", type = "", record = ""] = WRITTEN.exec(text) ?? [];
  if (verb !== "") {
    const kind = KINDS.find(({ section, isHandedOver }) => section === type && isHandedOver);
    // Once the Deploy CLI is done each update is told of, as its plan calls it (apply/hand-over.ts).
    if (kind !== undefined && (verb === "Updated" || verb === "Published")) return undefined;
    return `${verb.toLowerCase()} ${kind?.type ?? type}${paint("bold", nameOf(type, record))}`;
  }
  if (level === "info" || level === "debug") return text;
  return paint(level === "error" ? "red" : "yellow", text);
}

const IDENTITIES: Readonly<Record<string, readonly string[]>> = HANDED_OVER_IDENTITIES;

/** The Deploy CLI logs a record with some of its members, or its name alone. */
function nameOf(type: string, record: string): string {
  try {
    const parsed: unknown = JSON.parse(record);
    if (typeof parsed === "string") return ` ${parsed}`;
    const members = parsed as Readonly<Record<string, unknown>>;
    const named = [...(IDENTITIES[type] ?? []), "name", "trigger_id", "audience"].map((member) => members[member]);
    const known = named.find((value) => typeof value === "string");
    return known === undefined ? "" : ` ${known}`;
  } catch {
    return "";
  }
}
