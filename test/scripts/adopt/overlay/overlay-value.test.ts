import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { planOverlayValue } from "../../../../scripts/adopt/overlay/overlay-value.ts";
import { assemble, mergeValues } from "../../../../scripts/tenant/overlay/merge-values.ts";

const merge = (base: unknown, overlay: unknown): unknown => assemble(mergeValues(base, overlay), base, overlay);
const find = (base: unknown, wanted: unknown, thoroughness: "members" | "all" = "all"): unknown =>
  planOverlayValue({ written: base, filled: base }, wanted, [], thoroughness);

const leaf = fc.oneof(fc.constantFrom("a", "b", ""), fc.integer({ min: 0, max: 2 }), fc.boolean(), fc.constant(null));
const key = fc.constantFrom("one", "two", "three");
const { fields } = fc.letrec<{ fields: Record<string, unknown> }>((tie) => ({
  fields: fc.dictionary(key, fc.oneof({ depthSize: "small" }, leaf, fc.array(leaf, { maxLength: 2 }), tie("fields")), {
    maxKeys: 3,
  }),
}));
/** Lists whose entries have names, as an overlay merges them. */
const document = fc.record(
  {
    tenant: fields,
    roles: fc.uniqueArray(
      fc.record({ name: fc.constantFrom("viewer", "editor", "admin"), more: fields }, { requiredKeys: ["name"] }),
      { selector: ({ name }) => name },
    ),
  },
  { requiredKeys: [] },
);

const byName = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (name, member: unknown) =>
    name === "roles" && Array.isArray(member)
      ? [...member].sort((one, other) => (String(one.name) < String(other.name) ? -1 : 1))
      : member,
  );

test("merged with the base, what is found is what was wanted, whatever both are", () => {
  fc.assert(
    fc.property(document, document, (base, wanted) => {
      const overlay = find(base, wanted);
      expect(byName(overlay === undefined ? base : merge(base, overlay))).toEqual(byName(wanted));
    }),
  );
});

test("of two that are the same nothing is said", () => {
  fc.assert(fc.property(document, (base) => expect(find(base, structuredClone(base))).toBeUndefined()));
});

describe("a secret, of which the tenant has nothing to say,", () => {
  const [unknown, keyword] = ["@@KEY@@", "@@OTHER@@"];
  const rows = [
    ["has a value here: it is taken to be right", { written: unknown, filled: "value" }, "members", undefined],
    ["has a value here that is not the tenant's", { written: unknown, filled: "value" }, "all", { leave_out: true }],
    ["has no value here", { written: unknown, filled: unknown }, "members", { leave_out: true }],
    ["is the tenant's alone", { written: undefined, filled: undefined }, "all", keyword],
    [
      "is the tenant's alone, in a value that does not differ",
      { written: undefined, filled: undefined },
      "members",
      undefined,
    ],
  ] as const;
  test.each(rows)("%s", (_, base, thoroughness, said) => {
    expect(planOverlayValue(base, keyword, ["clients", 0, "client_secret"], thoroughness)).toEqual(said);
  });
});

test("members that the tenant alone has are not managed, until a plan says that they differ", () => {
  const [base, wanted] = [{ flags: { one: true } }, { flags: { one: false, two: true } }];
  expect(find(base, wanted, "members")).toEqual({ flags: { one: false } });
  expect(find(base, wanted, "all")).toEqual({ flags: { one: false, two: true } });
});
