/** What has become of an event, written down before and after each attempt to send it. */
export type Progress =
  /** From here on it may have been taken. */
  | { readonly kind: "attempted"; readonly at: number }
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

function isProgress(value: unknown): value is Progress {
  if (typeof value !== "object" || value === null || !("kind" in value)) return false;
  return value.kind === "attempted"
    ? "at" in value && typeof value.at === "number"
    : value.kind === "untouched" || value.kind === "settled";
}
