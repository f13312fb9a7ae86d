import { setTimeout as sleep } from "node:timers/promises";
import { isLostAnswer } from "./lost-answer.ts";

const ATTEMPTS = 3;

/**
 * Sends a POST that must not be carried out twice. After a lost answer the tenant is looked at before the next attempt.
 *
 * @param find what the POST brings about, if it is there; undefined if not
 */
export async function settlePost<T>(send: () => Promise<T>, find: () => Promise<T | undefined>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      if (!isLostAnswer(error)) throw error;
      const found = await find();
      if (found !== undefined) return found;
      if (attempt === ATTEMPTS) throw error;
      await sleep(250 * attempt);
    }
  }
}
