import { describe, expect, test } from "@jest/globals";
import { readChoice, readInstant, readOptional, readRequired, readUrl } from "../../../actions/shared/settings.ts";

describe("an instant", () => {
  test.each([
    ["2026-01-31", "2026-01-31T00:00:00.000Z"],
    [" 2024-02-29 ", "2024-02-29T00:00:00.000Z"],
    ["2026-01-31T12:00Z", "2026-01-31T12:00:00.000Z"],
    ["2026-01-31T12:00:30.5Z", "2026-01-31T12:00:30.500Z"],
    ["2026-01-31T01:00:00+02:00", "2026-01-30T23:00:00.000Z"],
  ])("%s is %s", (text, expected) => {
    expect(new Date(readInstant({ SINCE: text }, "SINCE") ?? Number.NaN).toISOString()).toBe(expected);
  });

  test.each([[undefined], [""], ["  "]])("%p is none", (text) => {
    expect(readInstant({ SINCE: text }, "SINCE")).toBeUndefined();
  });

  test.each([
    ["0"],
    ["now"],
    ["2026"],
    ["1735689600000"],
    ["2026-1-1"],
    ["01/02/2026"],
    ["2026-00-10"],
    ["2026-13-01"],
    ["2025-02-29"],
    ["2026-04-31"],
    ["2026-01-31T25:00Z"],
    ["2026-01-31T12:00"],
    ["2026-01-31 12:00Z"],
    ["2026-01-31T12:00Z; drop"],
  ])("%s is refused", (text) => {
    expect(() => readInstant({ SINCE: text }, "SINCE")).toThrow(
      expect.objectContaining({ code: "bad_setting", message: expect.stringMatching(/^SINCE must be a day/) }),
    );
  });
});

describe("a URL", () => {
  test.each([
    ["https://app.example.com/verify?x=1"],
    ["http://localhost:3000/verify"],
    ["http://127.0.0.1:3000"],
    ["http://[::1]:3000"],
  ])("%s is taken as it stands", (text) => {
    expect(readUrl({ PAGE: text }, "PAGE")).toBe(text);
  });

  test.each([
    ["http://app.example.com"],
    ["http://127.0.0.1.example.com"],
    ["http://localhost.example.com"],
    ["ftp://localhost"],
    ["javascript:alert(1)"],
    ["//app.example.com"],
    ["app.example.com"],
  ])("%s is refused", (text) => {
    expect(() => readUrl({ PAGE: text }, "PAGE")).toThrow("PAGE must be an absolute https URL.");
  });

  test("none is none", () => {
    expect(readUrl({ PAGE: "" }, "PAGE")).toBeUndefined();
  });
});

describe("a choice", () => {
  test.each([
    ["b", "b"],
    [undefined, "a"],
    [" ", "a"],
  ])("%p is %p", (text, expected) => {
    expect(readChoice({ WAY: text }, "WAY", ["a", "b"])).toBe(expected);
  });

  test.each([["A"], ["c"], ["a,b"], ["true"]])("%s is refused and not repeated", (text) => {
    expect(() => readChoice({ WAY: text }, "WAY", ["a", "b"])).toThrow(
      "WAY must be one of a, b. Set it among the Action's secrets and deploy.",
    );
  });
});

test("a required setting that is blank is missing", () => {
  expect(readRequired({ KEY: " k " }, "KEY")).toBe("k");
  expect(() => readRequired({ KEY: " " }, "KEY")).toThrow("KEY is missing.");
  expect(readOptional({}, "KEY")).toBeUndefined();
});
