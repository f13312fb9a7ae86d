import { isMapping, type Path } from "../shape.ts";
import type { RequiredSchema } from "./derive-required.ts";

/** Where the members would stand that a value lacks, from the value on. */
export function findMissing(schema: RequiredSchema, value: unknown): readonly Path[] {
  if (Array.isArray(value)) return value.flatMap((entry, index) => findWithin(schema.items, entry, index));
  if (!isMapping(value)) return [];
  const { required = [], properties = {}, values, anyOf = [] } = schema;
  return [
    ...required.filter((name) => value[name] === undefined).map((name) => [name]),
    ...Object.entries(value).flatMap(([name, inner]) =>
      findWithin(Object.hasOwn(properties, name) ? properties[name] : values, inner, name),
    ),
    ...findOfNearest(anyOf, value),
  ];
}

const findWithin = (schema: RequiredSchema | undefined, value: unknown, key: string | number): readonly Path[] =>
  schema === undefined ? [] : findMissing(schema, value).map((path) => [key, ...path]);

/** By the alternative that is meant, as far as its values and names tell; of several by the one that lacks least. */
function findOfNearest(
  alternatives: readonly RequiredSchema[],
  value: Readonly<Record<string, unknown>>,
): readonly Path[] {
  const possible = alternatives.filter((schema) => isLike(schema, value));
  const fewest = Math.min(...possible.map((schema) => countUnknown(schema, value)));
  const [nearest = []] = possible
    .filter((schema) => countUnknown(schema, value) === fewest)
    .map((schema) => findMissing(schema, value))
    .sort((one, other) => one.length - other.length);
  return nearest;
}

const countUnknown = ({ names }: RequiredSchema, value: Readonly<Record<string, unknown>>): number =>
  names === undefined ? 0 : Object.keys(value).filter((name) => !names.includes(name)).length;

/** Whether nothing that is there says that another alternative is meant. */
function isLike({ enum: values, properties = {}, anyOf }: RequiredSchema, value: unknown): boolean {
  if (values !== undefined && !values.includes(value)) return false;
  if (!isMapping(value)) return true;
  const isNamed = ([name, inner]: readonly [string, RequiredSchema]) =>
    value[name] === undefined || isLike(inner, value[name]);
  return Object.entries(properties).every(isNamed) && (anyOf?.some((schema) => isLike(schema, value)) ?? true);
}
