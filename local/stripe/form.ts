import { invalidRequest } from "./errors.ts";

/** Form parameters as nested maps: `metadata[k]=v` is a map, `a[0]=x` one with keys "0", "1", …; the schema says which. */
export type FormValue = string | FormMap;
export type FormMap = Map<string, FormValue>;

/** Parses `application/x-www-form-urlencoded` text with Stripe's bracket notation. */
export function parseForm(text: string): FormMap {
  const root: FormMap = new Map();
  for (const [name, value] of new URLSearchParams(text)) insert(root, splitName(name), value, name);
  return root;
}

/** The same of a JSON object, as `/v2/…` takes it: numbers and booleans as their text, null as the empty one. */
export function parseJsonForm(text: string): FormMap {
  const parsed = text === "" ? {} : readJson(text);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
    throw invalidRequest("Invalid JSON object");
  return toMap(parsed);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidRequest("Invalid JSON");
  }
}

function toMap(value: object): FormMap {
  return new Map(Object.entries(value).map(([key, inner]: [string, unknown]) => [key, toFormValue(inner)]));
}

function toFormValue(value: unknown): FormValue {
  if (value === null) return "";
  return typeof value === "object" ? toMap(value) : String(value);
}

function splitName(name: string): string[] {
  const bracket = name.indexOf("[");
  if (bracket <= 0) return [name];
  const inner = name.slice(bracket);
  if (!/^(\[[^[\]]*\])+$/.test(inner)) throw invalidRequest(`Invalid parameter name: ${name}`, { param: name });
  return [name.slice(0, bracket), ...inner.slice(1, -1).split("][")];
}

function insert(root: FormMap, segments: string[], value: string, name: string): void {
  let map = root;
  segments.forEach((segment, depth) => {
    const key = segment === "" ? String(map.size) : segment;
    if (depth === segments.length - 1) {
      map.set(key, value);
      return;
    }
    const next = map.get(key) ?? new Map<string, FormValue>();
    if (typeof next === "string") throw invalidRequest(`Invalid parameter: ${name}`, { param: name });
    map.set(key, next);
    map = next;
  });
}

/** The same text for the same parameters in any order: what an idempotency key is compared by. */
export function renderCanonicalForm(value: FormValue): string {
  if (typeof value === "string") return JSON.stringify(value);
  const entries = [...value].sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${renderCanonicalForm(inner)}`).join(",")}}`;
}
