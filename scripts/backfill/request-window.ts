/** Milliseconds. */
export const SECOND = 1000;
/** Milliseconds: what was let through before says nothing of the limit as it is now. */
const KEPT = 3 * SECOND;

export interface SentRequest {
  /** Milliseconds. */
  readonly at: number;
}

/** The requests of the last seconds, without those that were refused. */
export interface RequestWindow {
  add(at: number): SentRequest;
  remove(request: SentRequest): void;
  /** From when on one more makes no more than so many in any second. */
  freeAt(perSecond: number): number;
  /** The most that were sent within a second, that request and those before it. */
  countMost(until: SentRequest): number;
}

export function createRequestWindow(): RequestWindow {
  const sent: SentRequest[] = [];
  const isOver = (request: SentRequest | undefined, now: number): boolean =>
    request !== undefined && now - request.at >= KEPT;
  return {
    add(at) {
      while (isOver(sent[0], at)) sent.shift();
      const request = { at };
      sent.push(request);
      return request;
    },
    remove(request) {
      const index = sent.indexOf(request);
      if (index !== -1) sent.splice(index, 1);
    },
    freeAt(perSecond) {
      const last = sent.at(-Math.max(1, Math.floor(perSecond)));
      return last === undefined ? Number.NEGATIVE_INFINITY : last.at + SECOND;
    },
    countMost({ at }) {
      let most = 0;
      let start = 0;
      for (const [index, request] of sent.entries()) {
        if (request.at > at) break;
        while (request.at - (sent[start]?.at ?? 0) >= SECOND) start += 1;
        most = Math.max(most, index - start + 1);
      }
      return most;
    },
  };
}
