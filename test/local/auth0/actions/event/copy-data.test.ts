import { expect, test } from "@jest/globals";
import { copyData } from "../../../../../local/auth0/actions/event/copy-data.ts";

test.each([
  ["a text", "text"],
  ["nothing", undefined],
  ["lists in objects", { list: [1, { deep: [null, true] }] }],
  ["members that are undefined", { left: undefined }],
  ["maps", new Map<string, unknown>([["claims", new Map([["name", { first: "Ada" }]])]])],
  ["what is not a plain object", { at: new Date(0), names: new Set(["a"]) }],
])("%s arrive as they were", (_what, value) => {
  expect(copyData(value)).toStrictEqual(value);
});

test("what is done to the copy leaves the original alone, at any depth", () => {
  const original = { user: { roles: ["viewer"] }, claims: new Map([["name", { first: "Ada" }]]), at: new Date(0) };
  const copied = copyData(original);
  copied.user.roles.push("admin");
  copied.claims.set("role", { first: "none" });
  Object.assign(copied.claims.get("name") ?? {}, { first: "Bob" });
  copied.at.setFullYear(2000);
  expect(original).toStrictEqual({
    user: { roles: ["viewer"] },
    claims: new Map([["name", { first: "Ada" }]]),
    at: new Date(0),
  });
});

test("a key named __proto__ is data like any other", () => {
  const copied = copyData(JSON.parse('{"__proto__":{"isAdmin":true}}') as { isAdmin?: boolean });
  expect([copied.isAdmin, JSON.stringify(copied)]).toEqual([undefined, '{"__proto__":{"isAdmin":true}}']);
});

test("a function is refused", () => {
  expect(() => copyData({ reason: () => "no" })).toThrow("could not be cloned");
});
