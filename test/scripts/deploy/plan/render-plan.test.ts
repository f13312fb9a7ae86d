import { expect, test } from "@jest/globals";
import { planTenant } from "../../../../scripts/deploy/plan/plan-tenant.ts";
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
