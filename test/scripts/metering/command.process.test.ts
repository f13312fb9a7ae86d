import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openFiles } from "../../../gateways/metering/files.ts";
import { type Meter, openMeter } from "../../../gateways/metering/meter.ts";
import type { SendResult } from "../../../gateways/metering/meter-event.ts";
import { spawnScript } from "../../support/spawn-script.ts";

/** `npm run metering`, beside a process that counts in the directory: this one. */
const directory = mkdtempSync(join(tmpdir(), "metering-command-"));
let meter: Meter;
let answer: SendResult = { kind: "accepted" };

const run = async (word: string, more: Record<string, string> = {}, options: string[] = ["--json"]) => {
  const script = spawnScript("metering", [word, ...options], { METERING_DIRECTORY: directory, ...more });
  const code = await script.ended;
  return { code, stdout: script.stdout(), stderr: script.stderr() };
};
const usage = (customer: string, value = 1) => ({ customer, meter: "get_reports", value });

beforeAll(async () => {
  meter = openMeter({ directory, flushEvery: 0, send: async () => answer });
  // One that Stripe refuses, one that waits in a batch, and one that is in the journal alone.
  answer = { kind: "rejected", reason: "StripeInvalidRequestError 400" };
  await meter.count(usage("cus_gone", 3));
  await meter.flush();
  answer = { kind: "deferred", reason: "StripeRateLimitError 429" };
  await meter.count(usage("cus_1", 2));
  await meter.count(usage("cus_2"));
  await meter.flush();
  await meter.count(usage("cus_1"));
  writeFileSync(join(directory, "damaged-abc.log"), "");
});
afterAll(async () => {
  await meter.close();
  rmSync(directory, { recursive: true });
});

describe("status", () => {
  test("says what waits, what was not billed, what cannot be read and who writes", async () => {
    const before = readdirSync(directory);
    const { code, stdout } = await run("status");
    expect([code, JSON.parse(stdout)]).toEqual([
      0,
      {
        directory,
        writer: { state: "running", host: expect.any(String), pid: process.pid },
        unsent: { get_reports: { units: 4, customers: 2 } },
        deadLetters: { rejected: 1 },
        setAside: ["damaged-abc.log"],
      },
    ]);
    // It takes nothing and leaves nothing.
    expect(readdirSync(directory)).toEqual(before);
  });

  test("says it in words", async () => {
    const { stdout } = await run("status", {}, []);
    for (const part of [
      `process ${process.pid} on `,
      "get_reports: 4 of 2 customers",
      "rejected: 1 events",
      "damaged-abc.log",
    ])
      expect(stdout).toContain(part);
  });
});

test("dead-letters lists each, and why", async () => {
  const { code, stdout } = await run("dead-letters");
  expect([code, JSON.parse(stdout)]).toEqual([
    0,
    [
      {
        event: expect.objectContaining({ customer: "cus_gone", meter: "get_reports", value: 3 }),
        reason: "rejected",
        detail: "StripeInvalidRequestError 400",
        at: expect.any(Number),
        billedSince: false,
      },
    ],
  ]);
});

describe("resend", () => {
  test("shows what it would do, and sends nothing without a yes", async () => {
    const { code, stdout, stderr } = await run(
      "resend",
      { STRIPE_GATEWAY_KEY: "rk_test_x", STRIPE_API_URL: "http://127.0.0.1:9" },
      [],
    );
    expect(code).toBe(2);
    expect(stdout).toMatch(/send +cus_gone +get_reports +3/);
    expect(stderr).toContain("CONFIRMATION_NEEDED");
    expect(openFiles(directory).list("segment")).toHaveLength(1);
    expect(readdirSync(directory)).not.toContain("resent.jsonl");
  });

  test("says that Stripe did not take it", async () => {
    const environment = { STRIPE_GATEWAY_KEY: "rk_test_x", STRIPE_API_URL: "http://127.0.0.1:9" };
    const { code, stdout } = await run("resend", environment, ["--yes", "--json"]);
    expect([code, JSON.parse(stdout)]).toEqual([
      1,
      [expect.objectContaining({ customer: "cus_gone", result: "open" })],
    ]);
  });
});

test("resend needs no key where nothing is to be sent again", async () => {
  const empty = mkdtempSync(join(tmpdir(), "metering-empty-"));
  try {
    const environment = { METERING_DIRECTORY: empty, STRIPE_GATEWAY_KEY: "" };
    const { code, stdout } = await run("resend", environment, []);
    expect([code, stdout]).toEqual([0, "Nothing is to be sent again.\n"]);
    expect(await run("resend", environment)).toMatchObject({ code: 0, stdout: "[]\n" });
    expect(readdirSync(empty)).toEqual([]);
  } finally {
    rmSync(empty, { recursive: true });
  }
});

test.each([
  ["status", { METERING_DIRECTORY: import.meta.dirname }, "METERING_DIRECTORY_FOREIGN"],
  ["dead-letters", { METERING_DIRECTORY: import.meta.dirname }, "METERING_DIRECTORY_FOREIGN"],
  ["resend", { METERING_DIRECTORY: join(import.meta.dirname, "..") }, "METERING_DIRECTORY_FOREIGN"],
  ["status", { METERING_DIRECTORY: "/no/such/directory" }, "METERING_DIRECTORY_MISSING"],
  ["status", { METERING_DIRECTORY: import.meta.filename }, "METERING_DIRECTORY_MISSING"],
  ["dead-letters", { METERING_DIRECTORY: import.meta.filename }, "METERING_DIRECTORY_MISSING"],
  ["resend", { METERING_DIRECTORY: `${import.meta.filename}/below` }, "METERING_DIRECTORY_MISSING"],
  ["resend", {}, "STRIPE_KEY_MISSING"],
  ["resned", {}, "USAGE"],
])("%s with %j ends with 2 and says %s", async (word, environment, error) => {
  const { code, stderr } = await run(word, { STRIPE_GATEWAY_KEY: "", ...environment });
  expect([code, stderr]).toEqual([2, expect.stringContaining(`[${error}]`)]);
});
