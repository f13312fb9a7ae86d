import { internalError } from "./errors.ts";
import { type Answer, type Outcome, renderFailure } from "./outcome.ts";
import { lockTimeout, rateLimited } from "./rate-limits.ts";

/** What a kind of fault does, and when. */
export interface FaultEffect {
  /** Before the request was looked at: wait, … */
  readonly arriveLate?: true;
  /** … or end it here. Nothing has been done. */
  readonly arrive?: () => Outcome;
  /** The work takes long; meanwhile its idempotency key is in use. */
  readonly workLong?: true;
  /** The work fails with a 500 that is stored under the idempotency key, before or after it changed anything. */
  readonly fail?: "before" | "after";
  /** The work is done and stored; this is what the caller gets instead of the answer. */
  readonly finish?: (answer: Answer, ms: number) => Outcome;
}

const answerWith = (answer: Answer): Outcome => ({ kind: "answer", answer });
/** A proxy's page: no error object, no request id. */
const BAD_GATEWAY: Answer = {
  status: 502,
  headers: { "content-type": "text/html" },
  body: "<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>",
};

export const faultKinds = {
  /** Reaches Stripe late. */
  delay: { arriveLate: true },
  /** Stripe works on it for long: another request with its key gets a 409. */
  busy: { workLong: true },
  /** Done, and the answer trickles in, a byte at a time: an idle timeout never fires. */
  drip: { finish: (answer, ms) => ({ kind: "drip", answer, ms }) },
  /** Never answered; nothing was done. */
  hang: { arrive: () => ({ kind: "hang" }) },
  /** Done, never answered. */
  "hang-after": { finish: () => ({ kind: "hang" }) },
  "reset-before": { arrive: () => ({ kind: "reset" }) },
  /** Done, and the connection breaks before the answer. */
  "reset-after": { finish: () => ({ kind: "reset" }) },
  "429": { arrive: () => answerWith(renderFailure(rateLimited("endpoint-rate"))) },
  "lock-timeout": { arrive: () => answerWith(renderFailure(lockTimeout())) },
  /** Nothing was done, and the 500 is stored: the same key gets it again for a day. */
  "500": { fail: "before" },
  /** Done, all the same a 500, stored. */
  "500-after": { fail: "after" },
  /** A 500 from before the API, not stored. */
  "500-unstored": { arrive: () => answerWith(renderFailure(internalError())) },
  "html-502": { arrive: () => answerWith(BAD_GATEWAY) },
  "html-502-after": { finish: () => answerWith(BAD_GATEWAY) },
} as const satisfies Record<string, FaultEffect>;

export type FaultKind = keyof typeof faultKinds;

export function effectOf(kind: FaultKind | undefined): FaultEffect {
  return kind === undefined ? {} : faultKinds[kind];
}
