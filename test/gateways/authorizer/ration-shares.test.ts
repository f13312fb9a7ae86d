import { beforeEach, expect, test } from "@jest/globals";
import {
  createReadRation,
  type ReadPurpose,
  type ReadRation,
} from "../../../gateways/authorizer/billing/read-ration.ts";

const MONTH = 30 * 24 * 3_600_000;
let now: number;
let short: ReadPurpose[];
let ration: ReadRation;
beforeEach(() => {
  now = 0;
  short = [];
  // Of 20 a month half can be saved up: eight for those who pay, two for the others.
  ration = createReadRation({
    readsPerMonth: 20,
    processes: 1,
    countPayers: () => 0,
    clock: () => now,
    onShort: (purpose) => short.push(purpose),
  });
});
/** How many it permits until it does no more. */
const permitAll = (purpose: ReadPurpose): number => {
  let permitted = 0;
  while (permitted < 50 && ration.permit(purpose) !== undefined) permitted += 1;
  return permitted;
};

test.each<[ReadPurpose, number]>([
  ["unpaid", 2],
  // A fifth of theirs is kept for first readings.
  ["paid", 7],
  // These may use what the others have as well.
  ["first", 10],
])("for %s readings there are %i, and then the next one waits", (purpose, expected) => {
  expect(permitAll(purpose)).toBe(expected);
  expect([short, ration.spent, ration.left]).toEqual([[purpose], expected, 10 - expected]);
});

test("what some have used up, others have not", () => {
  expect([permitAll("unpaid"), permitAll("paid"), permitAll("first")]).toEqual([2, 7, 1]);
});

test("half of a month's reads come back in a month", () => {
  expect(permitAll("first")).toBe(10);
  now += MONTH / 2;
  expect([permitAll("unpaid"), permitAll("first")]).toEqual([1, 4]);
  now += 10 * MONTH;
  expect([permitAll("unpaid"), permitAll("first")]).toEqual([2, 8]);
});
