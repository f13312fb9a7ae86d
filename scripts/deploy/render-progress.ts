import type { Paint } from "../terminal/paint.ts";
import type { LogLine } from "./cli/log-lines.ts";
import { KINDS } from "./kinds/table.ts";

const WRITTEN = /^(Created|Updated|Deployed) \[(\w+)\]: (\{.*\})$/;

/**
 * Entries that would only confuse: the token was got before, what was imported is checked and shown afterwards, and what
 * the tenant has beside tenant.yaml is never deleted.
 */
const UNSAID = [/^Getting access token for/, /^Import Successful$/, /^Detected the following \w+ should be deleted/];

/** The Deploy CLI's log as a person wants to read it; undefined for an entry that says nothing new. */
export function renderProgress({ level, text }: LogLine, paint: Paint): string | undefined {
  if (UNSAID.some((pattern) => pattern.test(text))) return undefined;
  const [, verb = "", type = "", record = ""] = WRITTEN.exec(text) ?? [];
  if (verb !== "") {
    const kind = KINDS.find(({ section, isHandedOver }) => section === type && isHandedOver);
    // Once the Deploy CLI is done each update is told of, as its plan calls it (apply/hand-over.ts).
    if (kind !== undefined && verb === "Updated") return undefined;
    return `  ${verb.toLowerCase()} ${kind?.type ?? type}${paint("bold", nameOf(record))}`;
  }
  if (level === "info" || level === "debug") return text;
  return paint(level === "error" ? "red" : "yellow", text);
}

function nameOf(record: string): string {
  try {
    const { name, trigger_id: trigger, audience } = JSON.parse(record) as Readonly<Record<string, unknown>>;
    const known = [name, trigger, audience].find((value) => typeof value === "string");
    return known === undefined ? "" : ` ${known}`;
  } catch {
    return "";
  }
}
