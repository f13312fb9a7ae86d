import { describe, expect, test } from "@jest/globals";
import { createRateLimiter } from "../../../local/auth0/management/rate-limit.ts";
import { createRateLimitGate } from "../../../scripts/deploy/rate-limit-gate.ts";

/** Requests that all want to go at once, to a tenant whose limit is Auth0's, on a clock that only their waiting moves. */
async function sendAtOnce(
  count: number,
  limit: { readonly perSecond: number; readonly burst: number },
  secondsOfOthers = 0,
) {
  const start = 1_700_000_000_000;
  let time = start;
  const refusals: number[] = [];
  const takeTurn = createRateLimiter(limit, () => time);
  const gate = createRateLimitGate(
    () => time,
    async (ms) => {
      time += ms;
    },
  );
  let sent = 0;
  const send = async (): Promise<Response> => {
    if (time < start + secondsOfOthers * 1000) while (takeTurn().allowed);
    const { allowed, headers } = takeTurn();
    sent += 1;
    if (!allowed) refusals.push((time - start) / 1000);
    return new Response(null, { status: allowed ? 200 : 429, headers });
  };
  const sendAllowed = async (): Promise<void> => {
    while ((await gate.pass(send)).status === 429);
  };
  await Promise.all(Array.from({ length: count }, sendAllowed));
  return { sent, refusals, seconds: (time - start) / 1000 };
}

describe("a gate that keeps to the tenant's rate limit", () => {
  test.each([
    ["more than a second's requests", 55, { perSecond: 10, burst: 10 }, 5],
    ["a bucket that is larger than a second's", 60, { perSecond: 10, burst: 50 }, 1],
    ["two a second, with some in hand", 30, { perSecond: 2, burst: 10 }, 10],
  ])("sends %s as fast as the limit lets them, and has none refused", async (_, count, limit, seconds) => {
    expect(await sendAtOnce(count, limit)).toEqual({ sent: count, refusals: [], seconds });
  });

  test("has one request a second ask while others use the limit up", async () => {
    const { refusals, seconds } = await sendAtOnce(20, { perSecond: 10, burst: 10 }, 4);
    expect([refusals, seconds]).toEqual([[0, 1, 2, 3], 5]);
  });

  test("goes by the least that one second's answers say is left, in whatever order they come", async () => {
    const gate = createRateLimitGate(
      () => 0,
      () => new Promise(() => {}),
    );
    let left = 8;
    let refused = 0;
    const answers: (() => void)[] = [];
    const send = (): Promise<Response> => {
      left -= 1;
      if (left < 0) refused += 1;
      const headers = { "x-ratelimit-remaining": String(Math.max(left, 0)), "x-ratelimit-reset": "1" };
      return new Promise((resolve) => answers.push(() => resolve(new Response("{}", { headers }))));
    };
    const pass = async (count: number): Promise<void> => {
      for (let sent = 0; sent < count; sent += 1) void gate.pass(send);
      while (answers.length > 0) {
        // Those under way are answered, the latest first.
        const order = answers.splice(0).reverse();
        for (const answer of order) answer();
        await new Promise((done) => setImmediate(done));
      }
    };
    await pass(1);
    await pass(2);
    await pass(10);
    expect([left, refused]).toEqual([0, 0]);
  });

  test("holds eight at once where no answer says how many are left", async () => {
    const gate = createRateLimitGate();
    let [underWay, most] = [0, 0];
    const send = async (): Promise<Response> => {
      most = Math.max(most, ++underWay);
      await new Promise((done) => setImmediate(done));
      underWay -= 1;
      return new Response("{}");
    };
    await Promise.all(Array.from({ length: 30 }, () => gate.pass(send)));
    expect(most).toBe(8);
  });

  test("lets the others through when one fails", async () => {
    const gate = createRateLimitGate();
    const fails = gate.pass(() => Promise.reject(new TypeError("fetch failed")));
    await expect(fails).rejects.toThrow("fetch failed");
    expect((await gate.pass(async () => new Response("{}"))).status).toBe(200);
  });
});
