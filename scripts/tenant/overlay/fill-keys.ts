import { findMarkers, type Marker } from "../markers.ts";
import { refuseLines } from "../refusal.ts";
import { isMapping, type Path } from "../shape.ts";
import type { TenantSource, TextWithMarkers } from "../source.ts";

/**
 * A copy in which keywords in keys are filled.
 *
 * @throws {CommandError} TENANT_KEY_TWICE when two keys of a mapping become the same
 */
export function fillKeys(
  value: unknown,
  resolve: (text: TextWithMarkers) => unknown,
  { file, locate }: Pick<TenantSource, "file" | "locate">,
): unknown {
  const twice: string[] = [];
  function fill(node: unknown, path: Path): unknown {
    if (Array.isArray(node)) return node.map((entry, index) => fill(entry, [...path, index]));
    if (!isMapping(node)) return node;
    const entries = Object.entries(node).map(([key, entry]) => {
      const below = [...path, key];
      return { below, key: fillKey(key, below, resolve), entry: fill(entry, below) };
    });
    const seen = new Set<string>();
    for (const { key, below } of entries) {
      if (seen.has(key)) twice.push(`${locate(below, "key")} "${key}" stands twice in one mapping`);
      seen.add(key);
    }
    return Object.fromEntries(entries.map(({ key, entry }) => [key, entry]));
  }
  const filled = fill(value, []);
  if (twice.length > 0) throw refuseLines("TENANT_KEY_TWICE", `${file} has keys that become the same`, twice);
  return filled;
}

function fillKey(key: string, path: Path, resolve: (text: TextWithMarkers) => unknown): string {
  const parts = splitAtMarkers(key);
  if (!parts.some((part) => typeof part !== "string")) return key;
  return String(resolve({ path, parts, style: "quoted", isKey: true }));
}

function splitAtMarkers(text: string): readonly (string | Marker)[] {
  let end = 0;
  const parts = findMarkers(text).flatMap((marker) => {
    const before = text.slice(end, marker.index);
    end = marker.index + marker.marker.length;
    return before === "" ? [marker] : [before, marker];
  });
  return end === text.length ? parts : [...parts, text.slice(end)];
}
