import { expect, test } from "@jest/globals";
import { awaitBuilds } from "../../../../scripts/deploy/kinds/action/await-build.ts";
import type { MarkedAction } from "../../../../scripts/deploy/kinds/action/mark-action.ts";
import type { WriteContext } from "../../../../scripts/deploy/write/context.ts";
import { ACTIONS, deployed } from "../plan/tenants.ts";

const kept = { name: "lodash", version: "4.17.21" };
const management = { actions: { get: async () => ({ status: "failed" }) } };

test.each<[string, MarkedAction["dependencies"], string]>([
  ["of the tenant, where tenant.yaml has none", undefined, "lodash@4.17.21"],
  ["of tenant.yaml", [{ name: "axios", version: "1.0.0" }], "axios@1.0.0"],
  ["of neither", [], "It has no dependencies"],
])("a build that fails is told with the dependencies %s", async (_, dependencies, says) => {
  const { dependencies: _own, ...action } = ACTIONS[0]!;
  const former = deployed(ACTIONS[0]!);
  const pending = {
    action: { ...action, ...(dependencies !== undefined && { dependencies }) } as MarkedAction,
    former: { ...former, draft: { ...former.draft, dependencies: [kept] } },
  };
  const context = { management, tenant: { action: [former] } } as unknown as WriteContext;
  await expect(awaitBuilds([pending], context)).rejects.toThrow(says);
});
