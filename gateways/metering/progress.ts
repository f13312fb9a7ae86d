import type { Moment } from "./machine-time.ts";

/** What has become of an event, written down before and after each attempt to send it. */
export type Progress =
  /** From here on it may have been taken. */
  | ({ readonly kind: "attempted" } & Moment)
  /** It was certainly not taken. */
  | { readonly kind: "untouched" }
  | { readonly kind: "settled" };

/** By the event's place in its batch; of several entries the last one holds. Lines that a crash left unfinished are nothing. */
export function readProgress(text: string): Map<number, Progress> {
  const progress = new Map<number, Progress>();
  for (const line of text.split("\n")) {
    const entry = parseEntry(line);
    if (entry !== undefined) progress.set(...entry);
  }
  return progress;
}

function parseEntry(line: string): [number, Progress] | undefined {
  try {
    const entry: unknown = JSON.parse(line);
    if (!Array.isArray(entry)) return undefined;
    const [index, state] = entry as unknown[];
    return typeof index === "number" && isProgress(state) ? [index, state] : undefined;
  } catch {
    return undefined;
  }
}

export function isProgress(value: unknown): value is Progress {
  if (typeof value !== "object" || value === null) return false;
  const { kind, at, boot, uptime } = value as Partial<Record<"kind" | keyof Moment, unknown>>;
  if (kind !== "attempted") return kind === "untouched" || kind === "settled";
  return (
    typeof at === "number" &&
    ["string", "undefined"].includes(typeof boot) &&
    ["number", "undefined"].includes(typeof uptime)
  );
}
