import type { JsonSchema } from "./validation.ts";

/** Schemas by field name. The descriptions are those of Auth0's public OpenAPI: they show in its error texts. */
export type Properties = Readonly<Record<string, JsonSchema>>;
type Rules = Readonly<Record<string, unknown>>;

const describe = (schema: JsonSchema, description: string | undefined): JsonSchema =>
  description === undefined || description === "" ? schema : { ...schema, description };

export const text = (description?: string, rules: Rules = {}) => describe({ type: "string", ...rules }, description);
export const flag = (description?: string) => describe({ type: "boolean" }, description);
export const whole = (description?: string, rules: Rules = {}) => describe({ type: "integer", ...rules }, description);
export const choice = (values: readonly string[], description?: string) =>
  describe({ type: "string", enum: values }, description);
export const listOf = (items: JsonSchema, description?: string, rules: Rules = {}) =>
  describe({ type: "array", items, ...rules }, description);

/** An object that takes these fields and no others. */
export const closed = (properties: Properties, required: readonly string[] = [], description?: string): JsonSchema =>
  describe(
    {
      type: "object",
      properties,
      additionalProperties: false,
      // Draft 4 forbids an empty list.
      ...(required.length !== 0 && { required }),
    },
    description,
  );

/** An object that takes these fields and any others. */
export const open = (properties: Properties = {}, description?: string): JsonSchema =>
  describe({ type: "object", properties }, description);

/** The same, or null. */
export const orNull = (schema: JsonSchema): JsonSchema => ({
  ...schema,
  type: [schema.type, "null"].flat(),
  ...(Array.isArray(schema.enum) && { enum: [...schema.enum, null] }),
});
