import { describe, expect, test } from "@jest/globals";
import { readArguments } from "../../../scripts/terminal/options.ts";

const OPTIONS = {
  env: { takes: "<name>", help: "" },
  json: { help: "" },
  "allow-delete": { takes: "<name>", help: "", multiple: true },
} as const;
const read = (argv: readonly string[], environment: NodeJS.ProcessEnv = {}) =>
  readArguments({ options: OPTIONS }, argv, environment);

describe("a command's options", () => {
  test.each<[string, readonly string[], object]>([
    ["none", [], { env: undefined, json: false, "allow-delete": [] }],
    [
      "one with a value and a switch",
      ["--env", "production", "--json"],
      { env: "production", json: true, "allow-delete": [] },
    ],
    ["a value behind an equals sign", ["--env=a=b"], { env: "a=b", json: false, "allow-delete": [] }],
    [
      "one that may be repeated",
      ["--allow-delete=a", "--allow-delete", "b"],
      { env: undefined, json: false, "allow-delete": ["a", "b"] },
    ],
  ])("%s", (_what, argv, options) => {
    expect(read(argv)).toEqual({ options, word: "" });
  });

  test.each([["--help"], ["-h"]])("%s asks for help, whatever else is given", (option) => {
    expect(read(["--env", "a", option])).toBeUndefined();
  });

  test.each<[string, readonly string[], NodeJS.ProcessEnv, RegExp]>([
    ["an unknown option", ["--quiet", "x"], {}, /^There is no option --quiet\.$/],
    ["an option with letters swapped", ["--evn", "x"], {}, /no option --evn\. Did you mean --env\?/],
    ["an option with a letter missing", ["--jsn"], {}, /no option --jsn\. Did you mean --json\?/],
    ["a word that belongs to no option", ["production"], {}, /^"production" belongs to no option\.$/],
    ["an option without its value", ["--env"], {}, /--env/],
    ["a switch with a value", ["--json=yes"], {}, /--json/],
    ["an option that is given twice", ["--env", "a", "--env", "b"], {}, /--env is given 2 times \(a, b\)/],
    ["an option that is given twice in two ways", ["--env=a", "--env", "a"], {}, /--env is given 2 times/],
    ["a switch that is given twice", ["--json", "--json"], {}, /--json is given 2 times/],
    ["an option that npm took for itself", [], { npm_config_env: "production" }, /npm took --env for itself/],
    ["one with a dash in its name", [], { npm_config_allow_delete: "x" }, /npm took --allow-delete/],
  ])("%s is wrong use", (_name, argv, environment, text) => {
    expect(() => read(argv, environment)).toThrow(
      expect.objectContaining({ code: "USAGE", exitCode: 2, message: expect.stringMatching(text) }),
    );
  });
});

describe("a command that takes a word", () => {
  const readWord = (...argv: string[]) =>
    readArguments({ options: OPTIONS, word: { form: "<name>", missing: "Name one." } }, argv, {});

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

describe("a command that takes one of some words", () => {
  const word = { form: "<bash | zsh>", choices: ["bash", "zsh"], missing: "Name bash or zsh." };
  const readChoice = (...argv: string[]) => readArguments({ options: OPTIONS, word }, argv, {});

  test("takes each of them", () => {
    expect(readChoice("zsh")).toMatchObject({ word: "zsh" });
  });

  test.each([[["sh"]], [["bash", "zsh"]], [[]], [["toString"]]])("refuses %j", (argv) => {
    expect(() => readChoice(...argv)).toThrow(expect.objectContaining({ code: "USAGE", message: "Name bash or zsh." }));
  });
});
