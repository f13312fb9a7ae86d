import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { openStripe } from "../../../gateways/billing/stripe-client.ts";
import { createSendMeterEvent } from "../../../gateways/billing/stripe-meter-events.ts";
import { FAILPOINTS } from "../../../gateways/metering/failpoints.ts";
import { openMeter } from "../../../gateways/metering/meter.ts";
import { createMovableClock } from "../../../local/clock.ts";
import { type StandIn, startStandIn } from "../support/stripe-stand-in.ts";
import { buildNode, drain, type StartedNode, type StartNode, sumBilled, sumDeadLetters } from "./support/start-node.ts";

const work = mkdtempSync(join(tmpdir(), "metering-crashes-"));
let startNode: StartNode;
let standIn: StandIn;
let directory: string;

beforeAll(async () => {
  startNode = await buildNode(work);
});
afterAll(() => rmSync(work, { recursive: true }));
beforeEach(async () => {
  standIn = await startStandIn();
  directory = mkdtempSync(join(work, "node-"));
});
afterEach(() => standIn.close());

const CUSTOMERS = ["cus_1", "cus_2", "cus_stranger"];

describe("kill -9 at every step of a flush loses nothing and counts nothing twice", () => {
  const often = ["appended", "sent"];
  const rows = FAILPOINTS.flatMap((failpoint) =>
    (often.includes(failpoint) ? [1, 5] : [1]).map((nth) => ({ failpoint, nth })),
  );

  test.each(rows)(
    "$failpoint, time $nth",
    async ({ failpoint, nth }) => {
      standIn.strangers.add("cus_stranger");
      const killed = await startNode(directory, standIn.url, {
        customers: CUSTOMERS,
        rounds: 4,
        killAt: failpoint,
        nth,
      }).ended;
      expect(killed).toMatchObject({ signal: "SIGKILL" });
      const next = await startNode(directory, standIn.url, { customers: CUSTOMERS, rounds: 1 }).ended;
      expect(next).toMatchObject({ code: 0, errors: "", allowed: 3 });
      await drain(startNode, directory, standIn.url);

      // Killed between the journal and the answer, a request is counted that was not answered: that one, and no other.
      const unanswered = failpoint === "appended" ? 1 : 0;
      expect(sumBilled(standIn) + sumDeadLetters(directory)).toBe(killed.allowed + next.allowed + unanswered);
      expect(standIn.sums.has("cus_stranger get_reports")).toBe(false);
      expect(readdirSync(directory).filter((name) => !["dead-letters.jsonl", "settled"].includes(name))).toEqual([]);
    },
    60_000,
  );
});

test("three nodes at once, killed at any moment, over a Stripe that fails in every way", async () => {
  const faults = ["none", "taken, then 500", "taken, then reset", 429, 500, "none", "reset"] as const;
  const nodes = ["a", "b", "c"].map((name) => join(directory, name));
  let allowed = 0;
  let kills = 0;
  let turn = 0;
  const faultTimer = setInterval(() => {
    standIn.fault = faults[turn++ % faults.length] ?? "none";
  }, 7);
  await Promise.all(
    nodes.map(async (node, index) => {
      for (let life = 0; life < 3; life++) {
        // By what it has done, not by time: a busy machine would kill it before it began.
        const limit = 60 + 97 * ((index + life) % 3) + 20 * life;
        const run: StartedNode = startNode(node, standIn.url, {
          customers: ["cus_1", "cus_2", "cus_3"],
          rounds: 150,
          whenAllowed: (count) => {
            if (count > limit) run.kill();
          },
        });
        const ended = await run.ended;
        allowed += ended.allowed;
        if (ended.signal === "SIGKILL") kills += 1;
        else expect(ended).toMatchObject({ code: 0, errors: "" });
      }
    }),
  );
  clearInterval(faultTimer);
  standIn.fault = "none";
  for (const node of nodes) await drain(startNode, node, standIn.url);

  expect(kills).toBeGreaterThan(0);
  expect(allowed).toBeGreaterThan(0);
  expect(sumBilled(standIn)).toBeGreaterThanOrEqual(allowed);
  expect(sumBilled(standIn)).toBeLessThanOrEqual(allowed + kills);
  // A process killed while it took the lock leaves its draft of it for a minute.
  for (const node of nodes)
    expect(readdirSync(node).filter((name) => !name.startsWith("lock.") && name !== "settled")).toEqual([]);
});

test("Stripe down for an hour: all of it arrives after, once", async () => {
  const clock = createMovableClock();
  standIn.now = clock.now;
  const meter = openMeter({
    directory,
    send: createSendMeterEvent(openStripe({ secretKey: "rk_test_node", url: standIn.url, timeout: 200 })),
    flushEvery: 0,
    clock: clock.now,
  });
  const faults = ["taken, then 500", "taken, then reset", 500, "html", "reset", 429, "taken, then 500"] as const;
  let counted = 0;
  for (const fault of faults) {
    standIn.fault = fault;
    for (let i = 0; i < 10; i++, counted++)
      await meter.count({ customer: `cus_${i % 3}`, meter: "get_reports", value: 1 });
    expect(await meter.flush()).toBeDefined();
    clock.advance(10 * 60_000);
  }
  standIn.fault = "none";
  expect(await meter.flush()).toBeUndefined();
  expect(sumBilled(standIn)).toBe(counted);
  expect(standIn.duplicates).toBeGreaterThan(0);
  expect(meter.readDeadLetters()).toEqual([]);
  await meter.close();
});
