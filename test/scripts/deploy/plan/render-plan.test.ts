import { expect, test } from "@jest/globals";
import type { Change } from "../../../../scripts/deploy/plan/change.ts";
import { planTenant } from "../../../../scripts/deploy/plan/plan-tenant.ts";
import { renderChange } from "../../../../scripts/deploy/plan/render-change.ts";
import { renderPlan } from "../../../../scripts/deploy/plan/render-plan.ts";
import { ACTIONS, bind, deployedTenant, desire } from "./tenants.ts";

const [first, second] = ACTIONS as [(typeof ACTIONS)[number], (typeof ACTIONS)[number]];

test.each([
  ["a first binding", deployedTenant({ flow: bind() }), "1 flow to bind"],
  ["another order", deployedTenant({ flow: bind("second", "first") }), "1 flow to re-order"],
  ["one more Action", deployedTenant({ flow: bind("first") }), "1 flow to change"],
])("the head of a plan calls a change of a flow what it is: %s", (_, live, expected) => {
  const [head] = renderPlan(planTenant(desire({ actions: [first, second] }), live));
  expect(head).toContain(expected);
});

const change = (
  operation: "create" | "update",
  ...fields: readonly { path: string; before?: unknown; after?: unknown }[]
): Change => ({
  operation,
  type: "page",
  name: "login",
  id: "login",
  patch: {},
  fields: fields.map(({ path, before, after }) => ({ path, before, after })),
});
const long = (word: string) => Array.from({ length: 6 }, (_, index) => `https://${word}-${index}.example/`);

test.each<[string, Change, readonly string[]]>([
  [
    "a new text of several lines by their number",
    change("create", { path: "html", after: "<p>\n  Hello\n</p>\n" }),
    ["    html: 3 lines"],
  ],
  [
    "a text whose only line has an end in one line",
    change("create", { path: "code", after: "exports.a = 1;\n" }),
    ["    code: exports.a = 1;"],
  ],
  [
    "a list that is too long for a line below its name",
    change("create", { path: "callbacks", after: long("a") }),
    ["    callbacks:", ...long("a").map((url) => `      - ${url}`)],
  ],
  [
    "a mapping likewise, as tenant.yaml has it",
    change("create", {
      path: "rule",
      after: { scope: "tenant", match: { geo_country_codes: ["AQ", "BV", "HM"] }, action: { block: true } },
    }),
    [
      "    rule:",
      "      scope: tenant",
      "      match:",
      "        geo_country_codes:",
      "          - AQ",
      "          - BV",
      "          - HM",
      "      action:",
      "        block: true",
    ],
  ],
  [
    "what differs in a long value by its lines",
    change("update", { path: "html", before: "<p>\n  Hello\n</p>", after: "<p>\n  Good day\n</p>" }),
    ["    html:", "      @@ -1,3 +1,3 @@", "       <p>", "      -  Hello", "      +  Good day", "       </p>"],
  ],
  [
    "the members of what is there one by one",
    change("update", { path: "enabled_clients", after: "Till" }, { path: "enabled_clients", after: "Van" }),
    ["    enabled_clients: Till", "    enabled_clients: Van"],
  ],
  [
    "the members of something new in one list",
    change("create", { path: "enabled_clients", after: "Till" }, { path: "enabled_clients", after: "Van" }),
    ["    enabled_clients: Till, Van"],
  ],
])("a change shows %s", (_name, shown, expected) => {
  expect(renderChange(shown).slice(1)).toEqual(expected);
});

test("warnings are folded to a terminal's width", () => {
  const plan = {
    ...planTenant(desire(), deployedTenant()),
    warnings: [{ code: "ACTION_BOUND" as const, message: "word ".repeat(30).trim() }],
  };
  const lines = renderPlan(plan);
  expect(lines.filter((line) => line.includes("word"))).toEqual([
    `! ${"word ".repeat(15).trim()}`,
    `  ${"word ".repeat(15).trim()}`,
  ]);
});
