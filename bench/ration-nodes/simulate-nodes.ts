import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { startRedis } from "../../test/gateways/support/redis-server.ts";
import { countAllowedReads, countReads, type Outcome, type Size, sum } from "../ration/outcome.ts";
import { createNewcomer, createRegular } from "../ration/people.ts";
import { type Child, startChild } from "../shared/child.ts";
import type { Answers, Order, Summary } from "./order.ts";

export interface NodesSimulation extends Size {
  readonly nodes: number;
}

export interface NodesOutcome extends Outcome {
  /** Bytes of each node's process, the most at any hour. */
  readonly memory: readonly number[];
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export async function simulateNodes(simulation: NodesSimulation): Promise<NodesOutcome> {
  const file = await buildNode();
  const options = await readNodeOptions();
  const redis = await startRedis();
  const nodes = Array.from({ length: simulation.nodes }, () => startChild(file, [redis.url], options));
  try {
    return await play(simulation, nodes);
  } finally {
    await Promise.all(nodes.map((node) => node.close()));
    await redis.close();
  }
}

/** Those with which a supervisor starts the service. */
async function readNodeOptions(): Promise<readonly string[]> {
  const unit = join(import.meta.dirname, "../../examples/authorizer-service/authorizer.service");
  const [, command = ""] = /^ExecStart=(.*)$/m.exec(await readFile(unit, "utf8")) ?? [];
  return command.split(" ").filter((word) => word.startsWith("--"));
}

/** As it runs in production: a loader of TypeScript would be a third of what is measured. */
async function buildNode(): Promise<string> {
  const root = join(import.meta.dirname, "../..");
  const outfile = join(root, "dist/bench/ration-node.mjs");
  const entryPoints = [join(import.meta.dirname, "node.ts")];
  await build({ entryPoints, outfile, bundle: true, platform: "node", format: "esm", packages: "external" });
  return outfile;
}

/** A customer of this step, and what the answer to them means. */
interface Asking {
  readonly customer: string;
  /** Undefined: either answer is right, and how long it is given is what is looked at. */
  readonly isRight: boolean | undefined;
  /** Since they have left or paid. */
  readonly since: number;
}

async function play({ payers, freeAccounts, days }: NodesSimulation, nodes: readonly Child[]): Promise<NodesOutcome> {
  const end = days * DAY;
  const regulars = Array.from({ length: payers }, (_, index) => createRegular(index, HOUR, end));
  const newcomers = Array.from({ length: Math.ceil(payers / 100) }, (_, index) => createNewcomer(index, HOUR, end));
  const counts = { requests: 0, refusedPayers: 0, freeRides: 0, longestWait: 0, longestRide: 0 };
  const tell = (order: Omit<Order, "hears">, hears: readonly string[]): Promise<unknown> =>
    Promise.all(
      nodes.map((node, place) =>
        node.ask<Answers>({
          ...order,
          hears: hears.filter((_one, index) => index % nodes.length === place),
        } satisfies Order),
      ),
    );

  await tell({ now: 0, subscribes: regulars.map(({ customer }) => customer), cancels: [], asks: [] }, []);
  for (let now = 0; now < end; now += HOUR) {
    const leaving = regulars.filter(({ leavesAt }) => leavesAt === now).map(({ customer }) => customer);
    const paying = newcomers.filter(({ paysAt }) => paysAt === now).map(({ customer }) => customer);
    const renewing = regulars.filter(({ leavesAt, renewsAt }) => now < leavesAt && renewsAt(now));
    const changed = [...leaving, ...paying, ...renewing.map(({ customer }) => customer)];
    await tell({ now, subscribes: paying, cancels: leaving, asks: [] }, changed);

    const askings = [
      ...regulars
        .filter(({ comesAt }) => comesAt(now))
        .map(
          ({ customer, leavesAt }): Asking => ({
            customer,
            isRight: now < leavesAt || undefined,
            since: now - leavesAt,
          }),
        ),
      ...newcomers
        .filter(({ paysAt }) => now >= paysAt - HOUR)
        .map(
          ({ customer, paysAt }): Asking => ({
            customer,
            isRight: now < paysAt ? false : undefined,
            since: now - paysAt,
          }),
        ),
      ...Array.from(
        { length: freeAccounts },
        (_, index): Asking => ({ customer: `cus_free${index}`, isRight: false, since: 0 }),
      ),
    ];
    // A customer's requests go to one node after another.
    const shares = nodes.map((_node, place) =>
      askings.filter((_asking, index) => (index + now / HOUR) % nodes.length === place),
    );
    const answers = await Promise.all(
      nodes.map((node, place) => {
        const asks = (shares[place] ?? []).map(({ customer }) => customer);
        return node.ask<Answers>({ now, subscribes: [], cancels: [], hears: [], asks } satisfies Order);
      }),
    );
    for (const [place, share] of shares.entries()) {
      for (const [index, { customer, isRight, since }] of share.entries()) {
        const isIn = answers[place]?.isPaid[index] === true;
        counts.requests += 1;
        if (isRight === true && !isIn) counts.refusedPayers += 1;
        if (isRight === false && isIn) counts.freeRides += 1;
        if (isRight !== undefined) continue;
        if (customer.startsWith("cus_new") && !isIn)
          counts.longestWait = Math.max(counts.longestWait, (since + HOUR) / MINUTE);
        if (!customer.startsWith("cus_new") && isIn) counts.longestRide = Math.max(counts.longestRide, since / HOUR);
      }
    }
  }
  const summaries = await Promise.all(nodes.map((node) => node.ask<Summary>("summary")));
  const readsOn = Array.from({ length: days }, (_, day) => sum(summaries.map(({ readsOn }) => readsOn[day] ?? 0)));
  return {
    ...counts,
    ...countReads(readsOn),
    allowedReads: countAllowedReads(regulars.filter(({ leavesAt }) => leavesAt > end).length),
    memory: summaries.map(({ memory }) => memory),
  };
}
