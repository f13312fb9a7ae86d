import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { MeteringFiles, SegmentId } from "./files.ts";
import type { MeterEvent } from "./meter-event.ts";
import { parseEvents } from "./parse-events.ts";
import { segmentOf } from "./plan-batch.ts";

/** Milliseconds: Stripe delivers an event again for three days. */
const KEPT_FOR = 4 * 24 * 3_600_000;
/** Milliseconds. */
const FORGOTTEN_EVERY = 3_600_000;

/**
 * Stripe may refuse later what it has taken, and names the event then by nothing but its identifier. Where the disk does not let
 * the batch be kept it is removed, so that the next ones are sent.
 */
export function keepSettled(files: MeteringFiles, id: SegmentId): void {
  try {
    mkdirSync(files.settled, { recursive: true, mode: 0o700 });
    files.rename(files.batch(id), `settled/${id}.json`);
  } catch {
    files.remove(files.batch(id));
  }
}

/** Removes what was kept long enough, once an hour: a busy gateway keeps tens of thousands. */
export function createForgetSettled(files: MeteringFiles): (now: number) => void {
  let next = Number.NEGATIVE_INFINITY;
  return (now) => {
    if (now < next || !existsSync(files.settled)) return;
    next = now + FORGOTTEN_EVERY;
    for (const name of readdirSync(files.settled)) {
      const path = join(files.settled, name);
      if (now - statSync(path).mtimeMs > KEPT_FOR) rmSync(path, { force: true });
    }
  };
}

/** @throws {BatchUnreadable | NodeJS.ErrnoException} the latter from the disk */
export function findSettled(files: MeteringFiles, identifier: string): MeterEvent | undefined {
  const id = segmentOf(identifier);
  if (id === undefined) return undefined;
  const path = join(files.settled, `${id}.json`);
  if (!existsSync(path)) return undefined;
  return parseEvents(readFileSync(path, "utf8"), id).find((event) => event.identifier === identifier);
}
