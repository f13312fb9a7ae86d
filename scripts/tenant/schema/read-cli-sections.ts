import { createRequire } from "node:module";
import { valueAt } from "../paths.ts";
import { isMapping } from "../shape.ts";

const require = createRequire(import.meta.filename);

/**
 * What auth0-deploy-cli checks of each section, without the descriptions, which are half of it, and the defaults: what the file
 * does not have is not sent.
 */
export function readCliSections(sections: readonly string[]): Readonly<Record<string, unknown>> {
  const loaded: unknown = require("auth0-deploy-cli/lib/tools/auth0/schema");
  const schema = isMapping(loaded) && isMapping(loaded.default) ? loaded.default.properties : undefined;
  if (!isMapping(schema)) throw new Error("the schema of auth0-deploy-cli does not have the known form");
  return Object.fromEntries(sections.map((section) => [section, strip(withoutTexts(section, schema[section]))]));
}

/**
 * The names of all texts of all pages in all languages are 8 of 8.1 MB; any text is taken. Auth0 has no other languages and pages,
 * though the schema takes some.
 */
function withoutTexts(section: string, schema: unknown): unknown {
  if (section !== "prompts" || !isMapping(schema) || !isMapping(schema.properties)) return schema;
  const { customText, partials } = schema.properties;
  return {
    ...schema,
    properties: {
      ...schema.properties,
      customText: named(customText, named(valueAt(customText, ["properties", "en"]), { type: "object" })),
      partials: closePartials(partials),
    },
  };
}

/** Of any of these names, each with such a value. */
const named = (schema: unknown, value: object): object => ({
  type: "object",
  propertyNames: { enum: listNames(schema) },
  additionalProperties: value,
});

const listNames = (schema: unknown): readonly string[] =>
  isMapping(schema) && isMapping(schema.properties) ? Object.keys(schema.properties) : [];

/** Each page has the same screens, and each screen the same places; null stands for none. */
function closePartials(partials: unknown): object {
  const screens = valueAt(partials, ["properties", "login", "oneOf", 0]);
  const places = valueAt(screens, ["properties", "login", "oneOf", 0]);
  const ofScreen = { ...named(places, { type: "string" }), type: ["object", "null"] };
  return named(partials, { ...named(screens, ofScreen), type: ["object", "null"] });
}

/** `properties` may have a field called "description" or "default": only a schema's own are left out. */
function strip(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strip);
  if (!isMapping(schema)) return schema;
  return Object.fromEntries(
    Object.entries(withNull(schema)).flatMap(([key, value]) => {
      if (key === "description" || key === "default") return [];
      if (key !== "properties" || !isMapping(value)) return [[key, strip(value)]];
      return [[key, Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, strip(inner)]))]];
    }),
  );
}

/** OpenAPI's `nullable` in JSON Schema's words: a validator that is to know it takes 25 ms longer to begin. */
function withNull({ nullable, ...schema }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return nullable === true && schema.type !== undefined ? { ...schema, type: [schema.type, "null"].flat() } : schema;
}
