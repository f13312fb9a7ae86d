import { type FindKeywordValue, parseJson, toText } from "./keyword-values.ts";
import type { Marker } from "./markers.ts";
import { findTypes } from "./schema/schemas.ts";
import type { MarkedText } from "./source.ts";

export type Resolved =
  | { readonly kind: "filled"; readonly value: unknown }
  | { readonly kind: "refused"; readonly reason: string };

const filled = (value: unknown): Resolved => ({ kind: "filled", value });
const refused = (reason: string): Resolved => ({ kind: "refused", reason });

/**
 * What a marked text stands for once its markers have values. In quotes it is text. Without quotes it is what the filled text
 * says by JSON's grammar: a number, a flag, null, a list or a mapping, else text, and always whole. YAML's grammar would make a
 * date of a day, and cut at a `#`.
 */
export function resolveMarked(marked: MarkedText, find: FindKeywordValue): Resolved {
  const found = marked.parts.filter((part) => typeof part !== "string");
  const missing = found.find(({ name }) => find(name) === undefined);
  if (missing !== undefined) return refused(`${missing.marker} has no value`);
  const quoting = found.find(isQuoting);
  if (quoting !== undefined) return resolveQuoting(marked, quoting, find);
  const list = found.find(({ name }) => toText(find(name)) === undefined);
  if (list !== undefined) return refused(`${list.marker} is a list or a mapping: write it as @@${list.name}@@`);

  const text = marked.parts.map((part) => (typeof part === "string" ? part : toText(find(part.name)))).join("");
  if (marked.style !== "plain" || marked.isKey) return filled(text);
  return filled(readPlain(text, marked.parts.length === 1));
}

/** As it was written, with the values that are known inside a text: what is left can be told by its markers. */
export function restoreMarked({ parts, isKey }: MarkedText, find: FindKeywordValue): string {
  return parts
    .map((part) => {
      if (typeof part === "string") return part;
      const text = isQuoting(part) && parts.length > 1 && !isKey ? undefined : toText(find(part.name));
      return text ?? part.marker;
    })
    .join("");
}

/** As it was written, no value filled in. */
export const restoreWritten = (marked: MarkedText): string => restoreMarked(marked, () => undefined);

/** `@@NAME@@` brings its own quotes, so that it is one value wherever it stands. */
function resolveQuoting(marked: MarkedText, part: Marker, find: FindKeywordValue): Resolved {
  if (marked.parts.length > 1 || marked.style === "block") {
    return refused(`${part.marker} must be the whole value, not part of a text`);
  }
  const value = find(part.name);
  if (value === undefined || value.kind === "text") {
    const text = value?.text ?? "";
    return filled(marked.style === "plain" && !marked.isKey ? readVariable(text, findTypes(marked.path)) : text);
  }
  if (!marked.isKey) return filled(value.value);
  const key = toText(value);
  return key === undefined ? refused(`${part.marker} is a list or a mapping, which no key can be`) : filled(key);
}

function readPlain(text: string, isWhole: boolean): unknown {
  const value = parseJson(text);
  if (value === undefined || typeof value === "string") return text;
  return isWhole || typeof value !== "object" || value === null ? value : text;
}

/**
 * A variable is text, which is what the Deploy CLI takes it for; but where Auth0 takes no text it can only mean the JSON value
 * that it holds, and where anything may stand a list or a mapping is hardly meant as text.
 */
function readVariable(text: string, types: readonly string[] | undefined): unknown {
  const value = parseJson(text);
  if (value === undefined) return text;
  if (types !== undefined) return types.includes("string") ? text : value;
  return typeof value === "object" && value !== null ? value : text;
}

const isQuoting = ({ marker }: Marker): boolean => marker.startsWith("@@");
