import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { showWaiting } from "../../../scripts/terminal/show-waiting.ts";

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const openStream = (isTTY: boolean) => Object.assign(new PassThrough({ encoding: "utf8" }), { isTTY });

/** A command that is done when `end` is called; `said` is what arrived since it was last asked for. */
function begin({ isTTY = true, environment = {} as NodeJS.ProcessEnv } = {}) {
  const [stdout, stderr] = [openStream(isTTY), openStream(isTTY)];
  let end = (): void => {};
  const work = new Promise<number>((resolve) => {
    end = () => resolve(10);
  });
  const done = showWaiting("planning", () => work, { stdout, stderr } as never, environment);
  const said = (): string => String(stderr.read() ?? "");
  return { stdout, stderr, end, done, said };
}

/** What a terminal is sent to have an empty line. */
const ERASE = "\u001b[2K\u001b[1G";

test("after a second without a word it says what is done and for how long, without colours", () => {
  const { said } = begin();
  jest.advanceTimersByTime(900);
  expect(said()).toBe("");
  jest.advanceTimersByTime(1200);
  const text = said();
  expect(stripVTControlCharacters(text)).toMatch(/^(?:[|/\\-] planning, [12] s)+$/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
  expect(text).not.toMatch(/\u001b\[\d+(?:;\d+)*m/);
});

test("at the end nothing is left on the line, and the answer is the work's", async () => {
  const { done, end, said, stderr } = begin();
  jest.advanceTimersByTime(1500);
  end();
  expect(await done).toBe(10);
  expect(said().endsWith(ERASE)).toBe(true);
  jest.advanceTimersByTime(5000);
  stderr.write("after");
  expect(said()).toBe("after");
});

test("what fails leaves nothing on the line", async () => {
  const stderr = openStream(true);
  const work = async (): Promise<never> => {
    jest.advanceTimersByTime(1500);
    throw new Error("no");
  };
  await expect(showWaiting("x", work, { stdout: openStream(true), stderr } as never, {})).rejects.toThrow("no");
  expect(String(stderr.read()).endsWith(ERASE)).toBe(true);
});

test.each(["stdout", "stderr"] as const)(
  "what is printed to %s stands in its place, and it waits another second",
  (name) => {
    const all = begin();
    jest.advanceTimersByTime(1500);
    all.said();
    all[name].write("created api\n");
    expect(all.said().endsWith(`${ERASE}${name === "stderr" ? "created api\n" : ""}`)).toBe(true);
    jest.advanceTimersByTime(900);
    expect(all.said()).toBe("");
    jest.advanceTimersByTime(300);
    expect(all.said()).toContain("planning");
  },
);

test("a question is left alone until it is answered and something is printed", () => {
  const { stderr, said } = begin();
  stderr.write("Deploy this? Type yes: ");
  said();
  jest.advanceTimersByTime(60_000);
  expect(said()).toBe("");
  stderr.write("created api\n");
  said();
  jest.advanceTimersByTime(1200);
  expect(said()).toContain("planning");
});

test.each<[where: string, options: Parameters<typeof begin>[0]]>([
  ["in a log", { isTTY: false }],
  ["in CI", { environment: { CI: "true" } }],
  ["on a terminal that cannot erase", { environment: { TERM: "dumb" } }],
])("%s it says nothing", (_where, options) => {
  const { said } = begin(options);
  jest.advanceTimersByTime(60_000);
  expect(said()).toBe("");
});
