import { expect, test } from "@jest/globals";
import type { Change } from "../../../scripts/deploy/plan/change.ts";
import { planTenant } from "../../../scripts/deploy/plan/plan-tenant.ts";
import { checkDeletions } from "../../../scripts/environments/check-deletions.ts";
import { deployedTenant, desire } from "../deploy/plan/tenants.ts";

const WANTED = { type: "role", name: "old" } as const;
const DELETION = { operation: "delete", ...WANTED, id: "rol_1", fields: [] } as const satisfies Change;
const planOf = (name: string, changes: readonly Change[]) => {
  const plan = { domain: name, fingerprint: "", changes, warnings: [], unmanaged: [], uncompared: [] };
  return { kind: "succeeded", name, value: { plan } } as const;
};
const failed = { kind: "failed", name: "us", error: new Error("not planned") } as const;

test("where it is gone already there is nothing to delete, and nothing wrong", () => {
  expect(planTenant(desire(), deployedTenant(), [{ ...WANTED, mayBeGone: true }]).changes).toEqual([]);
  expect(() => planTenant(desire(), deployedTenant(), [WANTED])).toThrow(/The tenant has no role "old"/);
});

test("what one environment has is known", () => {
  expect(() => checkDeletions([WANTED], [planOf("eu", [DELETION]), planOf("us", [])])).not.toThrow();
});

test("what no environment has was misspelt", () => {
  expect(() => checkDeletions([WANTED], [planOf("eu", []), planOf("us", [])])).toThrow(
    expect.objectContaining({
      code: "DELETION_UNKNOWN",
      exitCode: 2,
      message: expect.stringContaining('no environment has role "old"') as unknown,
    }),
  );
});

test("where one could not be planned nobody knows, and its own reason is told", () => {
  expect(() => checkDeletions([WANTED], [planOf("eu", []), failed])).not.toThrow();
});
