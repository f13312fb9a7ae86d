import type { JsonSchema } from "./validation.ts";

/** Schemas of query parameters. The descriptions are those of Auth0's public OpenAPI: they show in its error texts. */
const describe = (schema: JsonSchema, description: string | undefined): JsonSchema =>
  description === undefined || description === "" ? schema : { ...schema, description };

export const text = (description?: string, rules: JsonSchema = {}) =>
  describe({ type: "string", ...rules }, description);
export const flag = (description?: string) => describe({ type: "boolean" }, description);
export const choice = (values: readonly string[], description?: string) =>
  describe({ type: "string", enum: values }, description);
export const listOf = (items: JsonSchema, description?: string, rules: JsonSchema = {}) =>
  describe({ type: "array", items, ...rules }, description);
