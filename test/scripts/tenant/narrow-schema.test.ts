import { describe, expect, test } from "@jest/globals";
import { narrowSchema } from "../../../scripts/tenant/schema/narrow-schema.ts";

const text = { type: "string" };
const number = { type: "number" };

describe("of a schema stays", () => {
  test.each<[string, object, unknown, object]>([
    [
      "a member that the value has",
      { properties: { a: text, b: number } },
      { a: 1 },
      { properties: { a: text, b: {} } },
    ],
    [
      "a member that any entry of a list has",
      { items: { properties: { a: text, b: number, c: text } } },
      [{ a: 1 }, { b: 1 }],
      { items: { properties: { a: text, b: number, c: {} } } },
    ],
    [
      "what stands beside the members",
      { required: ["b"], additionalProperties: false, properties: { b: number } },
      {},
      { required: ["b"], additionalProperties: false, properties: { b: {} } },
    ],
    [
      "a member of a member",
      { properties: { a: { properties: { b: text, c: text } } } },
      { a: { c: 1 } },
      { properties: { a: { properties: { b: {}, c: text } } } },
    ],
    ["all, of a choice", { anyOf: [{ properties: { a: text } }] }, {}, { anyOf: [{ properties: { a: text } }] }],
    [
      "nothing to look at, where the value is of another type",
      { properties: { a: text } },
      "a",
      { properties: { a: {} } },
    ],
    [
      "a member of a name that every object has",
      { properties: { constructor: text } },
      {},
      { properties: { constructor: {} } },
    ],
  ])("%s", (_what, schema, value, narrowed) => {
    expect(narrowSchema(schema, [value])).toEqual(narrowed);
  });
});
