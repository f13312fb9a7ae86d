import { beforeEach, describe, expect, test } from "@jest/globals";
import { createExpiring, type Expiring } from "../../../local/state/expiring.ts";

describe("values that expire", () => {
  let now: number;
  let values: Expiring<string>;
  beforeEach(() => {
    now = 1_000_000;
    values = createExpiring(() => now, 1_000);
  });

  test("are there until their lifetime is over, and not at its end", () => {
    values.set("a", "one");
    now += 999;
    expect(values.get("a")).toBe("one");
    now += 1;
    expect(values.get("a")).toBeUndefined();
  });

  test("live anew when they are set again, and not when they are replaced", () => {
    values.set("a", "one");
    values.set("b", "one");
    now += 600;
    values.set("a", "two");
    values.replace("b", "two");
    expect(values.get("b")).toBe("two");
    now += 600;
    expect([values.get("a"), values.get("b")]).toEqual(["two", undefined]);
  });

  test("cannot be replaced once they are gone", () => {
    values.set("a", "one");
    now += 1_000;
    values.replace("a", "two");
    values.replace("b", "two");
    expect([values.get("a"), values.get("b")]).toEqual([undefined, undefined]);
  });

  test("do not pile up: what has expired goes when something new comes", () => {
    for (let count = 0; count < 100; count += 1) {
      values.set(`key ${count}`, "value");
      now += 100;
    }
    expect(values.size).toBeLessThanOrEqual(10);
  });

  test("are gone when deleted, which says whether they were there", () => {
    values.set("a", "one");
    expect([values.delete("a"), values.delete("a"), values.get("a")]).toEqual([true, false, undefined]);
  });
});
