import { expect, test } from "@jest/globals";
import { createSaveQueue } from "../../../scripts/dev/save-queue.ts";

/** A queue whose saves end when they are told to. */
function openQueue() {
  const saves: { readonly files: readonly string[]; readonly end: (isLive: boolean) => void }[] = [];
  const queue = createSaveQueue(
    (changed) => new Promise((resolve) => saves.push({ files: [...changed], end: resolve })),
  );
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { queue, saves, settle };
}

test("files that are saved while one is worked on make the next save together", async () => {
  const { queue, saves, settle } = openQueue();
  queue.add("a.ts");
  queue.add("b.ts");
  queue.add("b.ts");
  queue.add("c.ts");
  expect(saves.map(({ files }) => files)).toEqual([["a.ts"]]);
  saves[0]?.end(true);
  await settle();
  expect(saves.map(({ files }) => files)).toEqual([["a.ts"], ["b.ts", "c.ts"]]);
});

test("files of a save that failed come again with the next, and no more once they are live", async () => {
  const { queue, saves, settle } = openQueue();
  queue.add("a.ts");
  saves[0]?.end(false);
  await settle();
  expect(saves).toHaveLength(1);
  queue.add("b.ts");
  expect(new Set(saves[1]?.files)).toEqual(new Set(["a.ts", "b.ts"]));
  saves[1]?.end(true);
  await settle();
  queue.add("c.ts");
  expect(saves[2]?.files).toEqual(["c.ts"]);
});

test("once it is closed no other save begins, and the one under way is waited for", async () => {
  const { queue, saves, settle } = openQueue();
  queue.add("a.ts");
  queue.add("b.ts");
  let isClosed = false;
  const closed = queue.close().then(() => {
    isClosed = true;
  });
  await settle();
  expect(isClosed).toBe(false);
  saves[0]?.end(true);
  await closed;
  expect(saves).toHaveLength(1);
});
