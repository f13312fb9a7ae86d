import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { parseBillingRules } from "../../../gateways/authorizer/billing/rules.ts";
import { createSteadyClock } from "../../../gateways/authorizer/steady-clock.ts";
import { type Gateway, openGateway } from "../../../gateways/open-gateway.ts";
import { createTestSource, subscribed, type TestBillingSource } from "../support/billing-source.ts";
import { AUDIENCE, createSigningKey, goodClaims, ISSUER, NOW, type SigningKey, signToken } from "../support/issuer.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const first = createSigningKey("key-1");
const second = createSigningKey("key-2");

/** The machine's clock, which people set, and the time that passes. */
let wall: number;
let passed: number;
const pass = (time: number) => {
  wall += time;
  passed += time;
};
beforeEach(() => {
  [wall, passed] = [NOW * 1000, 0];
  jest.spyOn(Date, "now").mockImplementation(() => wall);
  jest.spyOn(performance, "now").mockImplementation(() => passed);
});
afterEach(() => {
  jest.restoreAllMocks();
});

describe("a clock for durations", () => {
  test.each<[string, () => void, number]>([
    ["time that passes", () => pass(HOUR), HOUR],
    ["a clock that is set back", () => (wall -= DAY), 0],
    ["one that is set ahead, as after a sleep", () => (wall += DAY), DAY],
    ["one that is moved by less than a second", () => (wall += 900), 0],
  ])("%s", (_name, happen, expected) => {
    const clock = createSteadyClock();
    const before = clock();
    happen();
    expect(clock() - before).toBe(expected);
    pass(MINUTE);
    expect(clock() - before).toBe(expected + MINUTE);
  });

  test("two clocks that are read at slightly different times add up to the time that passes", () => {
    const clock = createSteadyClock();
    const before = clock();
    for (let index = 0; index < 10_000; index++) {
      passed += 0.3;
      wall = NOW * 1000 + Math.floor(passed);
      clock();
    }
    expect(clock() - before).toBeCloseTo(3000, 3);
  });
});

describe("a clock that was a day ahead once, and is set back", () => {
  let source: TestBillingSource;
  let keys: readonly SigningKey[];
  let isDown: boolean;
  let gateway: Gateway;
  beforeEach(() => {
    source = createTestSource();
    keys = [first];
    isDown = false;
    gateway = openGateway({
      issuer: ISSUER,
      audience: AUDIENCE,
      rules: parseBillingRules({ scopes: [{ method: "get", baseURL: "reports" }] }),
      source,
      fetchKeySet: async () => {
        if (isDown) throw new Error("down");
        return { keys: keys.map(({ jwk }) => jwk) };
      },
    });
  });
  const ask = async (key = first) => {
    const now = wall / 1000;
    const claims = {
      ...goodClaims,
      iat: now,
      exp: now + 7200,
      scope: "get:reports",
      [`${AUDIENCE}stripe_customer_id`]: "cus_1",
    };
    const decision = await gateway.authorize({
      method: "GET",
      target: "/reports",
      headers: { authorization: `Bearer ${signToken(key, claims)}` },
    });
    await setImmediate();
    return decision.kind === "refused" ? decision.code : decision.kind;
  };

  test("does not let a key that is revoked live on", async () => {
    source.subscriptions.set("cus_1", [subscribed("active", "prod_reports")]);
    wall += DAY;
    expect(await ask()).toBe("allowed");
    wall -= DAY;
    keys = [second];
    pass(11 * MINUTE);
    await ask();
    expect(await ask()).toBe("key_unknown");
    expect(await ask(second)).toBe("allowed");
  });

  test("does not let a subscription that is over live on", async () => {
    source.subscriptions.set("cus_1", [subscribed("active", "prod_reports")]);
    wall += DAY;
    expect(await ask()).toBe("allowed");
    wall -= DAY;
    source.subscriptions.set("cus_1", []);
    pass(2 * HOUR);
    await ask();
    expect(await ask()).toBe("subscription_missing");
  });

  test("does not keep out who pays now", async () => {
    wall += DAY;
    expect(await ask()).toBe("subscription_missing");
    wall -= DAY;
    source.subscriptions.set("cus_1", [subscribed("active", "prod_reports")]);
    pass(31 * SECOND);
    expect(await ask()).toBe("allowed");
  });

  test("does not prolong the rests after failures of the issuer and of Stripe", async () => {
    source.subscriptions.set("cus_1", [subscribed("active", "prod_reports")]);
    isDown = true;
    wall += DAY;
    expect(await ask()).toBe("keys_unavailable");
    wall -= DAY;
    isDown = false;
    source.isDown = true;
    pass(11 * SECOND);
    wall += DAY;
    expect(await ask()).toBe("billing_unavailable");
    wall -= DAY;
    source.isDown = false;
    pass(11 * SECOND);
    expect(await ask()).toBe("allowed");
  });
});
