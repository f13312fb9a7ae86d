import { readBatch } from "../../gateways/metering/batch.ts";
import { isFault } from "../../gateways/metering/errors.ts";
import type { MeteringFiles, SegmentId } from "../../gateways/metering/files.ts";
import { BatchUnreadable } from "../../gateways/metering/parse-events.ts";
import { addCounts, planBatch, type Sums } from "../../gateways/metering/plan-batch.ts";
import { readCounts } from "../../gateways/metering/read-counts.ts";

/** Of one meter. */
export interface Unsent {
  readonly units: number;
  readonly customers: number;
}

interface Part {
  readonly customer: string;
  readonly meter: string;
  readonly value: number;
}

/**
 * What is counted and not known to be billed, by meter. A segment's counts move on, from the journal to a batch: it is looked for
 * in that order and counted where it was found last, so that nothing is there twice.
 */
export async function readUnsent(files: MeteringFiles): Promise<Readonly<Record<string, Unsent>>> {
  const parts = new Map<SegmentId, readonly Part[]>();
  for (const kind of ["segment", "ended"] as const)
    for (const id of files.list(kind))
      await unlessGone(async () => parts.set(id, await readSegment(files[kind](id), id)));
  for (const id of files.list("batch")) await unlessGone(async () => parts.set(id, readPending(files, id)));
  return sumUp([...parts.values()].flat());
}

async function readSegment(path: string, id: SegmentId): Promise<readonly Part[]> {
  const sums: Sums = new Map();
  await readCounts(path, (counts) => addCounts(sums, counts));
  return planBatch(id, sums, Number.MAX_SAFE_INTEGER);
}

function readPending(files: MeteringFiles, id: SegmentId): readonly Part[] {
  const { events, progressOf } = readBatch(files, id, () => {});
  return events.filter((_event, index) => progressOf(index).kind !== "settled");
}

function sumUp(parts: readonly Part[]): Readonly<Record<string, Unsent>> {
  const meters = new Map<string, { units: number; customers: Set<string> }>();
  for (const { meter, customer, value } of parts) {
    const sum = meters.get(meter) ?? { units: 0, customers: new Set() };
    meters.set(meter, { units: sum.units + value, customers: sum.customers.add(customer) });
  }
  return Object.fromEntries(
    [...meters].map(([meter, { units, customers }]) => [meter, { units, customers: customers.size }]),
  );
}

/** The service moves on meanwhile; what it cannot read it sets aside by itself. */
async function unlessGone(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof BatchUnreadable) && !(isFault(error) && error.code === "ENOENT")) throw error;
  }
}
