import { isDeepStrictEqual } from "node:util";
import { isMapping } from "../shape.ts";
import { bareName, type Declaration, type Declarations } from "./declarations.ts";

/** The part of JSON Schema that says which names and which types a value may have. `{}` takes everything. */
export interface FieldSchema {
  type?: string[];
  enum?: readonly (string | null)[];
  properties?: Record<string, FieldSchema>;
  /** Absent: other names are taken as well. */
  additionalProperties?: false | FieldSchema;
  items?: FieldSchema;
}

const PRIMITIVES: Readonly<Record<string, string>> = {
  string: "string",
  number: "number",
  boolean: "boolean",
  null: "null",
};

/** What a value of a declared type may be. A type that contains itself takes everything where it comes again. */
export function describeType(type: string, declarations: Declarations, outer: readonly string[] = []): FieldSchema {
  const text = type.trim();
  const union = splitUnion(text);
  if (union.length > 1) {
    return union
      .filter((part) => part !== "undefined")
      .map((part) => describeType(part, declarations, outer))
      .reduce(mergeFields);
  }
  if (/^\(.*\)$/s.test(text) && !text.includes("typeof")) return describeType(text.slice(1, -1), declarations, outer);
  const primitive = PRIMITIVES[text];
  if (primitive !== undefined) return { type: [primitive] };
  const literal = /^["'](.*)["']$/.exec(text)?.[1];
  if (literal !== undefined) return { type: ["string"], enum: [literal] };
  if (text.includes("typeof")) return { type: ["string"] };
  if (text.endsWith("[]")) return { type: ["array"], items: describeType(text.slice(0, -2), declarations, outer) };
  const values = /^Record<string, (.*)>$/s.exec(text)?.[1];
  if (values !== undefined)
    return { type: ["object"], additionalProperties: describeType(values, declarations, outer) };
  const name = bareName(text);
  const declared = declarations.get(name);
  // `Client.Strategy` is a list of texts that belongs to an interface.
  if (declared === undefined) return /^\w+\.\w+$/.test(name) ? { type: ["string"] } : {};
  if (outer.includes(name)) return {};
  return describeDeclared(declared, declarations, [...outer, name]);
}

function describeDeclared(declared: Declaration, declarations: Declarations, outer: readonly string[]): FieldSchema {
  if (declared.kind === "choice") return { type: ["string"], enum: declared.values };
  if (declared.kind === "alias") return describeType(declared.type, declarations, outer);
  const own: FieldSchema = {
    type: ["object"],
    properties: Object.fromEntries(
      [...declared.members].map(([name, type]) => [name, describeType(type, declarations, outer)]),
    ),
    ...(!declared.open && { additionalProperties: false }),
  };
  return declared.extended.map((base) => describeType(base, declarations, outer)).reduce(mergeFields, own);
}

/** What either takes: of two requests for the same kind, or of two members of a union. */
export function mergeFields(one: FieldSchema, other: FieldSchema): FieldSchema {
  if (one.type === undefined || other.type === undefined) return {};
  if (isDeepStrictEqual(one, other)) return one;
  const names = new Set([...Object.keys(one.properties ?? {}), ...Object.keys(other.properties ?? {})]);
  const [here, there] = [one.type.includes("object"), other.type.includes("object")];
  const merged: FieldSchema = { type: [...new Set([...one.type, ...other.type])] };
  const choices = mergeChoices(one, other);
  if (choices !== undefined) merged.enum = choices;
  if (names.size > 0) {
    merged.properties = Object.fromEntries(
      [...names].sort().map((name) => [name, mergeOptional(one.properties?.[name], other.properties?.[name])]),
    );
  }
  const rest = [...(here ? [one] : []), ...(there ? [other] : [])].map(
    ({ additionalProperties }) => additionalProperties,
  );
  const open = rest.find((entry) => entry === undefined || isMapping(entry));
  if (rest.length > 0 && !rest.includes(undefined)) merged.additionalProperties = open ?? false;
  const items =
    one.items !== undefined || other.items !== undefined ? mergeOptional(one.items, other.items) : undefined;
  if (items !== undefined) merged.items = items;
  return merged;
}

/** The values of both, if there is nothing else that either takes. */
function mergeChoices(one: FieldSchema, other: FieldSchema): FieldSchema["enum"] {
  const [here, there] = [one, other].map(({ type, enum: values }) =>
    isDeepStrictEqual(type, ["null"]) ? [null] : values,
  );
  if (here === undefined || there === undefined) return undefined;
  const all = [...new Set([...here, ...there])];
  return all.some((value) => value !== null) ? all : undefined;
}

/** What is asked for, with the names and types of an answer: an export writes them. What an answer may also have is not asked. */
export function addAnswered(asked: FieldSchema, answered: FieldSchema): FieldSchema {
  if (asked.type === undefined || answered.type === undefined) return asked;
  const both = mergeFields(asked, answered);
  const properties = Object.fromEntries(
    Object.entries(both.properties ?? {}).map(([name, merged]) => {
      const [own, other] = [asked.properties?.[name], answered.properties?.[name]];
      return [name, own === undefined || other === undefined ? merged : addAnswered(own, other)];
    }),
  );
  const { additionalProperties, ...rest } = both;
  const closed = asked.type.includes("object") ? asked.additionalProperties : additionalProperties;
  return {
    ...rest,
    ...(both.properties !== undefined && { properties }),
    ...(closed !== undefined && { additionalProperties: closed }),
  };
}

const mergeOptional = (one: FieldSchema | undefined, other: FieldSchema | undefined): FieldSchema =>
  one === undefined || other === undefined ? (one ?? other ?? {}) : mergeFields(one, other);

/** At the top level only: `(A | null)[]` is one part. */
function splitUnion(text: string): readonly string[] {
  const parts: string[] = [""];
  let depth = 0;
  for (const char of text) {
    if ("([{<".includes(char)) depth++;
    if (")]}>".includes(char)) depth--;
    if (char === "|" && depth === 0) parts.push("");
    else parts[parts.length - 1] += char;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}
