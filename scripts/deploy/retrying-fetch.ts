import { setTimeout as sleep } from "node:timers/promises";
import { createRateLimitGate } from "./rate-limit-gate.ts";

export interface RetryPolicy {
  /** Milliseconds after which a request without an answer is given up. */
  readonly timeout: number;
  /** How often a request that may be repeated is sent in all. */
  readonly attempts: number;
  /** Milliseconds before the second attempt; doubled before each further one. */
  readonly pause: number;
  /** How often a request that the rate limit refused is sent again. */
  readonly rateLimitRetries: number;
}

/** What passes the time. */
export interface RetryTimers {
  readonly wait: (milliseconds: number) => Promise<unknown>;
  /** Aborts after that time, with a reason that says so. */
  readonly expire: (milliseconds: number) => AbortSignal;
}

const REAL_TIME: RetryTimers = { wait: sleep, expire: (milliseconds) => AbortSignal.timeout(milliseconds) };

const DEFAULT: RetryPolicy = { timeout: 5_000, attempts: 4, pause: 400, rateLimitRetries: 20 };

/**
 * A fetch for the Management API. A request that was refused for the rate limit (429) did nothing and is sent again when
 * the headers say. Without an answer, or after a 5xx, only requests that may arrive twice are repeated: a POST may have
 * been carried out although its answer was lost, and its caller has to look.
 */
export function createRetryingFetch(
  retryPolicy: Partial<RetryPolicy> = {},
  send: typeof fetch = fetch,
  { wait, expire }: RetryTimers = REAL_TIME,
): typeof fetch {
  const { timeout, attempts, pause, rateLimitRetries } = { ...DEFAULT, ...retryPolicy };
  const gate = createRateLimitGate(Date.now, wait);
  return async (input, init) => {
    const mayRepeat = isRepeatable(input, init?.method ?? "GET");
    let attempt = 1;
    let rateLimited = 0;
    for (;;) {
      const answer = await attemptOnce(() =>
        // Auth0 and Stripe send nobody elsewhere, and a secret in the request would go along.
        gate.pass(() => send(input, { ...init, redirect: "manual", signal: expire(timeout) })),
      );
      if (answer.kind === "response" && answer.response.status === 429 && rateLimited < rateLimitRetries) {
        rateLimited += 1;
        await answer.response.body?.cancel();
        continue;
      }
      const isLost = answer.kind === "error" || answer.response.status >= 500;
      if (!isLost || !mayRepeat || attempt >= attempts) {
        if (answer.kind === "error") throw answer.error;
        return answer.response;
      }
      if (answer.kind === "response") await answer.response.body?.cancel();
      await wait(pause * 2 ** (attempt - 1));
      attempt += 1;
    }
  };
}

type Answer =
  | { readonly kind: "response"; readonly response: Response }
  | { readonly kind: "error"; readonly error: unknown };

/** The body is read here, under the same time limit: an answer that stops half way is a lost one. */
async function attemptOnce(send: () => Promise<Response>): Promise<Answer> {
  try {
    const response = await send();
    const body = [204, 304].includes(response.status) ? null : await response.arrayBuffer();
    const { status, statusText, headers } = response;
    return { kind: "response", response: new Response(body, { status, statusText, headers }) };
  } catch (error) {
    return { kind: "error", error };
  }
}

/** RFC 9110 §9.2.2, and the token endpoint: a second token harms nobody. */
function isRepeatable(input: Parameters<typeof fetch>[0], method: string): boolean {
  if (method.toUpperCase() !== "POST") return true;
  const url = input instanceof Request ? input.url : String(input);
  return new URL(url).pathname === "/oauth/token";
}
