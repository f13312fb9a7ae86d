import { expect, test } from "@jest/globals";
import { createRateLimiter } from "../../../../local/auth0/management/rate-limit.ts";

test("a clock that is set back takes no requests away, and each second from then on brings what it always brings", () => {
  let now = Date.parse("2026-11-30T12:00:00Z");
  const takeTurn = createRateLimiter({ perSecond: 1, burst: 3 }, () => now);
  const take = () => takeTurn().allowed;
  expect(take()).toBe(true);
  now -= 86_400_000;
  expect([take(), take(), take()]).toEqual([true, true, false]);
  now += 1000;
  expect([take(), take()]).toEqual([true, false]);
});
