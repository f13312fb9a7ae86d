import { describe, expect, test } from "@jest/globals";
import { deriveRequired, type RequiredSchema } from "../../../scripts/tenant/schema/derive-required.ts";
import { findMissing } from "../../../scripts/tenant/schema/find-missing.ts";
import { findRequired } from "../../../scripts/tenant/schema/schemas.ts";
import type { SectionFacts } from "../../../scripts/tenant/schema/section-facts.ts";

const derive = (body: unknown, created: Partial<SectionFacts["created"]> = {}) =>
  deriveRequired([{ section: "things", created: { type: "Thing", ...created } }, { section: "others" }], {
    Thing: body,
  });

describe("what must be there of something that Auth0 makes", () => {
  test.each<[string, unknown, RequiredSchema]>([
    ["nothing", {}, { required: [] }],
    ["its own members", { required: ["name"] }, { required: ["name"] }],
    [
      "those of a member, of a list's entries, and of members whatever they are called",
      {
        properties: {
          a: { required: ["b"] },
          c: { items: { required: ["d"] } },
          e: { additionalProperties: { required: ["f"] } },
          g: { properties: { h: {} } },
        },
      },
      {
        required: [],
        properties: {
          a: { required: ["b"] },
          c: { items: { required: ["d"] } },
          e: { values: { required: ["f"] } },
        },
      },
    ],
    [
      "those of alternatives, with what tells them apart: two values at the most, and names where there are no others",
      {
        anyOf: [
          { properties: { kind: { enum: ["a", "b"] }, deep: { properties: { x: { required: ["y"] } } } } },
          { properties: { kind: { enum: ["c", "d", "e"] } }, additionalProperties: false },
        ],
      },
      {
        required: [],
        anyOf: [
          { properties: { kind: { enum: ["a", "b"] }, deep: { properties: { x: { required: ["y"] } } } } },
          { names: ["kind"] },
        ],
      },
    ],
    ["no alternatives of which none asks for anything", { anyOf: [{ enum: ["a"] }, {}] }, { required: [] }],
    ["no values, where there is no alternative", { properties: { kind: { enum: ["a"] } } }, { required: [] }],
  ])("%s", (_what, body, expected) => {
    expect(derive(body)).toEqual({ things: expected });
  });

  test("without what a deploy fills in, and with what a kind says of its own", () => {
    const anyOf = [{ required: ["x"] }];
    expect(derive({ required: ["name", "client_id"] }, { filledIn: ["client_id"], anyOf })).toEqual({
      things: { required: ["name"], anyOf: [{ required: ["x"] }] },
    });
  });

  test("is not known of a body that there is no schema of", () => {
    expect(() => derive(undefined)).toThrow("there is no schema of Thing: make the request schemas anew");
  });

  test("is committed for sections, and for nothing else", () => {
    expect(findRequired("resourceServers")?.required).toEqual(["identifier"]);
    expect(findRequired("nothing")).toBeUndefined();
  });
});

describe("what is missing", () => {
  const alternatives: RequiredSchema = {
    anyOf: [
      {
        required: ["secret"],
        properties: {
          kind: { enum: ["a"] },
          level: { enum: [1] },
          kept: { anyOf: [{ properties: { t: { enum: ["x"] } } }, { properties: { t: { enum: ["y"] } } }] },
        },
      },
      { required: ["key", "other"], properties: { kind: { enum: ["b"] } }, names: ["kind", "key", "other"] },
      { required: ["key", "other", "third"], names: ["kind", "third"] },
    ],
  };
  test.each<[string, RequiredSchema, unknown, readonly (readonly (string | number)[])[]]>([
    ["a member", { required: ["a", "b"] }, { a: 1 }, [["b"]]],
    ["nothing of another value than a mapping", { required: ["a"] }, "text", []],
    ["a member of a member", { properties: { a: { required: ["b"] } } }, { a: {} }, [["a", "b"]]],
    ["a member of an entry", { items: { required: ["a"] } }, [{ a: 1 }, {}], [[1, "a"]]],
    ["nothing of entries that nothing is known of", {}, [{}], []],
    [
      "a member of whatever is called so",
      { values: { required: ["a"] } },
      { x: {}, constructor: {} },
      [
        ["x", "a"],
        ["constructor", "a"],
      ],
    ],
    ["what the alternative asks for that a value says", alternatives, { kind: "a" }, [["secret"]]],
    ["of the other one", alternatives, { kind: "b" }, [["key"], ["other"]]],
    ["of one that has all its names", alternatives, { kind: "c", third: 1 }, [["key"], ["other"]]],
    [
      "of none whose other member says that it is not meant",
      alternatives,
      { kind: "a", level: 2 },
      [["key"], ["other"], ["third"]],
    ],
    [
      "of none in which a member fits no alternative",
      alternatives,
      { kind: "a", kept: { t: "z" } },
      [["key"], ["other"], ["third"]],
    ],
    ["of one in which it fits one", alternatives, { kind: "a", kept: { t: "y" } }, [["secret"]]],
    ["of the one that lacks least", { anyOf: [{ required: ["a", "b"] }, { required: ["c"] }] }, {}, [["c"]]],
  ])("%s", (_what, schema, value, expected) => {
    expect(findMissing(schema, value)).toEqual(expected);
  });
});
