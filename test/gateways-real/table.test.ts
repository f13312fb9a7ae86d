import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { deviations, findDeviation } from "./deviations.ts";
import type { RunningGateway } from "./gateways/gateway.ts";
import { gateways } from "./gateways/list.ts";
import { judge } from "./judge.ts";
import { rows } from "./rows.ts";
import { type Cell, readDocumentedTable } from "./table.ts";
import { createWorld, type World } from "./world.ts";

const TABLE = { about: "gateways", asked: "Asked", heading: "What is in bold, and why it opens nothing:" };
const cells = new Map<string, Cell>();
const skipped = new Map<string, string>();
let world: World;

beforeAll(async () => {
  world = await createWorld();
}, 60_000);
afterAll(() => world?.close());

for (const gateway of gateways) {
  const reason = gateway.missing?.();
  if (reason !== undefined) skipped.set(gateway.name, reason);

  (reason === undefined ? describe : describe.skip)(gateway.name, () => {
    let running: RunningGateway;
    beforeAll(async () => {
      world.issuer.keys = [world.tokens.key];
      world.stripe.fault = "none";
      running = await gateway.start(world);
      // It reads the keys that are published now; the next one comes after that.
      await running.send({
        method: "GET",
        path: "/users/12",
        headers: [`Authorization: Bearer ${world.tokens.sign()}`],
      });
      world.issuer.keys = [world.tokens.key, world.tokens.nextKey];
    }, 60_000);
    afterAll(async () => {
      world.stripe.fault = "none";
      await running?.close();
    });

    test.each(rows)("$name", async (row) => {
      world.stripe.fault = row.stripe === "down" ? "reset" : "none";
      const { method = "GET", path = "/users/12", headers } = row.request(world.tokens);
      const own = (gateway.ownIdentityHeaders ?? []).map((name) => `${name}: boss`);
      const outcome = await running.send({ method, path, headers: [...headers, ...own] });
      if (outcome?.status === 401) expect(outcome.wwwAuthenticate !== undefined).toBe(gateway.challenges);
      const { cell, problems } = judge(row, outcome);
      const deviation = findDeviation(gateway.name, row.name);
      cells.set(`${gateway.name}\n${row.name}`, { text: cell, isDeviation: deviation !== undefined });
      if (deviation === undefined) expect(problems).toEqual([]);
      // One that no longer deviates has to leave the list.
      else expect({ cell, isRight: problems.length === 0 }).toEqual({ cell: deviation.cell, isRight: false });
    });
  });
}

describe("the table", () => {
  test("has a column for every gateway", () => {
    // Without the flag a gateway that is not here is said below, and the rest is tested.
    const mayBeSkipped = (process.env.MAY_SKIP_GATEWAYS ?? "").toLowerCase().split(",");
    const missing = [...skipped].filter(([name]) => !mayBeSkipped.includes(name.toLowerCase()));
    expect(process.env.REQUIRE_ALL_GATEWAYS === "1" ? missing : []).toEqual([]);
  });

  test("names only rows and gateways that exist among the deviations", () => {
    const known = { gateways: gateways.map(({ name }) => name), rows: rows.map(({ name }) => name) };
    expect(known.gateways).toEqual(expect.arrayContaining(deviations.flatMap((one) => one.gateways)));
    expect(known.rows).toEqual(expect.arrayContaining(deviations.flatMap((one) => one.rows)));
  });

  test("counts every metered request that was allowed, once", async () => {
    await world.stopAuthorizer();
    const counted = gateways.filter(
      ({ name, meters }) => meters === "here" && cells.get(`${name}\nmetered, paid for`)?.text === "200",
    );
    expect(counted.length).toBeGreaterThan(0);
    expect(Object.fromEntries(world.stripe.sums)).toEqual({ "cus_active get_reports": counted.length });
  });

  test("stands in docs/gateways.md as it came out", async () => {
    const { documented, found } = await readDocumentedTable({ ...TABLE, rows, gateways, cells, skipped, deviations });
    console.log([found, ...[...skipped].map(([name, reason]) => `${name} was skipped: ${reason}`)].join("\n"));
    expect(documented).toBe(found);
  });
});
