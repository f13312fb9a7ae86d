import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "@jest/globals";
import { createRetryingFetch, type RetryPolicy, type RetryTimers } from "../../../scripts/deploy/retrying-fetch.ts";

type Step = number | "lost" | "never";
const URL_OF_API = "https://tenant.example/api/v2/clients";

/** Answers one step after the other and counts what arrives; no time passes but what is asked for. */
function answer(...steps: readonly Step[]) {
  const sent: string[] = [];
  const waits: number[] = [];
  const limits: number[] = [];
  const timers: RetryTimers = {
    wait: async (milliseconds) => waits.push(milliseconds),
    expire: (milliseconds) => {
      limits.push(milliseconds);
      const expiry = new AbortController();
      setImmediate(() => expiry.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError")));
      return expiry.signal;
    },
  };
  const send = (async (input, init) => {
    const step = steps[Math.min(sent.length, steps.length - 1)] ?? 200;
    sent.push(`${init?.method ?? "GET"} ${new URL(String(input)).pathname}`);
    if (step === "lost") throw new TypeError("fetch failed");
    if (step === "never") {
      return new Promise<Response>((_, reject) => {
        init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
      });
    }
    return new Response("{}", { status: step, headers: step === 429 ? { "retry-after": "0" } : {} });
  }) as typeof fetch;
  const start = (policy: Partial<RetryPolicy> = {}) => createRetryingFetch(policy, send, timers);
  return { sent, waits, limits, start };
}

describe("a retrying fetch", () => {
  test.each<[string, string, readonly Step[], number | string, number]>([
    ["an answer at once", "GET", [200], 200, 1],
    ["a refusal", "PATCH", [400], 400, 1],
    ["a lost answer to a PATCH", "PATCH", ["lost", 200], 200, 2],
    ["a 5xx to a DELETE", "DELETE", [500, 503, 200], 200, 3],
    ["an answer that never comes to a GET", "GET", ["never", 200], 200, 2],
    ["5xx for good", "PATCH", [500], 500, 4],
    ["lost answers for good", "GET", ["lost"], "fetch failed", 4],
    ["a 5xx to a POST, which may have been carried out", "POST", [500, 201], 500, 1],
    ["a lost answer to a POST", "POST", ["lost", 201], "fetch failed", 1],
    ["an answer that never comes to a POST", "POST", ["never", 201], "timeout", 1],
    ["rate limits, which did nothing, to a POST", "POST", [429, 429, 201], 201, 3],
  ])("%s: %s", async (_, method, steps, outcome, count) => {
    const { sent, start } = answer(...steps);
    const ended = await start()(URL_OF_API, { method }).then(
      ({ status }) => status,
      (error: Error) => error.message,
    );
    expect(String(ended)).toContain(String(outcome));
    expect(sent).toEqual(Array(count).fill(`${method} /api/v2/clients`));
  });

  test("asks for a token again: a second one harms nobody", async () => {
    const { sent, start } = answer(500, 200);
    await start()("https://tenant.example/oauth/token", { method: "POST" });
    expect(sent).toHaveLength(2);
  });

  test("gives a rate limit back that does not end", async () => {
    const { sent, start } = answer(429);
    const { status } = await start({ rateLimitRetries: 2 })(URL_OF_API);
    expect([status, sent.length]).toEqual([429, 3]);
  });

  test("waits five seconds for each answer, and twice as long before each further attempt", async () => {
    const { limits, waits, start } = answer(500, "lost", 500);
    await start()(URL_OF_API);
    expect({ limits, waits }).toEqual({ limits: [5_000, 5_000, 5_000, 5_000], waits: [400, 800, 1_600] });
  });
});

test("what is sent goes nowhere else: a redirect is an answer, not an address for what the request holds", async () => {
  const reached: string[] = [];
  const elsewhere = createServer((request, response) => {
    reached.push(`${request.method} ${request.url}`);
    response.end("{}");
  });
  const portal = createServer((_, response) => {
    response.writeHead(307, { location: `http://127.0.0.1:${portOf(elsewhere)}/login` }).end();
  });
  try {
    for (const server of [elsewhere, portal]) await once(server.listen(0, "127.0.0.1"), "listening");
    const send = createRetryingFetch({ attempts: 1 });
    const { status } = await send(`http://127.0.0.1:${portOf(portal)}/oauth/token`, { method: "POST", body: "secret" });
    expect({ status, reached }).toEqual({ status: 307, reached: [] });
  } finally {
    for (const server of [elsewhere, portal]) server.close();
  }
});

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
