import { isMapping } from "../shape.ts";

/**
 * The schema without what none of these values has: to compile the rest takes most of the time of a check, and a file uses a
 * tenth of what Auth0 knows. Names of members stay, so that an unknown one is still refused.
 */
export function narrowSchema(schema: unknown, values: readonly unknown[]): unknown {
  if (!isMapping(schema)) return schema;
  const { properties, items } = schema;
  const mappings = values.filter(isMapping);
  return {
    ...schema,
    ...(isMapping(properties) && { properties: narrowProperties(properties, mappings) }),
    ...(isMapping(items) && { items: narrowSchema(items, values.filter(Array.isArray).flat()) }),
  };
}

function narrowProperties(
  properties: Readonly<Record<string, unknown>>,
  mappings: readonly Readonly<Record<string, unknown>>[],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => {
      const values = mappings.filter((mapping) => Object.hasOwn(mapping, name)).map((mapping) => mapping[name]);
      return [name, values.length === 0 ? {} : narrowSchema(schema, values)];
    }),
  );
}
