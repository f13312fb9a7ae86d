import { describe, expect, test } from "@jest/globals";
import { compareFields } from "../../../scripts/deploy/compare/compare-fields.ts";
import type { Fields } from "../../../scripts/deploy/kinds/live-record.ts";

const inOrder = (one: readonly string[], other: readonly string[]): readonly [Fields, Fields][] => [
  [{ enabled_locales: one }, { enabled_locales: other }],
  [{ options: { precedence: one } }, { options: { precedence: other } }],
];

describe("the order of a list", () => {
  test.each(inOrder(["de", "en"], ["en", "de"]))("counts where Auth0 looks at it: %j", (desired, live) => {
    expect(compareFields(desired, live)).toMatchObject([{ before: ["en", "de"], after: ["de", "en"] }]);
  });

  test.each(inOrder(["de", "en"], ["de", "en"]))("is the same: %j", (desired, live) => {
    expect(compareFields(desired, live)).toEqual([]);
  });

  test("counts nowhere else", () => {
    expect(compareFields({ callbacks: ["a", "b"] }, { callbacks: ["b", "a"] })).toEqual([]);
  });
});
