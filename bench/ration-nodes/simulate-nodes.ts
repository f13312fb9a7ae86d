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

type Regulars = readonly ReturnType<typeof createRegular>[];
type Newcomers = readonly ReturnType<typeof createNewcomer>[];

async function play({ payers, freeAccounts, days }: NodesSimulation, nodes: readonly Child[]): Promise<NodesOutcome> {
  const end = days * DAY;
  const regulars = Array.from({ length: payers }, (_, index) => createRegular(index, HOUR, end));
  const newcomers = Array.from({ length: Math.ceil(payers / 100) }, (_, index) => createNewcomer(index, HOUR, end));
  const counts = { requests: 0, refusedPayers: 0, freeRides: 0, longestWait: 0, longestRide: 0 };

  await tell(nodes, { now: 0, subscribes: regulars.map(({ customer }) => customer), cancels: [], asks: [] }, []);
  for (let now = 0; now < end; now += HOUR) {
    await tellChanges(nodes, regulars, newcomers, now);
    const askings = listAskings({ regulars, newcomers, freeAccounts }, counts, now);
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
    counts.requests += askings.length;
    for (const [place, share] of shares.entries()) {
      for (const [index, { count }] of share.entries()) count(answers[place]?.isPaid[index] === true);
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

/** All nodes hear the order, and one of them each event. */
function tell(nodes: readonly Child[], order: Omit<Order, "hears">, hears: readonly string[]): Promise<unknown> {
  return Promise.all(
    nodes.map((node, place) =>
      node.ask<Answers>({
        ...order,
        hears: hears.filter((_one, index) => index % nodes.length === place),
      } satisfies Order),
    ),
  );
}

/** Who leaves, pays or renews in this hour. */
async function tellChanges(
  nodes: readonly Child[],
  regulars: Regulars,
  newcomers: Newcomers,
  now: number,
): Promise<void> {
  const leaving = regulars.filter(({ leavesAt }) => leavesAt === now).map(({ customer }) => customer);
  const paying = newcomers.filter(({ paysAt }) => paysAt === now).map(({ customer }) => customer);
  const renewing = regulars.filter(({ leavesAt, renewsAt }) => now < leavesAt && renewsAt(now));
  const changed = [...leaving, ...paying, ...renewing.map(({ customer }) => customer)];
  await tell(nodes, { now, subscribes: paying, cancels: leaving, asks: [] }, changed);
}

/** A customer of this step, and what the answer to them means. */
interface Asking {
  readonly customer: string;
  readonly count: (isIn: boolean) => void;
}

interface People {
  readonly regulars: Regulars;
  readonly newcomers: Newcomers;
  readonly freeAccounts: number;
}

function listAskings(
  { regulars, newcomers, freeAccounts }: People,
  counts: Record<"refusedPayers" | "freeRides" | "longestWait" | "longestRide", number>,
  now: number,
): readonly Asking[] {
  const countUnpaid = (isIn: boolean): void => {
    if (isIn) counts.freeRides += 1;
  };
  const ofRegulars = regulars
    .filter(({ comesAt }) => comesAt(now))
    .map(
      ({ customer, leavesAt }): Asking => ({
        customer,
        count: (isIn) => {
          if (now < leavesAt && !isIn) counts.refusedPayers += 1;
          if (now >= leavesAt && isIn) counts.longestRide = Math.max(counts.longestRide, (now - leavesAt) / HOUR);
        },
      }),
    );
  const ofNewcomers = newcomers
    .filter(({ paysAt }) => now >= paysAt - HOUR)
    .map(
      ({ customer, paysAt }): Asking => ({
        customer,
        count: (isIn) => {
          if (now < paysAt) countUnpaid(isIn);
          else if (!isIn) counts.longestWait = Math.max(counts.longestWait, (now + HOUR - paysAt) / MINUTE);
        },
      }),
    );
  const free = Array.from(
    { length: freeAccounts },
    (_, index): Asking => ({ customer: `cus_free${index}`, count: countUnpaid }),
  );
  return [...ofRegulars, ...ofNewcomers, ...free];
}
