import { expect, test } from "@jest/globals";
import { runWaves } from "../../../scripts/environments/run-waves.ts";

/** Begins when it is told to, and ends when it is let go. */
function createRecorder() {
  const begun: string[] = [];
  const endings = new Map<string, (isRight: boolean) => void>();
  return {
    begun,
    begin: (name: string) => {
      begun.push(name);
      return new Promise<boolean>((resolve) => endings.set(name, resolve));
    },
    async end(name: string, isRight = true) {
      endings.get(name)!(isRight);
      await new Promise(setImmediate);
    },
  };
}
const never = () => false;

test("a wave runs at once, and the next begins when all of it has ended", async () => {
  const { begun, begin, end } = createRecorder();
  const done = runWaves({ waves: [["a"], ["b", "c"], ["d"]], begin, isInterrupted: never });
  expect(begun).toEqual(["a"]);
  await end("a");
  expect(begun).toEqual(["a", "b", "c"]);
  await end("c");
  expect(begun).toEqual(["a", "b", "c"]);
  await end("b");
  expect(begun).toEqual(["a", "b", "c", "d"]);
  await end("d");
  await done;
});

test("of a large wave four run at once", async () => {
  const { begun, begin, end } = createRecorder();
  const names = ["a", "b", "c", "d", "e", "f"];
  const done = runWaves({ waves: [names], begin, isInterrupted: never });
  expect(begun).toEqual(["a", "b", "c", "d"]);
  await end("c");
  expect(begun).toEqual(["a", "b", "c", "d", "e"]);
  for (const name of ["a", "b", "d", "e", "f"]) await end(name);
  await done;
  expect(begun).toEqual(names);
});

test("after one that fails no other begins, and those that run come to their end", async () => {
  const { begun, begin, end } = createRecorder();
  let isDone = false;
  const done = runWaves({ waves: [["a", "b", "c", "d", "e"], ["f"]], begin, isInterrupted: never }).then(() => {
    isDone = true;
  });
  await end("b", false);
  await end("a");
  await end("c");
  expect([begun, isDone]).toEqual([["a", "b", "c", "d"], false]);
  await end("d");
  await done;
  expect(begun).toEqual(["a", "b", "c", "d"]);
});

test("after an interruption no other begins, in this wave or a later one", async () => {
  const { begun, begin, end } = createRecorder();
  let interrupted = false;
  const done = runWaves({ waves: [["a", "b", "c", "d", "e"], ["f"]], begin, isInterrupted: () => interrupted });
  interrupted = true;
  for (const name of ["a", "b", "c", "d"]) await end(name);
  await done;
  expect(begun).toEqual(["a", "b", "c", "d"]);
});
