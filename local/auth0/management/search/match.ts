import type { Bound, Search } from "./parse.ts";

/** Whether a record is what the search asks for. Field names are compared exactly, values without regard to case. */
export function matchesQuery(search: Search): (record: object) => boolean {
  switch (search.kind) {
    case "and": {
      const parts = search.parts.map(matchesQuery);
      return (record) => parts.every((matches) => matches(record));
    }
    case "or": {
      const parts = search.parts.map(matchesQuery);
      return (record) => parts.some((matches) => matches(record));
    }
    case "not": {
      const matches = matchesQuery(search.part);
      return (record) => !matches(record);
    }
    case "exists":
      return (record) => readValues(record, search.field).length > 0;
    case "equals": {
      const expected = search.value.toLowerCase();
      return (record) => readValues(record, search.field).some((value) => value.toLowerCase() === expected);
    }
    case "like": {
      const pattern = toPattern(search.pattern);
      return (record) => readValues(record, search.field).some((value) => pattern.test(value));
    }
    case "range":
      return (record) =>
        readValues(record, search.field).some(
          (value) => isWithin(value, search.from, "from") && isWithin(value, search.to, "to"),
        );
  }
}

/** All values under a dotted path, those of each element where there is a list on the way. */
function readValues(record: object, field: string | undefined): string[] {
  if (field === undefined) return Object.values(record).filter((value) => typeof value === "string");
  const parts = field.split(".");
  let found: unknown[] = [record];
  for (const part of parts) {
    found = found.flatMap((value) => {
      const inner = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[part] : undefined;
      return Array.isArray(inner) ? inner : [inner];
    });
  }
  return found.filter((value) => value !== undefined && value !== null).map(String);
}

function toPattern(pattern: string): RegExp {
  const source = pattern.replaceAll(
    /\\(.)|([*?])|([^*?\\]+)/g,
    (_, escaped?: string, wildcard?: string, text?: string) => {
      if (wildcard !== undefined) return wildcard === "*" ? ".*" : ".";
      return (escaped ?? text ?? "").replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
    },
  );
  return new RegExp(`^${source}$`, "is");
}

/** Numbers as numbers; all else as text, which is right for dates too: one to the day covers the whole day. */
function isWithin(value: string, { value: bound, isInclusive }: Bound, side: "from" | "to"): boolean {
  if (bound === undefined) return true;
  const difference =
    isNumber(value) && isNumber(bound) ? Number(value) - Number(bound) : compare(value, bound, isInclusive);
  if (difference === 0) return isInclusive;
  return side === "from" ? difference > 0 : difference < 0;
}

function compare(value: string, bound: string, isInclusive: boolean): number {
  const text = (isInclusive ? value.slice(0, bound.length) : value).toLowerCase();
  const other = bound.toLowerCase();
  return text === other ? 0 : text < other ? -1 : 1;
}

function isNumber(text: string): boolean {
  return text.trim() !== "" && Number.isFinite(Number(text));
}
