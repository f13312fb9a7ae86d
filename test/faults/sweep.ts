import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Desired } from "../../scripts/deploy/plan/desired.ts";
import { beforeTheDay, workADay } from "./day-of-work.ts";
import { type Fault, isWrite, kindOf, type Seen } from "./fault-proxy.ts";
import { type FaultyTenant, startFaultyTenant } from "./faulty-tenant.ts";
import { type Row, recordRows } from "./record-rows.ts";

export interface Side {
  readonly desired: Desired;
  /** describeLive after a deploy without faults. */
  readonly state: string;
}

/**
 * Registers a test that meets the fault at every single request of a deploy, one deploy a request. The deploys go forth and
 * back between two states of the project; after each one, the same deploy without a fault has to succeed.
 */
export function testSweep(fault: Fault): void {
  // A lost answer to a read is the same as a lost read.
  const counts = (request: Seen) => !fault.endsWith("after") || isWrite(request);
  let faulty: FaultyTenant;
  let sides: readonly [Side, Side];
  beforeAll(async () => {
    faulty = await startFaultyTenant();
    sides = await deployBothSides(faulty);
  });
  afterAll(() => faulty.close());

  test(`meeting "${fault}" once, a deploy ends with the old state or the new one, says which, and the next succeeds`, async () => {
    const rows: Row[] = [];
    for (let index = 0; ; index += 1) {
      const [from, to] = index % 2 === 0 ? sides : [sides[1], sides[0]];
      let hit: Seen | undefined;
      let counted = 0;
      faulty.proxy.arm(fault, (request) => {
        if (hit !== undefined || !counts(request)) return false;
        counted += 1;
        if (counted <= index) return false;
        hit = request;
        return true;
      });
      const timeout = fault.startsWith("no answer") ? 1_000 : undefined;
      const ending = await deployAndLook(faulty, from, to, () => hit, timeout);
      if (hit === undefined) {
        expect(ending).toBe("new");
        break;
      }
      rows.push({ table: "One fault at one request", request: kindOf(hit), fault, outcome: ending });
    }
    recordRows(rows);
    expect(rows.length).toBeGreaterThan(fault.endsWith("after") ? 14 : 50);
  });
}

/** From nothing to the one side, to the other and back. */
export async function deployBothSides(faulty: FaultyTenant): Promise<readonly [Side, Side]> {
  const desires = [beforeTheDay(faulty.desired), workADay(faulty.desired)] as const;
  const states: string[] = [];
  for (const desired of [...desires, desires[0]]) {
    expect(await faulty.deploy(desired)).toMatchObject({ kind: "new" });
    states.push(await faulty.describe());
  }
  const [one = "", other = "", again] = states;
  expect(one).toBe(again);
  expect(one).not.toBe(other);
  return [
    { desired: desires[0], state: one },
    { desired: desires[1], state: other },
  ];
}

/** One deploy under the armed fault, a look, and the same deploy without. Resolves to how the first one ended. */
export async function deployAndLook(
  { deploy, describe, proxy }: FaultyTenant,
  from: Side,
  to: Side,
  context: () => unknown,
  timeout?: number,
): Promise<"new" | "old" | "incomplete" | "unreached"> {
  const ending = await deploy(to.desired, timeout);
  const wasWritten = proxy.seen.some(isWrite);
  proxy.disarm();
  const live = await describe();
  const { kind } = ending;
  if (kind === "incomplete") {
    expect({ context: context(), live }).not.toEqual({ context: context(), live: to.state });
    // It names what is left, a line each.
    expect(ending.error.message).toMatch(/not as it was before:\n {2}\S/);
  } else {
    expect({ context: context(), kind, live }).toEqual({
      context: context(),
      kind,
      live: (kind === "new" ? to : from).state,
    });
  }
  if (kind === "unreached")
    expect({ context: context(), wasWritten }).toEqual({ context: context(), wasWritten: false });

  expect({ context: context(), next: await deploy(to.desired) }).toMatchObject({ next: { kind: "new" } });
  expect(await describe()).toBe(to.state);
  return kind;
}
