import { isMapping } from "../shape.ts";
import type { SectionFacts } from "./section-facts.ts";

/** What something that Auth0 makes must have. Said of mappings alone: any other value is the types' to judge. */
export interface RequiredSchema {
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, RequiredSchema>>;
  /** Of members whatever they are called. */
  readonly values?: RequiredSchema;
  readonly items?: RequiredSchema;
  /** One of these holds. `enum` and `names` say which: the values of a member, and the names that it takes and no others. */
  readonly anyOf?: readonly RequiredSchema[];
  readonly enum?: readonly unknown[];
  readonly names?: readonly string[];
}

/** A member with more values than these says nothing of which alternative is meant. */
const MAX_VALUES = 2;

/**
 * The required members of what is made of each section's entries.
 *
 * @param bodies JSON schemas of request bodies, by their types in the auth0 package
 */
export function deriveRequired(
  kinds: readonly SectionFacts[],
  bodies: Readonly<Record<string, unknown>>,
): Readonly<Record<string, RequiredSchema>> {
  return Object.fromEntries(
    kinds.flatMap(({ section, created }) => {
      if (created === undefined) return [];
      const { type, filledIn = [], anyOf } = created;
      if (bodies[type] === undefined) throw new Error(`there is no schema of ${type}: make the request schemas anew`);
      const { required = [], ...rest } = toRequired(bodies[type]);
      const asked = required.filter((name) => !filledIn.includes(name));
      return [[section, { ...rest, required: asked, ...(anyOf !== undefined && { anyOf }) }]];
    }),
  );
}

/** @param isOneOfSeveral whether it has to be told apart from other schemas of the same value */
function toRequired(schema: unknown, isOneOfSeveral = false): RequiredSchema {
  if (!isMapping(schema)) return {};
  const { required, properties, items, additionalProperties, anyOf, enum: values } = schema;
  const members = Object.entries(isMapping(properties) ? properties : {})
    .map(([name, inner]) => [name, toRequired(inner, isOneOfSeveral)] as const)
    .filter(([, inner]) => !isEmpty(inner));
  const alternatives = Array.isArray(anyOf) ? anyOf.map((one) => toRequired(one, true)) : [];
  const [entry, value] = [items, additionalProperties].map((inner) => toRequired(inner, isOneOfSeveral));
  return {
    ...(Array.isArray(required) && { required: required.map(String) }),
    ...(members.length > 0 && { properties: Object.fromEntries(members) }),
    ...(!isEmpty(entry) && { items: entry }),
    ...(!isEmpty(value) && { values: value }),
    ...(alternatives.some(hasRequired) && { anyOf: alternatives }),
    ...(isOneOfSeveral && Array.isArray(values) && values.length <= MAX_VALUES && { enum: values }),
    ...(isOneOfSeveral &&
      additionalProperties === false && { names: Object.keys(isMapping(properties) ? properties : {}) }),
  };
}

const isEmpty = (schema: RequiredSchema | undefined): schema is undefined =>
  schema === undefined || Object.keys(schema).length === 0;

/** Whether it asks for anything, at any depth. */
function hasRequired({ required, properties = {}, values, items, anyOf = [] }: RequiredSchema): boolean {
  const inner = [...Object.values(properties), ...anyOf, values, items].filter((schema) => schema !== undefined);
  return required !== undefined || inner.some(hasRequired);
}
