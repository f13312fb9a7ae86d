import { mkdtempSync, readdirSync, rmSync, statfsSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { type Script, spawnScript } from "../../support/spawn-script.ts";
import { AUDIENCE, ISSUER } from "../support/issuer.ts";
import { type StandIn, startStandIn } from "../support/stripe-stand-in.ts";
import { findReasonAgainstMounts, mountDisk } from "./support/small-disk.ts";
import { buildNode, drain, type StartNode, sumBilled, sumDeadLetters } from "./support/start-node.ts";

const work = mkdtempSync(join(tmpdir(), "metering-disk-"));
const reason = findReasonAgainstMounts();
const describeWithMounts = reason === undefined ? describe : describe.skip;
const CUSTOMERS = ["cus_1", "cus_2", "cus_stranger"];
let startNode: StartNode;
let standIn: StandIn;
let disk: ReturnType<typeof mountDisk>;
let directory: string;
let script: Script | undefined;

beforeAll(async () => {
  startNode = await buildNode(work);
});
afterAll(() => rmSync(work, { recursive: true }));

describeWithMounts(`on a disk of its own${reason === undefined ? "" : ` (skipped: ${reason})`}`, () => {
  beforeEach(async () => {
    standIn = await startStandIn();
    standIn.strangers.add("cus_stranger");
    directory = mkdtempSync(join(work, "disk-"));
    disk = mountDisk(directory, 128 * 1024);
  });
  afterEach(async () => {
    script?.process.kill("SIGKILL");
    await script?.ended;
    disk.unmount();
    await standIn.close();
  });

  /** Leaves so many bytes free. */
  const fillUp = (left: number) => {
    const { bavail, bsize } = statfsSync(directory);
    const others = join(directory, "others.bin");
    try {
      writeFileSync(others, Buffer.alloc(Math.max(0, bavail * bsize - left)));
    } catch {
      // The process under test wrote meanwhile, and the disk is full.
      truncateSync(others, Math.max(0, statSync(others).size - left));
    }
  };

  test.each([0, 1, 2, 3, 8, 12])("of which %i kB are left, all that is answered is billed", async (kilobytes) => {
    // The lock is in place before the disk fills up, as where it fills up while the process runs.
    const node = startNode(directory, standIn.url, { customers: CUSTOMERS, rounds: 400, killAt: "until told" });
    await new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        if (!readdirSync(directory).some((name) => name.startsWith("counts-"))) return;
        clearInterval(timer);
        resolve();
      }, 1);
    });
    fillUp(kilobytes * 1024);
    await new Promise((resolve) => setTimeout(resolve, 300));
    node.tell();
    const full = await node.ended;
    expect(full).toMatchObject({ code: 0, errors: "" });
    rmSync(join(directory, "others.bin"));
    const next = await startNode(directory, standIn.url, { customers: CUSTOMERS, rounds: 1 }).ended;
    expect(next).toMatchObject({ code: 0, errors: "", allowed: 3 });
    await drain(startNode, directory, standIn.url);
    expect(sumBilled(standIn) + sumDeadLetters(directory)).toBe(full.allowed + next.allowed);
    expect(readdirSync(directory).toSorted()).toEqual(["dead-letters.jsonl", "settled"]);
    expect(full.log.join("\n")).not.toContain("is kept");
  });

  test.each([
    ["full", () => fillUp(0)],
    ["read-only", () => disk.setReadOnly()],
  ])("that is %s at the start, it says so with a code, and no stack", async (_state, spoil) => {
    spoil();
    script = spawnScript("authorizer", [], {
      AUTH0_ISSUER: ISSUER,
      API_IDENTIFIER: AUDIENCE,
      STRIPE_GATEWAY_KEY: "rk_test_authorizer",
      AUTHORIZER_PORT: "0",
      METERING_DIRECTORY: join(directory, "counts"),
    });
    expect(await script.ended).toBe(1);
    expect(script.stderr()).toMatch(/METERING_DIRECTORY.*\n\[METERING_DIRECTORY_UNUSABLE\]\n$/);
    expect(script.stderr()).not.toMatch(/Unexpected|^\s+at /m);
  });
});
