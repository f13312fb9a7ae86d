import { beforeEach, expect, jest, test } from "@jest/globals";
import type { Entry } from "../../../gateways/authorizer/billing/entry.ts";
import { createEntryStore } from "../../../gateways/authorizer/billing/entry-store.ts";
import { createLearner } from "../../../gateways/authorizer/billing/learn.ts";
import type { Sharing } from "../../../gateways/authorizer/billing/sharing.ts";

let now: number;
let store: ReturnType<typeof createEntryStore<Entry<string>>>;
let look: jest.Mock<Sharing["look"]>;
beforeEach(() => {
  now = 100_000;
  store = createEntryStore({ paying: 10, others: 10 }, () => true);
  look = jest.fn(async () => ({ found: undefined }));
});
const open = (isUp: boolean) => {
  const sharing: Sharing = { isUp, draw: async () => undefined, look, put: async () => true };
  const parse = (value: unknown) => (typeof value === "string" ? value : undefined);
  return createLearner({ sharing, kind: "customers", render: (value: string) => value, parse }, store, () => now);
};
const keep = (agreedAt: number): Entry<string> => {
  const entry = { value: "a", readAt: 0, doubts: 0, ticket: undefined, goodAt: 0, agreedAt };
  store.keep("key", entry);
  return entry;
};

test.each([
  ["and nothing is known", undefined],
  ["and something is known", 0],
])("while the store is away %s, each goes by what it knows, and does not ask", async (_what, agreedAt) => {
  if (agreedAt !== undefined) keep(agreedAt);
  await expect(open(false).learn("key")).resolves.toBe("alone");
  expect(look).not.toHaveBeenCalled();
});

test.each([
  [1_999, "agreed", 0],
  [2_000, "lost", 1],
])("what was compared %i ms ago is %s", async (ago, standing, looks) => {
  const entry = keep(now - ago);
  await expect(open(true).learn("key")).resolves.toBe(standing);
  expect([look.mock.calls.length, entry.agreedAt]).toEqual([looks, looks === 0 ? now - ago : now]);
});

test("those who ask at once share one look", async () => {
  const learner = open(true);
  expect(await Promise.all([learner.learn("key"), learner.learn("key"), learner.learn("other")])).toEqual([
    "agreed",
    "agreed",
    "agreed",
  ]);
  expect(look.mock.calls).toEqual([
    ["customers", "key"],
    ["customers", "other"],
  ]);
  await learner.learn("key");
  expect(look).toHaveBeenCalledTimes(3);
});

test("a store that does not answer leaves each alone", async () => {
  look.mockResolvedValue(undefined);
  await expect(open(true).learn("key")).resolves.toBe("alone");
});
