import type { Outcome } from "./outcome.ts";

/** One request. Neither parameters nor keys: they hold email addresses and secrets. */
interface LoggedRequest {
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  /** The route that matched, or empty. */
  readonly route: string;
  readonly idempotencyKey: string | undefined;
  readonly outcome: Outcome["kind"];
  /** None when there was no answer. */
  readonly status: number | undefined;
  readonly replayed: boolean;
}

export interface RequestLog {
  /** The newest thousand, oldest first. */
  entries(): readonly LoggedRequest[];
  clear(): void;
  add(request: Omit<LoggedRequest, "outcome" | "status" | "replayed"> & { outcome: Outcome }): void;
}

const KEPT = 1000;

export function createRequestLog(): RequestLog {
  let entries: LoggedRequest[] = [];
  return {
    entries: () => entries,
    clear() {
      entries = [];
    },
    add({ outcome, ...request }) {
      const answer = "answer" in outcome ? outcome.answer : undefined;
      entries.push({
        ...request,
        outcome: outcome.kind,
        status: answer?.status,
        replayed: answer?.headers["idempotent-replayed"] === "true",
      });
      if (entries.length > KEPT * 2) entries = entries.slice(-KEPT);
    },
  };
}
