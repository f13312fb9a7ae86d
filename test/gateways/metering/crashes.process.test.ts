import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { build } from "esbuild";
import { openStripe } from "../../../gateways/billing/stripe-client.ts";
import { createSendMeterEvent } from "../../../gateways/billing/stripe-meter-events.ts";
import { readDeadLetters } from "../../../gateways/metering/dead-letters.ts";
import { failpoints } from "../../../gateways/metering/failpoints.ts";
import { openFiles } from "../../../gateways/metering/files.ts";
import { openMeter } from "../../../gateways/metering/meter.ts";
import { createMovableClock } from "../../../local/clock.ts";
import { type StandIn, startStandIn } from "../support/stripe-stand-in.ts";

const work = mkdtempSync(join(tmpdir(), "metering-crashes-"));
const program = join(work, "node-process.mjs");
let standIn: StandIn;
let directory: string;

beforeAll(async () => {
  await build({
    entryPoints: [join(import.meta.dirname, "node-process.ts")],
    outfile: program,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  });
});
afterAll(() => rmSync(work, { recursive: true }));
beforeEach(async () => {
  standIn = await startStandIn();
  directory = mkdtempSync(join(work, "node-"));
});
afterEach(() => standIn.close());

interface Ended {
  readonly signal: NodeJS.Signals | null;
  readonly code: number | null;
  /** Requests answered as allowed. */
  readonly allowed: number;
  readonly errors: string;
}

interface Run {
  readonly ended: Promise<Ended>;
  kill(): void;
}

/** @param whenAllowed called with how many requests it has answered as allowed */
function startNode(
  at: string,
  customers: readonly string[],
  rounds: number,
  killAt = "",
  nth = 1,
  whenAllowed: (count: number) => void = () => {},
): Run {
  const child = spawn(process.execPath, [
    program,
    at,
    standIn.url,
    customers.join(),
    String(rounds),
    killAt,
    String(nth),
  ]);
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    whenAllowed(output.split("\n").length - 1);
  });
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (code, signal) => {
      resolve({
        signal,
        code,
        allowed: output.split("\n").filter((line) => line.startsWith("allowed")).length,
        errors,
      });
    });
  });
  return { ended, kill: () => child.kill("SIGKILL") };
}

/** A process has two seconds at its end: what it cannot send in that time it leaves to the next one. */
async function drain(at: string): Promise<void> {
  const isDone = () => !readdirSync(at).some((name) => /^(?:batch|counts)-/.test(name));
  for (let runs = 0; runs < 20 && !isDone(); runs++)
    expect(await startNode(at, ["cus_1"], 0).ended).toMatchObject({ code: 0, errors: "" });
}

const billed = () => [...standIn.sums.values()].reduce((sum, value) => sum + value, 0);
const deadLettered = (at: string) => readDeadLetters(openFiles(at)).reduce((sum, { event }) => sum + event.value, 0);
const customers = ["cus_1", "cus_2", "cus_stranger"];

describe("kill -9 at every step of a flush loses nothing and counts nothing twice", () => {
  const often = ["appended", "sent"];
  const rows = failpoints.flatMap((failpoint) =>
    (often.includes(failpoint) ? [1, 5] : [1]).map((nth) => ({ failpoint, nth })),
  );

  test.each(rows)(
    "$failpoint, time $nth",
    async ({ failpoint, nth }) => {
      standIn.strangers.add("cus_stranger");
      const killed = await startNode(directory, customers, 4, failpoint, nth).ended;
      expect(killed).toMatchObject({ signal: "SIGKILL" });
      const next = await startNode(directory, customers, 1).ended;
      expect(next).toMatchObject({ code: 0, errors: "", allowed: 3 });
      await drain(directory);

      // Killed between the journal and the answer, a request is counted that was not answered: that one, and no other.
      const unanswered = failpoint === "appended" ? 1 : 0;
      expect(billed() + deadLettered(directory)).toBe(killed.allowed + next.allowed + unanswered);
      expect(standIn.sums.has("cus_stranger get_reports")).toBe(false);
      expect(readdirSync(directory).filter((name) => name !== "dead-letters.jsonl")).toEqual([]);
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
  const weather = setInterval(() => {
    standIn.fault = faults[turn++ % faults.length] ?? "none";
  }, 7);
  await Promise.all(
    nodes.map(async (node, index) => {
      for (let life = 0; life < 3; life++) {
        // By what it has done, not by time: a busy machine would kill it before it began.
        const limit = 60 + 97 * ((index + life) % 3) + 20 * life;
        const run: Run = startNode(node, ["cus_1", "cus_2", "cus_3"], 150, "", 1, (count) => {
          if (count > limit) run.kill();
        });
        const ended = await run.ended;
        allowed += ended.allowed;
        if (ended.signal === "SIGKILL") kills += 1;
        else expect(ended).toMatchObject({ code: 0, errors: "" });
      }
    }),
  );
  clearInterval(weather);
  standIn.fault = "none";
  for (const node of nodes) await drain(node);

  expect(kills).toBeGreaterThan(0);
  expect(allowed).toBeGreaterThan(0);
  expect(billed()).toBeGreaterThanOrEqual(allowed);
  expect(billed()).toBeLessThanOrEqual(allowed + kills);
  // A process killed while it took the lock leaves its draft of it for a minute.
  for (const node of nodes) expect(readdirSync(node).filter((name) => !name.startsWith("lock."))).toEqual([]);
}, 60_000);

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
  expect(billed()).toBe(counted);
  expect(standIn.duplicates).toBeGreaterThan(0);
  expect(meter.readDeadLetters()).toEqual([]);
  await meter.close();
});
