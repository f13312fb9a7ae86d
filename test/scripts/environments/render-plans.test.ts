import { expect, test } from "@jest/globals";
import type { Plan } from "../../../scripts/deploy/plan/change.ts";
import { renderPlans } from "../../../scripts/environments/render-plans.ts";
import { plain } from "../../../scripts/terminal/paint.ts";

const planOf = (domain: string, names: readonly string[], audience = domain): Plan => ({
  domain,
  fingerprint: "",
  changes: names.map((name) => ({
    operation: "create",
    type: "client-grant",
    name: `${name} → https://${audience}/api/v2/`,
    fields: [],
  })),
  warnings: [],
  unmanaged: [{ type: "client", name: `Deploy CLI of ${domain}` }],
  uncompared: [],
});

const render = (plans: Readonly<Record<string, Plan>>): readonly string[] =>
  renderPlans(
    Object.entries(plans).map(([name, plan]) => ({ kind: "succeeded", name, value: { plan } })),
    plain,
  );

test("a change that an environment before it has as well is not shown again; what else its plan says is", () => {
  const [eu, us, ap, jp] = render({
    eu: planOf("eu.example", ["Worker", "Portal"]),
    us: planOf("us.example", ["Worker", "Portal"]),
    ap: planOf("ap.example", ["Worker", "Till"]),
    jp: planOf("jp.example", ["Till", "Portal", "Worker"]),
  });
  expect(eu).toContain("+ client-grant Portal → https://eu.example/api/v2/");
  expect(us?.split("\n")).toEqual([
    "us:",
    "us.example: 2 to create",
    "",
    "2 changes are the same as for eu.",
    "",
    "Not in tenant.yaml, left alone:",
    "    client Deploy CLI of us.example",
  ]);
  expect(ap).toContain(
    "ap.example: 2 to create\n\n+ client-grant Till → https://ap.example/api/v2/\n\n1 change is the same as for eu.\n",
  );
  expect(jp).toContain(
    "jp.example: 3 to create\n\n1 change is the same as for ap.\n2 changes are the same as for eu.\n",
  );
});

test("a change that is about another tenant is shown", () => {
  const [, us] = render({ eu: planOf("eu.example", ["Worker"]), us: planOf("us.example", ["Worker"], "eu.example") });
  expect(us).toContain("+ client-grant Worker → https://eu.example/api/v2/");
});

test("where there is nothing to do, nothing is said to be the same", () => {
  const [, us] = render({ eu: planOf("eu.example", []), us: planOf("us.example", []) });
  expect(us).toMatch(/^us:\nus\.example: nothing to do\n\nNot in/);
});
