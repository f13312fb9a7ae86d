import { expect, test } from "@jest/globals";
import { takeRandomBytes } from "../../../local/auth0/random-bytes.ts";

test("no bytes are handed out twice, and none that were not filled", () => {
  const taken = Array.from({ length: 1_000 }, () => takeRandomBytes(24));
  expect(new Set(taken.map((bytes) => bytes.toString("hex"))).size).toBe(1_000);
  expect(new Set(taken.map(({ length }) => length))).toEqual(new Set([24]));
});

test("what was handed out is the caller's: later bytes do not change it", () => {
  const first = takeRandomBytes(32);
  const before = first.toString("hex");
  for (let times = 0; times < 500; times += 1) takeRandomBytes(32);
  expect(first.toString("hex")).toBe(before);
});
