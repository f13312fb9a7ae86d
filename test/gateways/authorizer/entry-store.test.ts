import { expect, test } from "@jest/globals";
import { createEntryStore } from "../../../gateways/authorizer/billing/entry-store.ts";

interface Entry {
  pays: boolean;
}
const open = () => createEntryStore<Entry>({ paying: 3, others: 2 }, ({ pays }) => pays);
const fill = (store: ReturnType<typeof open>, pays: boolean, ...keys: string[]) => {
  for (const key of keys) store.keep(key, { pays });
};
const held = (store: ReturnType<typeof open>, keys: string) => [...keys].filter((key) => store.peek(key)).join("");

test("what does not pay never takes the place of what pays", () => {
  const store = open();
  fill(store, true, "a", "b");
  fill(store, false, ..."cdefghij");
  expect(held(store, "abcdefghij")).toBe("abij");
  expect(store.paying).toBe(2);
});

test("of those who pay the one that was used longest ago goes", () => {
  const store = open();
  fill(store, true, "a", "b", "c");
  store.use("a");
  store.peek("b");
  fill(store, true, "d");
  expect(held(store, "abcd")).toBe("acd");
});

test("who pays no more gives room at the next use, and who begins to is kept", () => {
  const store = open();
  const [ceases, begins] = [{ pays: true }, { pays: false }];
  store.keep("a", ceases);
  store.keep("b", begins);
  [ceases.pays, begins.pays] = [false, true];
  expect(store.use("a")).toBe(ceases);
  expect(store.use("b")).toBe(begins);
  expect(store.paying).toBe(1);
  fill(store, false, "c", "d");
  expect(held(store, "abcd")).toBe("bcd");
});

test("an entry that is kept anew is one entry", () => {
  const store = open();
  fill(store, true, "a");
  fill(store, false, "a");
  expect(store.paying).toBe(0);
  expect(store.peek("a")).toEqual({ pays: false });
});
