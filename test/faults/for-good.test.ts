import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Fault, isWrite, kindOf, type Seen } from "./fault-proxy.ts";
import { type FaultyTenant, startFaultyTenant } from "./faulty-tenant.ts";
import { type Row, recordRows } from "./record-rows.ts";
import { deployAndLook, deployBothSides, type Side } from "./sweep.ts";

const isSameRequest = (one: Seen) => (other: Seen) =>
  one.method === other.method && one.path === other.path && one.body === other.body;

/** What needs a request of the same kind to be rolled back, by the request that fails from the first or the second time on. */
const INCOMPLETE: readonly (readonly string[])[] = [
  ["DELETE roles/:id/permissions"],
  ["PATCH clients/:id", "PATCH client-grants/:id", "PATCH connections/:id/clients"],
];

describe("a write that fails for good", () => {
  let faulty: FaultyTenant;
  let sides: readonly [Side, Side];
  /** What a deploy to each of the sides writes. */
  let writes: readonly [readonly Seen[], readonly Seen[]];
  beforeAll(async () => {
    faulty = await startFaultyTenant();
    sides = await deployBothSides(faulty);
    writes = [await listWrites(sides[1]), await listWrites(sides[0])];
  });
  afterAll(() => faulty.close());

  async function listWrites({ desired }: Side): Promise<readonly Seen[]> {
    faulty.proxy.arm("400", () => false);
    await faulty.deploy(desired);
    return faulty.proxy.seen.filter(isWrite);
  }

  test.each<Fault>(["400", "cut after"])(
    "one request of a deploy, every time with %s: the deploy takes everything back, says so, and the next succeeds",
    async (fault) => {
      const rows: Row[] = [];
      for (let index = 0; index < writes[0].length; index += 1) {
        const turn = index % 2;
        const [from, to] = turn === 0 ? sides : [sides[1], sides[0]];
        const request = planned(writes[turn === 0 ? 0 : 1], index);
        faulty.proxy.arm(fault, isLikely(request));
        const outcome = await deployAndLook(faulty, from, to, () => request);
        rows.push({ table: "One request failing for good", request: kindOf(request), fault, outcome });
        // With its answer lost alone a write may turn out to be done.
        if (fault !== "cut after") expect({ request, outcome }).toEqual({ request, outcome: "old" });
        else expect({ request, outcome }).not.toEqual({ request, outcome: "incomplete" });
      }
      recordRows(rows);
    },
  );

  test.each([0, 1])(
    "every request of a kind but the first %d: what can be rolled back is, the rest is named",
    async (spared) => {
      const rows: Row[] = [];
      const kinds = [...new Set(writes[0].map(kindOf))];
      for (const [index, kind] of kinds.entries()) {
        const [from, to] = index % 2 === 0 ? sides : [sides[1], sides[0]];
        let met = 0;
        faulty.proxy.arm("500 before", (request) => {
          if (kindOf(request) !== kind) return false;
          met += 1;
          return met > spared;
        });
        const outcome = await deployAndLook(faulty, from, to, () => kind);
        const table = "A kind of request failing for good";
        rows.push({ table, request: kind, fault: spared === 0 ? "from the 1st" : "from the 2nd", outcome });
        const isIncomplete = INCOMPLETE[spared]?.includes(kind) === true;
        if (isIncomplete || spared === 0)
          expect({ kind, outcome }).toEqual({ kind, outcome: isIncomplete ? "incomplete" : "old" });
        else expect({ kind, outcome }).not.toEqual({ kind, outcome: "incomplete" });
      }
      recordRows(rows);
    },
  );
});

function planned(writes: readonly Seen[], index: number): Seen {
  const request = writes[index];
  if (request === undefined) throw new Error(`a deploy has no write ${index}`);
  return request;
}

/** Deploy markers count versions, so the body of an Action's draft differs from deploy to deploy. */
function isLikely(request: Seen): (other: Seen) => boolean {
  if (kindOf(request) !== "PATCH actions/:id") return isSameRequest(request);
  const codeOf = ({ body }: Seen) => (JSON.parse(body) as { code: string }).code.split("// deployed-by:")[0];
  return (other) => other.method === request.method && other.path === request.path && codeOf(other) === codeOf(request);
}
