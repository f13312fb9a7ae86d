import type { Paint } from "../terminal/paint.ts";
import type { LogLine } from "./cli/log-lines.ts";

/**
 * Entries of the Deploy CLI that would only confuse: the token was got before, what is written is told of as the plan calls it
 * (apply/create-report.ts), what was imported is checked and shown afterwards, and what the tenant has beside tenant.yaml is
 * never deleted.
 */
const UNSAID = [
  /^Getting access token for/,
  /^(Created|Updated|Deployed|Published) \[/,
  /^Import Successful$/,
  /^Detected the following \w+ should be deleted/,
  /^Reviewing connections for SCIM support/,
];

/** The log of a deploy as a person wants to read it; undefined for an entry that says nothing new. */
export function renderProgress({ level, text }: LogLine, paint: Paint): string | undefined {
  if (UNSAID.some((pattern) => pattern.test(text))) return undefined;
  if (level === "info" || level === "debug") return text;
  return paint(level === "error" ? "red" : "yellow", text);
}
