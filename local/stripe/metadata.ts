import { invalidRequest } from "./errors.ts";
import type { Parser } from "./parameters.ts";

/** Stripe docs, "Metadata". */
const LIMITS = { keys: 50, key: 40, value: 500 } as const;

/** Keys to set, or with an empty string to remove; `"clear"` is `metadata=`, which removes them all. */
export type MetadataChange = ReadonlyMap<string, string> | "clear";

export const metadata: Parser<MetadataChange> = (value, name) => {
  if (value === "") return "clear";
  if (typeof value === "string") {
    throw invalidRequest("Invalid object: metadata must be a set of key-value pairs", { param: name });
  }
  const change = new Map<string, string>();
  for (const [key, item] of value) {
    const param = `${name}[${key}]`;
    if (typeof item !== "string") throw invalidRequest("Metadata values must be strings.", { param });
    if ([...key].length > LIMITS.key) {
      throw invalidRequest(
        `Metadata keys must be at most ${LIMITS.key} characters long: '${key}' has ${[...key].length}.`,
        { param },
      );
    }
    if ([...item].length > LIMITS.value) {
      throw invalidRequest(
        `Metadata values can have up to ${LIMITS.value} characters; the one of '${key}' has ${[...item].length}.`,
        { param },
      );
    }
    change.set(key, item);
  }
  return change;
};

/** Merges a change into what is there. Throws when the result would have too many keys. */
export function mergeMetadata(
  current: Readonly<Record<string, string>>,
  change: MetadataChange,
): Record<string, string> {
  if (change === "clear") return {};
  const merged = new Map(Object.entries(current));
  for (const [key, value] of change) {
    if (value === "") merged.delete(key);
    else merged.set(key, value);
  }
  if (merged.size > LIMITS.keys) {
    throw invalidRequest(`You can have up to ${LIMITS.keys} metadata keys; this would make ${merged.size}.`, {
      param: "metadata",
    });
  }
  return Object.fromEntries(merged);
}
