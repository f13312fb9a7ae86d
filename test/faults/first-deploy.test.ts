import { describe, expect, test } from "@jest/globals";
import type { Fault, Seen } from "./fault-proxy.ts";
import { kindOf } from "./fault-proxy.ts";
import { type FaultyTenant, startFaultyTenant } from "./faulty-tenant.ts";
import { recordRows } from "./record-rows.ts";

interface Live {
  readonly clients: readonly (readonly [string])[];
  readonly flow: readonly string[];
}

/**
 * Into an empty tenant. A fresh tenant and seconds each, so not every fault at every request: each kind of write meets one lost answer, the creations that could leave two records meet all kinds.
 */
const CASES: readonly (readonly [string, Fault])[] = [
  ["POST clients", "cut after"],
  ["POST clients", "no answer after"],
  ["POST clients", "500 after"],
  ["POST actions", "no answer after"],
  ["POST resource-servers", "no answer after"],
  ["POST roles", "500 after"],
  ["POST connections", "cut after"],
  ["POST roles/:id/permissions", "cut after"],
  ["POST client-grants", "no answer after"],
  ["POST client-grants", "cut before"],
  ["POST actions/:id/deploy", "500 after"],
  ["PATCH actions/triggers/post-login/bindings", "no answer"],
];

describe("a first deploy", () => {
  test.each(CASES)("whose %s meets: %s", async (kind, fault) => {
    const faulty = await startFaultyTenant();
    try {
      let hit: Seen | undefined;
      faulty.proxy.arm(fault, (request) => {
        if (hit !== undefined || kindOf(request) !== kind) return false;
        hit = request;
        return true;
      });
      const ending = await faulty.deploy(faulty.desired, fault.startsWith("no answer") ? 2_000 : undefined);
      faulty.proxy.disarm();
      expect(hit).toBeDefined();
      const sent = faulty.proxy.seen.filter(({ method, path, body }) =>
        [hit?.method === method, hit?.path === path, hit?.body === body].every(Boolean),
      );
      expect(sent.length).toBeLessThanOrEqual(3);
      await checkLive(faulty, ending.kind === "new");
      recordRows([
        { table: "First deploy", request: kind, fault, outcome: ending.kind === "new" ? "new" : "nothing bound" },
      ]);

      expect(await faulty.deploy(faulty.desired)).toMatchObject({ kind: "new" });
      await checkLive(faulty, true);
      expect(await faulty.deploy(faulty.desired)).toMatchObject({ deployment: { outcome: "nothing to do" } });
    } finally {
      await faulty.close();
    }
  });
});

async function checkLive(faulty: FaultyTenant, isNew: boolean): Promise<void> {
  const { clients, flow } = JSON.parse(await faulty.describe()) as Live;
  const names = clients.map(([name]) => name);
  expect(names).toEqual([...new Set(names)]);
  expect(flow).toEqual(isNew ? faulty.desired.actions.map(({ name }) => name) : []);
}
