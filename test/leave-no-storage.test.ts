import { AsyncLocalStorage } from "node:async_hooks";
import { expect, jest, test } from "@jest/globals";

test("what one file of tests stores, the next one is not told of", async () => {
  const storage = new AsyncLocalStorage<string>();
  const seen = await storage.run("this file's", async () => {
    const before = storage.getStore();
    await jest.isolateModulesAsync(async () => {
      await import("./support/leave-no-storage.ts");
    });
    return [before, storage.getStore()];
  });
  expect(seen).toEqual(["this file's", undefined]);
});
