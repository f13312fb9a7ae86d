import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { deployProject, planProject } from "../../../scripts/deploy/deploy-project.ts";
import type { Desired } from "../../../scripts/deploy/plan/desired.ts";
import { prepareProject } from "../../../scripts/deploy/prepare.ts";
import { kindOf, type Seen } from "../../faults/fault-proxy.ts";
import { countRefusals } from "./count-refusals.ts";
import { changeAction, type ProjectOnTenant, startProjectOnTenant } from "./project-on-tenant.ts";

/** Request, how often, and why Auth0's API leaves no fewer. */
type Row = readonly [string, number, string];

const TOKEN: Row = ["POST oauth/token", 1, "a token for the Management API"];
const LISTS: readonly Row[] = [
  ["GET tenants/settings", 1, "one record"],
  ["GET resource-servers", 1, "a list of up to 100"],
  ["GET clients", 1, "a list of up to 100"],
  ["GET client-grants", 1, "a list of up to 100"],
  ["GET roles", 1, "a list of up to 100, without permissions"],
  ["GET connections", 1, "a list of up to 100, without clients"],
  ["GET actions", 1, "a list of up to 100, with drafts and live versions"],
  ["GET actions/triggers/post-login/bindings", 1, "the only place where the order stands, one trigger at a time"],
];
const MEMBERS: readonly Row[] = [
  ["GET roles/:id/permissions", 3, "roles that the file names, one at a time"],
  ["GET connections/:id/clients", 1, "databases that the file names, one at a time"],
];

const RUNS: readonly (readonly [string, (on: Desired) => Desired, readonly Row[]])[] = [
  [
    "of the first deploy",
    (desired) => desired,
    [
      TOKEN,
      ["GET tenants/settings", 3, "the plan; right before its PATCH, as Auth0 has no condition for one; afterwards"],
      ["PATCH tenants/settings", 1, "two lifetimes and a name"],
      ["GET resource-servers", 3, "the plan; the ids of new ones; afterwards"],
      ["POST resource-servers", 1, "one at a time"],
      ["GET clients", 3, "the plan; the ids of new ones; afterwards"],
      ["POST clients", 4, "one at a time"],
      ["GET client-grants", 3, "the plan; the ids of new ones; afterwards"],
      ["POST client-grants", 3, "one at a time"],
      ["GET roles", 3, "the plan; the ids of new ones; afterwards"],
      ["POST roles", 3, "one at a time"],
      ["GET roles/:id/permissions", 6, "of three that are there now, twice"],
      ["POST roles/:id/permissions", 3, "a POST of a role takes none"],
      ["GET connections", 3, "the plan; the ids of new ones; afterwards"],
      ["POST connections", 1, "one at a time"],
      ["GET connections/:id/clients", 2, "of one that is there now, twice"],
      ["PATCH connections/:id/clients", 1, "all clients of a database at once"],
      ["GET actions", 5, "the plan; the ids of new ones; whether all are built; whether all are live; afterwards"],
      ["POST actions", 5, "one at a time"],
      ["POST actions/:id/deploy", 5, "one at a time"],
      ["GET actions/triggers/post-login/bindings", 3, "the plan; right before it is replaced; afterwards"],
      ["PATCH actions/triggers/post-login/bindings", 1, "the whole order at once"],
    ],
  ],
  ["of a deploy with nothing to do", (desired) => desired, [TOKEN, ...LISTS, ...MEMBERS]],
  [
    "of a deploy of one changed Action",
    (desired) => changeAction(desired, "filter-scopes", ({ code }) => ({ code: `${code}// one line\n` })),
    [
      TOKEN,
      ...[...LISTS, ...MEMBERS].map(([request, times]): Row => [request, 2 * times, "the plan; afterwards"]),
      ["PATCH actions/:id", 1, "its draft"],
      ["GET actions/:id", 2, "whether it is built; whether it is live"],
      ["POST actions/:id/deploy", 1, "its draft goes live"],
    ],
  ],
];

let on: ProjectOnTenant;
beforeAll(async () => {
  const atOnce = { pendingFor: 0, buildingFor: 0, retryingFor: 0, deployingFor: 0 };
  on = await startProjectOnTenant({ rateLimit: { perSecond: 10, burst: 10 }, actionBuilds: atOnce });
});
afterAll(() => on.close());

/** Of those that were not refused for the rate limit, which is counted by itself. */
function countRequests(seen: readonly Seen[]): Readonly<Record<string, number>> {
  const counted: Record<string, number> = {};
  for (const request of seen.filter(({ answered }) => answered?.status !== 429))
    counted[kindOf(request)] = (counted[kindOf(request)] ?? 0) + 1;
  return counted;
}

const tableOf = (rows: readonly Row[]) => Object.fromEntries(rows.map(([request, times]) => [request, times]));

async function run<T>(work: () => Promise<T>) {
  on.proxy.arm("429", () => false);
  await work();
  return { requests: countRequests(on.proxy.seen), refusals: countRefusals(on.proxy.seen) };
}

const prepare = () => prepareProject({ directory: on.prepared.directory, environment: on.environment });

test("a plan of this project takes the requests in the table at 10 a second, and none is refused", async () => {
  const seen = await run(async () => planProject(await prepare()));
  expect(seen).toEqual({ requests: tableOf([TOKEN, ...LISTS]), refusals: 0 });
});

test.each(RUNS)(
  "the requests %s are those in the table at 10 a second, refused at most once a second",
  async (_, change, rows) => {
    const { requests, refusals } = await run(async () => {
      const prepared = await prepare();
      const desired = change(prepared.desired);
      await deployProject({ prepared: { ...prepared, desired }, confirm: async () => "unasked", onProgress: () => {} });
    });
    expect(requests).toEqual(tableOf(rows));
    expect(refusals).toBeLessThanOrEqual(1);
  },
  60_000,
);
