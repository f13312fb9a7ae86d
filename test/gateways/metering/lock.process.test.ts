import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { type StandIn, startStandIn } from "../support/stripe-stand-in.ts";
import { findChild, findReasonAgainstNamespaces, IN_OWN_NAMESPACE } from "./support/namespaces.ts";
import {
  buildNode,
  drain,
  type NodeOptions,
  type StartedNode,
  type StartNode,
  sumBilled,
  sumDeadLetters,
} from "./support/start-node.ts";

const work = mkdtempSync(join(tmpdir(), "metering-lock-"));
const reason = findReasonAgainstNamespaces();
const describeWithNamespaces = reason === undefined ? describe : describe.skip;
const CUSTOMERS = ["cus_1", "cus_2"];
let startNode: StartNode;
let standIn: StandIn;
let directory: string;
let started: StartedNode[];

beforeAll(async () => {
  startNode = await buildNode(work);
});
afterAll(() => rmSync(work, { recursive: true }));
beforeEach(async () => {
  standIn = await startStandIn();
  directory = mkdtempSync(join(work, "node-"));
  started = [];
});
afterEach(async () => {
  for (const node of started) node.kill();
  await Promise.all(started.map(({ ended }) => ended));
  await standIn.close();
});

const start = (options: Partial<NodeOptions> = {}) => {
  const node = startNode(directory, standIn.url, { customers: CUSTOMERS, rounds: 1, ...options });
  started.push(node);
  return node;
};
/** One that counts until it is told, and has begun to. */
const startLasting = async (wrapper: readonly string[]) => {
  const begun: { node?: StartedNode } = {};
  await new Promise<void>((resolve) => {
    begun.node = start({
      killAt: "until told",
      wrapper,
      whenAllowed: (count) => {
        if (count > 20) resolve();
      },
    });
  });
  return begun.node as StartedNode;
};
const accounted = () => sumBilled(standIn) + sumDeadLetters(directory);

describeWithNamespaces(`containers of one host name${reason === undefined ? "" : ` (skipped: ${reason})`}`, () => {
  test("the second one is refused, and all that the first one answers is billed", async () => {
    const first = await startLasting(IN_OWN_NAMESPACE);
    const second = await start({ wrapper: IN_OWN_NAMESPACE, rounds: 50 }).ended;
    expect(second).toMatchObject({ code: 1, allowed: 0, errors: expect.stringContaining("METERING_LOCKED") });
    first.tell();
    const ended = await first.ended;
    expect(ended).toMatchObject({ code: 0, refused: 0, errors: "" });
    await drain(startNode, directory, standIn.url);
    expect(accounted()).toBe(ended.allowed);
  });

  test("one beside a process of the host is refused, either way", async () => {
    const first = await startLasting([]);
    const second = await start({ wrapper: IN_OWN_NAMESPACE }).ended;
    expect(second).toMatchObject({ code: 1, errors: expect.stringContaining("METERING_LOCKED") });
    first.tell();
    expect(await first.ended).toMatchObject({ code: 0, errors: "" });
    const third = await startLasting(IN_OWN_NAMESPACE);
    expect(await start().ended).toMatchObject({ code: 1, errors: expect.stringContaining("METERING_LOCKED") });
    third.tell();
    expect(await third.ended).toMatchObject({ code: 0, errors: "" });
  });

  test("one that was killed is followed within 20 s, and loses nothing", async () => {
    const first = await startLasting(IN_OWN_NAMESPACE);
    first.kill();
    const ended = await first.ended;
    const begun = performance.now();
    const second = await start({ wrapper: IN_OWN_NAMESPACE }).ended;
    expect(second).toMatchObject({ code: 0, allowed: 2, errors: "" });
    expect(performance.now() - begun).toBeLessThan(20_000);
    await drain(startNode, directory, standIn.url);
    // One may have been counted and not answered.
    expect(accounted() - ended.allowed - second.allowed).toBeGreaterThanOrEqual(0);
    expect(accounted() - ended.allowed - second.allowed).toBeLessThanOrEqual(1);
  });

  test("one that was stopped for long, and goes on when another has taken over, refuses what it is asked", async () => {
    const first = await startLasting(IN_OWN_NAMESPACE);
    const pid = findChild(first.pid);
    process.kill(pid, "SIGSTOP");
    const second = await startLasting(IN_OWN_NAMESPACE);
    process.kill(pid, "SIGCONT");
    await new Promise((resolve) => setTimeout(resolve, 500));
    first.tell();
    second.tell();
    const [one, two] = await Promise.all([first.ended, second.ended]);
    expect(one).toMatchObject({ code: 0, refused: expect.any(Number), errors: "" });
    expect(one.refused).toBeGreaterThan(10);
    expect(one.log.join()).toContain("another process has taken over");
    expect(two).toMatchObject({ code: 0, refused: 0, errors: "" });
    await drain(startNode, directory, standIn.url);
    expect(accounted() - one.allowed - two.allowed).toBeGreaterThanOrEqual(0);
    expect(accounted() - one.allowed - two.allowed).toBeLessThanOrEqual(1);
  });
});

test("a lock whose process id another process has by now holds nobody up", async () => {
  const first = await startLasting([]);
  const lock = join(directory, "lock");
  const left = JSON.parse(readFileSync(lock, "utf8")) as object;
  first.kill();
  const ended = await first.ended;
  // This process lives, and is another one.
  writeFileSync(lock, JSON.stringify({ ...left, pid: process.pid }));
  const second = await start().ended;
  expect(second).toMatchObject({ code: 0, allowed: 2, errors: "" });
  await drain(startNode, directory, standIn.url);
  expect(accounted() - ended.allowed - second.allowed).toBeGreaterThanOrEqual(0);
  expect(accounted() - ended.allowed - second.allowed).toBeLessThanOrEqual(1);
});
