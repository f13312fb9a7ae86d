import type { Deadline } from "./deadline.ts";
import { readFailure, Unsettled } from "./failure.ts";

/** Reads until there is an answer or no time. @throws {Unsettled} */
export async function readWithRetries<T>(read: () => Promise<T>, deadline: Deadline): Promise<T> {
  let failed = "";
  for (;;) {
    try {
      return await read();
    } catch (error) {
      const { kind, facts } = readFailure(error);
      if (kind !== "unknown") throw new Unsettled(facts + failed);
      failed = `, after ${facts}`;
      await deadline.pause();
    }
  }
}
