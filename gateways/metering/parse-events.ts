import type { SegmentId } from "./files.ts";
import { isMeterEvent, type MeterEvent } from "./meter-event.ts";
import { identifierOf } from "./plan-batch.ts";

/** The file is there, and holds something else than a batch. */
export class BatchUnreadable extends Error {
  override readonly name = "BatchUnreadable";
}

/** @throws {BatchUnreadable} */
export function parseEvents(text: string, id: SegmentId): readonly MeterEvent[] {
  const { version, events } = parseObject(text);
  const isOurs = (event: unknown, index: number): event is MeterEvent =>
    isMeterEvent(event) && event.identifier === identifierOf(id, index);
  if (version !== 1 || !Array.isArray(events) || !events.every(isOurs))
    throw new BatchUnreadable("It does not hold the events of its segment.");
  return events;
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch (error) {
    throw new BatchUnreadable("It is not valid JSON.", { cause: error });
  }
}
