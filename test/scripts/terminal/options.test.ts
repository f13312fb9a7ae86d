import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { readOptions } from "../../../scripts/terminal/options.ts";

const OPTIONS = { env: { type: "string" }, json: { type: "boolean" }, "allow-delete": { type: "string" } } as const;
const read = (argv: readonly string[], environment: NodeJS.ProcessEnv = {}) =>
  readOptions("Usage: the command", OPTIONS, { argv, environment });

describe("a command's options", () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  test("are read by their names", () => {
    expect(read(["--env", "production", "--json"])).toMatchObject({ env: "production", json: true });
  });

  test.each([["--help"], ["-h"]])("%s prints the usage and runs nothing", (option) => {
    const print = jest.spyOn(console, "log").mockImplementation(() => {});
    expect(read([option])).toBeUndefined();
    expect(print).toHaveBeenCalledWith("Usage: the command");
  });

  test.each<[string, readonly string[], NodeJS.ProcessEnv, RegExp]>([
    ["an unknown option", ["--evn", "x"], {}, /--evn/],
    ["a word that belongs to no option", ["production"], {}, /production/],
    ["an option without its value", ["--env"], {}, /--env/],
    ["an option with a letter wrong", ["--jsn"], {}, /--json/],
    ["an option that is given twice", ["--env", "a", "--env", "b"], {}, /--env is given 2 times \(a, b\)/],
    ["an option that is given twice in two ways", ["--env=a", "--env", "a"], {}, /--env is given 2 times/],
    ["an option that npm took for itself", [], { npm_config_env: "production" }, /npm took --env for itself/],
    ["one with a dash in its name", [], { npm_config_allow_delete: "x" }, /npm took --allow-delete/],
  ])("%s is wrong use, and the usage is shown", (_name, argv, environment, text) => {
    expect(() => read(argv, environment)).toThrow(
      expect.objectContaining({ code: "USAGE", exitCode: 2, message: expect.stringMatching(text) }),
    );
    expect(() => read(argv, environment)).toThrow("Usage: the command");
  });
});

describe("a command that takes a word", () => {
  const readWord = (...argv: string[]) =>
    readOptions("Usage: it", OPTIONS, { argv, environment: {}, word: "Name one." });

  test.each([
    ["before the options", ["first", "--env", "production"]],
    ["behind them", ["--env", "production", "first"]],
    ["that is another option's value as well", ["--env", "first", "first"]],
    ["behind a double dash", ["--env=production", "--", "first"]],
  ])("finds it %s", (_what, argv) => {
    expect(readWord(...argv)).toMatchObject({ word: "first" });
  });

  test.each([
    ["none", ["--env", "first"], "Name one."],
    ["two", ["first", "second"], "Name one."],
    ["an unknown option", ["first", "--yes"], "--yes"],
  ])("refuses %s", (_what, argv, says) => {
    expect(() => readWord(...argv)).toThrow(expect.objectContaining({ code: "USAGE", exitCode: 2 }));
    expect(() => readWord(...argv)).toThrow(says);
  });
});
