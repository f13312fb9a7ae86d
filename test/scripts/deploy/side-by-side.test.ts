import { describe, expect, test } from "@jest/globals";
import { sideBySide } from "../../../scripts/deploy/side-by-side.ts";

const turn = () => new Promise((done) => setImmediate(done));
const numbers = Array.from({ length: 30 }, (_, index) => index);

describe("work that is done side by side", () => {
  test("has its results in the order of the items", async () => {
    const results = await sideBySide(numbers, async (number) => {
      for (let turns = number % 3; turns > 0; turns -= 1) await turn();
      return number * 2;
    });
    expect(results).toEqual(numbers.map((number) => number * 2));
  });

  test("begins nothing after a failure, and waits for what has begun before it throws the first one", async () => {
    const [begun, ended]: [number[], number[]] = [[], []];
    const work = sideBySide(numbers, async (number) => {
      begun.push(number);
      for (let turns = number; turns > 0; turns -= 1) await turn();
      if (number === 1 || number === 3) throw new Error(`refused ${number}`);
      ended.push(number);
    });
    await expect(work).rejects.toThrow("refused 1");
    expect(begun.length).toBeLessThan(numbers.length);
    expect([...ended, 1, 3].sort((a, b) => a - b)).toEqual(begun);
  });
});
