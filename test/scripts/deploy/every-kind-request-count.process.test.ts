import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { deployProject, planProject } from "../../../scripts/deploy/deploy-project.ts";
import type { Seen } from "../../faults/fault-proxy.ts";
import { writeSide } from "../../support/change-every-kind.ts";
import { type EveryKindProject, startEveryKindProject } from "../../support/every-kind-project.ts";
import { countRefusals } from "./count-refusals.ts";

let on: EveryKindProject;
beforeAll(async () => {
  const atOnce = { pendingFor: 0, buildingFor: 0, retryingFor: 0, deployingFor: 0 };
  on = await startEveryKindProject({ rateLimit: { perSecond: 10, burst: 10 }, actionBuilds: atOnce });
  writeSide(on, "from");
});
afterAll(() => on.close());

/** What a reading asks for more than once, and why. */
const TWICE: readonly (readonly [string, number, string])[] = [
  ["/tenants/settings", 2, "ours in full; the Deploy CLI's for the languages of the prompts"],
  ["/clients", 3, "ours without secrets; the Deploy CLI's handlers, by two queries of theirs"],
  ["/connections", 2, "ours of databases; the Deploy CLI's of the others"],
  ["/actions/actions", 2, "ours in full; the Deploy CLI's for the names of the modules' Actions"],
];
/** Once there is one of each. */
const TWICE_OF_ENTRIES: typeof TWICE = [
  ["/organizations/:id/connections", 2, "the Deploy CLI's, by two queries of its"],
  ["/flows/vault/connections", 2, "the Deploy CLI's, by two queries of its"],
];

async function run(work: () => Promise<unknown>) {
  on.proxy.arm("429", () => false);
  await work();
  const answered = on.proxy.seen.filter(({ answered }) => answered?.status !== 429);
  return { total: answered.length, twice: countTwice(answered), refusals: countRefusals(on.proxy.seen) };
}

function countTwice(seen: readonly Seen[]): Readonly<Record<string, number>> {
  const counted: Record<string, number> = {};
  for (const { path } of seen) counted[nameOf(path)] = (counted[nameOf(path)] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counted).filter(([, times]) => times > 1));
}
const nameOf = (path: string) => path.replace("/api/v2", "").replace(/org_\w+/, ":id");
const tableOf = (rows: typeof TWICE) => Object.fromEntries(rows.map(([path, times]) => [path, times]));
const deploy = async () =>
  deployProject({ prepared: await on.prepare(), confirm: async () => "unasked", onProgress: () => {} });

describe("at 10 requests a second, with an entry of every kind", () => {
  test("a plan asks for nothing twice but what two readers want of it, and is not refused", async () => {
    const seen = await run(async () => planProject(await on.prepare()));
    expect(seen).toEqual({ total: 63, twice: tableOf(TWICE), refusals: 0 });
  });

  test("a deploy reads the tenant three times: planned, after what is new, and in the end", async () => {
    const { total, refusals } = await run(deploy);
    // 44 writes, most of them after a look at what they change, among what the Deploy CLI's handlers ask before they write.
    expect(total).toBeLessThanOrEqual(320);
    expect(refusals).toBeLessThanOrEqual(1);
  });

  test("a deploy with nothing to do reads it once", async () => {
    const { refusals, ...asked } = await run(deploy);
    expect(asked).toEqual({ total: 77, twice: tableOf([...TWICE, ...TWICE_OF_ENTRIES]) });
    // The run before has emptied the bucket, of which the first request of a process cannot know.
    expect(refusals).toBeLessThanOrEqual(1);
  });
});
