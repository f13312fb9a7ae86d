import { type FindKeywordValue, parseJson, toText } from "./keyword-values.ts";
import type { Marker } from "./markers.ts";
import { findTypes } from "./schema/schemas.ts";
import type { TextWithMarkers } from "./source.ts";

export type Resolved =
  | { readonly kind: "filled"; readonly value: unknown }
  | { readonly kind: "refused"; readonly reason: string };

const filled = (value: unknown): Resolved => ({ kind: "filled", value });
const refused = (reason: string): Resolved => ({ kind: "refused", reason });

/**
 * The value of a text once its markers have values. In quotes it stays text. Without quotes it is what the filled text
 * says by JSON's grammar: a number, a flag, null, a list or a mapping, else text, and always whole. YAML's grammar would make a
 * date of a day, and cut at a `#`.
 */
export function fillMarkers(text: TextWithMarkers, find: FindKeywordValue): Resolved {
  const markers = text.parts.filter((part) => typeof part !== "string");
  const missing = markers.find(({ name }) => find(name) === undefined);
  if (missing !== undefined) return refused(`${missing.marker} has no value`);
  const bringing = markers.find(bringsQuotes);
  if (bringing !== undefined) return fillWhole(text, bringing, find);
  const list = markers.find(({ name }) => toText(find(name)) === undefined);
  if (list !== undefined) return refused(`${list.marker} is a list or a mapping: write it as @@${list.name}@@`);

  const filledText =
    findManagementApi(text, find) ??
    text.parts.map((part) => (typeof part === "string" ? part : toText(find(part.name)))).join("");
  if (text.style !== "plain" || text.isKey) return filled(filledText);
  return filled(readPlain(filledText, text.parts.length === 1));
}

/**
 * The tenant's Management API is called by its own domain, whatever custom domain it is reached by: `https://##AUTH0_DOMAIN##/api/v2/`
 * is that API all the same, where AUTH0_AUDIENCE says what it is called.
 */
function findManagementApi({ parts }: TextWithMarkers, find: FindKeywordValue): string | undefined {
  const isIt =
    parts.map((part) => (typeof part === "string" ? part : part.name)).join() === "https://,AUTH0_DOMAIN,/api/v2/";
  return isIt ? toText(find("AUTH0_AUDIENCE")) : undefined;
}

/** The text with the values that are known: a marker without one stays, and so does what needs another type than text. */
export function fillKnownMarkers({ parts, isKey }: TextWithMarkers, find: FindKeywordValue): string {
  return parts
    .map((part) => {
      if (typeof part === "string") return part;
      const value = bringsQuotes(part) && parts.length > 1 && !isKey ? undefined : toText(find(part.name));
      return value ?? part.marker;
    })
    .join("");
}

/** The text as it was written. */
export const keepMarkers = (text: TextWithMarkers): string => fillKnownMarkers(text, () => undefined);

/** `@@NAME@@` brings its own quotes, so that it is one value wherever it stands. */
function fillWhole(written: TextWithMarkers, part: Marker, find: FindKeywordValue): Resolved {
  if (written.parts.length > 1 || written.style === "block") {
    // `{a:@@X@@}`: to YAML, all of that is a key.
    const isColonInKey = written.isKey && written.parts.some((part) => typeof part === "string" && part.includes(":"));
    const hint = isColonInKey ? "; a colon needs a blank behind it" : "";
    return refused(`${part.marker} must be the whole value, not part of a text${hint}`);
  }
  const value = find(part.name);
  if (value === undefined || value.kind === "text") {
    const text = value?.text ?? "";
    return filled(written.style === "plain" && !written.isKey ? readVariable(text, findTypes(written.path)) : text);
  }
  if (!written.isKey) return filled(value.value);
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

const bringsQuotes = ({ marker }: Marker): boolean => marker.startsWith("@@");
