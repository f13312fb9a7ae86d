import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import fc from "fast-check";
import type { Findings } from "../../../bench/soak/findings.ts";
import { createLabHandler, createOwnHandler } from "../../../bench/soak/handlers.ts";
import { runWorld } from "../../../bench/soak/run-world.ts";
import type { AgainLogin, NewPerson, Step } from "../../../bench/soak/step.ts";
import { createWorld } from "../../../bench/soak/world.ts";
import { type FaultKind, faultKinds } from "../../../local/stripe/fault-kinds.ts";
import { checkProperty } from "../../support/check-property.ts";

const ALL_RIGHT: Findings = { doubles: 0, without: 0, wrongLinks: 0, takenOver: 0, deniedReturns: 0 };

beforeEach(() => {
  jest.spyOn(console, "log").mockImplementation(() => {});
  jest.spyOn(console, "error").mockImplementation(() => {});
});

afterEach(() => {
  jest.restoreAllMocks();
});

const number = fc.nat({ max: 20 });
const newPerson: fc.Arbitrary<NewPerson> = fc.record({
  email: fc.nat({ max: 1 }),
  via: fc.constantFrom("database", "social"),
  isVerified: fc.boolean().map((isNot) => !isNot),
  tabs: fc.integer({ min: 1, max: 2 }),
  crashes: fc.boolean(),
});
const againLogin: fc.Arbitrary<AgainLogin> = fc.record({
  person: number,
  via: fc.constantFrom("password", "silent", "refresh"),
  crashes: fc.boolean(),
});
const many = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 1, maxLength: 3 });
const { record } = fc;
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: record({ kind: fc.constant("sign up"), people: many(newPerson) }) },
  { weight: 3, arbitrary: record({ kind: fc.constant("log in"), logins: many(againLogin) }) },
  {
    weight: 4,
    arbitrary: record({
      kind: fc.constant("fault"),
      fault: fc.constantFrom(...(Object.keys(faultKinds) as FaultKind[])),
      on: fc.constantFrom("any", "GET", "POST"),
      times: fc.integer({ min: 1, max: 4 }),
    }),
  },
  record({ kind: fc.constant("healed") }),
  record({ kind: fc.constant("time passes"), hours: fc.constantFrom(0.1, 12, 24, 72) }),
  record({ kind: fc.constant("leave"), person: number, comesBack: fc.boolean() }),
  record({ kind: fc.constant("link"), person: number, other: number }),
) as fc.Arbitrary<Step>;

test("whatever happens, an email has one customer at most, and who has no rival for it has theirs in the end", async () => {
  const property = fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
    const world = createWorld({ emails: 2, createHandler: createOwnHandler });
    try {
      for (const each of steps) await world.perform(each);
      expect(world.findings()).toMatchObject({ doubles: 0, wrongLinks: 0, takenOver: 0, deniedReturns: 0 });
      await world.heal();
      expect(world.findings()).toEqual(ALL_RIGHT);
    } finally {
      await world.close();
    }
  });
  await checkProperty(property, { runs: 15, seed: 1 });
});

test("a life of a hundred sign-ups leaves nothing wrong", async () => {
  const { counts, findings } = await runWorld(2, 100, createOwnHandler);
  expect(counts.signUps).toBeGreaterThanOrEqual(100);
  expect(findings).toEqual(ALL_RIGHT);
});

test("the lab's steps leave customers double, users without one, and returning users denied", async () => {
  const { findings } = await runWorld(2, 100, createLabHandler);
  expect(findings.doubles).toBeGreaterThan(0);
  expect(findings.without).toBeGreaterThan(0);
  expect(findings.deniedReturns).toBeGreaterThan(0);
});
