import { describe, expect, test } from "@jest/globals";
import type { ManagementClient } from "auth0";
import { tenant } from "../../../../scripts/deploy/kinds/tenant/kind.ts";
import { planTenant } from "../../../../scripts/deploy/plan/plan-tenant.ts";
import { createUndoLog } from "../../../../scripts/deploy/write/undo.ts";
import { parseTenant } from "../../../../scripts/tenant/read-tenant.ts";
import { deployedTenant, desire, settings } from "../plan/tenants.ts";

function planFor(line: string, hours: number) {
  const { document } = parseTenant(`tenant:\n  ${line}\n`, "tenant.yaml");
  const desired = desire({ document: { tenant: document.tenant ?? {} } });
  const live = deployedTenant({ tenant: settings({ session_lifetime: hours }) });
  return { desired, live, changes: planTenant(desired, live).changes };
}

describe("session lifetimes are compared as the API answers them", () => {
  test.each([
    ["session_lifetime: 168", 168],
    ["session_lifetime: 1.5", 1.5],
    ["session_lifetime_in_minutes: 100", 100 / 60],
    ["session_lifetime: 1.67", 100 / 60],
  ])("%s is what a tenant with %d hours has", (line, hours) => {
    expect(planFor(line, hours).changes).toEqual([]);
  });

  test("and shown in hours", () => {
    expect(planFor("session_lifetime: 1.5", 168).changes).toMatchObject([
      { fields: [{ path: "session_lifetime", before: 168, after: 1.5 }] },
    ]);
  });
});

test("and are sent in minutes, forwards and back: the API refuses hours that are not whole", async () => {
  const { desired, live, changes } = planFor("session_lifetime: 1.5", 2.25);
  const sent: Record<string, unknown>[] = [];
  let minutes = 135;
  const api = {
    get: async () => ({ session_lifetime: minutes / 60 }),
    update: async (body: Record<string, unknown>) => {
      sent.push(body);
      minutes = Number(body.session_lifetime_in_minutes);
    },
  };
  const management = { tenants: { settings: api } } as unknown as ManagementClient;
  const undo = createUndoLog(() => {});
  await tenant.update?.(changes, live.tenant, {
    management,
    desired,
    tenant: live,
    undo,
    readAgain: async (type) => live[type],
    report: () => {},
  });
  expect(minutes).toBe(90);
  expect(await undo.undoAll()).toEqual([]);
  expect(sent).toEqual([{ session_lifetime_in_minutes: 90 }, { session_lifetime_in_minutes: 135 }]);
});
