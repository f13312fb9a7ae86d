import type { FieldSchema } from "./derive-fields.ts";

/** A mapping with these members and no others. */
export const closed = (properties: Record<string, FieldSchema>): FieldSchema => ({
  type: ["object"],
  properties,
  additionalProperties: false,
});
export const TEXT: FieldSchema = { type: ["string"] };
