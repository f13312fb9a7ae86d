import { isMapping } from "../shape.ts";
import type { Declarations } from "./declarations.ts";
import { describeType, type FieldSchema, mergeFields } from "./derive-fields.ts";
import type { SectionFacts } from "./section-facts.ts";

/** What is known of a section, or of a part of one. */
export interface NamedFields {
  /** The SDK's types. */
  readonly types?: readonly RegExp[];
  /** What neither they nor the Deploy CLI's schema name. */
  readonly texts?: readonly string[];
  readonly flags?: readonly string[];
  /** Names whose type is one of the SDK's. */
  readonly typed?: Readonly<Record<string, string>>;
  /** Of the Deploy CLI's schema the first level alone: what is deeper it closes itself. */
  readonly isShallow?: true;
  /** Auth0 takes no other names: what a request, an answer and the Deploy CLI have is all that there is. */
  readonly isClosed?: true;
  /** What the Deploy CLI cannot read an entry without, though its schema does not say so. */
  readonly required?: readonly string[];
}

/** Names of fields, and types where the SDK has them: other names are taken as well unless it says otherwise. */
export interface NameSchema {
  readonly type?: readonly string[];
  readonly additionalProperties?: false;
  readonly properties?: Readonly<Record<string, NameSchema>>;
  readonly items?: NameSchema;
  readonly required?: readonly string[];
  /** Texts that Auth0 takes there: it adds to them between two releases of the SDK, so another one may be right. */
  readonly choices?: readonly string[];
}

/** What is known of fields in sections that the Deploy CLI writes, by the SDK and by its own schema, to find misspelt names by. */
export function deriveNames(
  kinds: readonly SectionFacts[],
  declarations: Declarations,
  cliSections: Readonly<Record<string, unknown>>,
): Readonly<Record<string, NameSchema>> {
  return Object.fromEntries(
    kinds.flatMap(({ section, identity, named }) => {
      if (named === undefined) return [];
      const places = Object.entries(named).map(([place, row]) => {
        const steps = place.split(/\.|(?=\[\])/).filter((step) => step !== "");
        return (identity === undefined ? steps : ["[]", ...steps]).reduceRight<NameSchema>(
          (inner, step) => (step === "[]" ? { items: inner } : { properties: { [step]: inner } }),
          namesOf(row, declarations),
        );
      });
      const isShallow = named[""]?.isShallow === true;
      const cli = isShallow ? toShallow(cliSections[section]) : cliSections[section];
      return [[section, places.reduce(mergeNames, toNames(cli))]];
    }),
  );
}

function namesOf(
  { types = [], texts = [], flags = [], typed = {}, isClosed, required }: NamedFields,
  declarations: Declarations,
): NameSchema {
  const listed: FieldSchema = {
    type: ["object"],
    properties: Object.fromEntries([
      ...texts.map((name) => [name, { type: ["string"] }] as const),
      ...flags.map((name) => [name, { type: ["boolean"] }] as const),
      ...Object.entries(typed).map(([name, type]) => [name, describeType(type, declarations)] as const),
    ]),
  };
  const found = [...declarations.keys()].filter((name) => types.some((pattern) => pattern.test(name)));
  const declared = found.map((name) => describeType(name, declarations)).reduce(mergeFields, listed);
  return {
    ...toTypedNames(declared),
    ...(isClosed && { additionalProperties: false as const }),
    ...(required !== undefined && { required }),
  };
}

/** `null` as well for what is not a flag or a number: answers have it where a request's type does not, and exports repeat it. */
function toTypedNames(schema: FieldSchema): NameSchema {
  const { type, properties, items, enum: choices } = schema;
  const isPlain = type?.every((name) => name === "boolean" || name === "number") === true;
  return {
    ...(type !== undefined && { type: isPlain ? type : [...new Set([...type, "null"])] }),
    ...(choices !== undefined && { choices: choices.filter((value) => value !== null) }),
    ...(properties !== undefined && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, toTypedNames(inner)])),
    }),
    ...(items !== undefined && { items: toTypedNames(items) }),
  };
}

function toShallow(schema: unknown): unknown {
  const properties = isMapping(schema) && isMapping(schema.properties) ? schema.properties : {};
  return { properties: Object.fromEntries(Object.keys(properties).map((name) => [name, {}])) };
}

function toNames(schema: unknown): NameSchema {
  // What the Deploy CLI says takes any other name is not looked at.
  if (!isMapping(schema) || schema.additionalProperties === true) return {};
  const { properties, items } = schema as Pick<FieldSchema, "properties" | "items">;
  return {
    ...(isMapping(properties) && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, toNames(inner)])),
    }),
    ...(isMapping(items) && { items: toNames(items) }),
  };
}

function mergeNames(one: NameSchema, other: NameSchema): NameSchema {
  const types = [...(one.type ?? []), ...(other.type ?? [])];
  const isClosed = one.additionalProperties === false || other.additionalProperties === false;
  const required = other.required ?? one.required;
  const choices = one.choices === undefined || other.choices === undefined ? (one.choices ?? other.choices) : undefined;
  const names = [...Object.keys(one.properties ?? {}), ...Object.keys(other.properties ?? {})];
  const items =
    one.items !== undefined && other.items !== undefined
      ? mergeNames(one.items, other.items)
      : (one.items ?? other.items);
  return {
    ...(types.length > 0 && { type: [...new Set(types)] }),
    ...(names.length > 0 && {
      properties: Object.fromEntries(
        names.sort().map((name) => [name, mergeNames(one.properties?.[name] ?? {}, other.properties?.[name] ?? {})]),
      ),
    }),
    ...(items !== undefined && { items }),
    ...(isClosed && { additionalProperties: false as const }),
    ...(required !== undefined && { required }),
    ...(choices !== undefined && { choices }),
  };
}
