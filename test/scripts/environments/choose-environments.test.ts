import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { chooseEnvironments } from "../../../scripts/environments/choose-environments.ts";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "choice-"));
  for (const folder of ["good", "odd"]) mkdirSync(join(directory, folder, "environments"), { recursive: true });
  const names = ["us.env", "eu.env", "eu.yaml", "ap.yaml", "production.env.example", "README.md"];
  for (const name of names) writeFileSync(join(directory, "good/environments", name), "");
  for (const name of ["eu west.env", "eu.env", ".env"]) writeFileSync(join(directory, "odd/environments", name), "");
});
afterAll(() => rmSync(directory, { recursive: true }));

type Given = Parameters<typeof chooseEnvironments>[1];

test.each<[what: string, given: Given, choice: unknown]>([
  ["nothing", {}, { kind: "one", name: undefined }],
  ["one name", { env: ["eu"] }, { kind: "one", name: "eu" }],
  // As the command always had it: the reader of the environment refuses it.
  ["one name that nobody knows", { env: ["nobody"] }, { kind: "one", name: "nobody" }],
  ["names with commas", { env: ["eu,us"] }, { kind: "many", waves: [["eu"], ["us"]] }],
  ["names with blanks behind the commas", { env: ["us, eu"] }, { kind: "many", waves: [["us"], ["eu"]] }],
  ["--env twice, which means both", { env: ["eu", "us"] }, { kind: "many", waves: [["eu"], ["us"]] }],
  ["one wave", { wave: ["eu"] }, { kind: "many", waves: [["eu"]] }],
  ["waves", { wave: ["eu", "us,ap"] }, { kind: "many", waves: [["eu"], ["us", "ap"]] }],
  ["all: whatever has a file", { all: true }, { kind: "many", waves: [["ap"], ["eu"], ["us"]] }],
])("%s", async (_what, given, choice) => {
  expect(await chooseEnvironments(join(directory, "good"), given)).toEqual(choice);
});

test.each<[what: string, folder: string, given: Given, code: string, message: string]>([
  ["a name twice", "good", { env: ["eu", "us,eu"] }, "USAGE", "eu is named twice"],
  ["a name in two waves", "good", { wave: ["eu", "eu"] }, "USAGE", "eu is named twice"],
  ["a name that is empty", "good", { env: ["eu,,us"] }, "USAGE", 'has none in "eu,,us"'],
  ["no name at all", "good", { env: [""] }, "USAGE", 'has none in ""'],
  ["a wave of nobody", "good", { wave: ["eu", ""] }, "USAGE", "--wave takes names"],
  ["--env beside --wave", "good", { env: ["eu"], wave: ["us"] }, "USAGE", "--env and --wave exclude each other"],
  ["--env beside --all", "good", { env: ["eu"], all: true }, "USAGE", "--env and --all exclude each other"],
  [
    "names that nobody knows, all of them",
    "good",
    { wave: ["uss", "us,nobody"] },
    "ENVIRONMENT_NOT_FOUND",
    "  uss: did you mean us?\n  nobody\nThere is: ap, eu, us.",
  ],
  ["a path", "good", { env: ["eu,../eu"] }, "ENVIRONMENT_NOT_FOUND", "  ../eu"],
  ["all, with a name that cannot be one", "odd", { all: true }, "ENVIRONMENT_UNREADABLE", "  eu west\nRename"],
  ["all of none", "nowhere", { all: true }, "ENVIRONMENT_NOT_FOUND", "There is no environment in environments/ yet."],
  [
    "names where there are none",
    "nowhere",
    { env: ["eu,us"] },
    "ENVIRONMENT_NOT_FOUND",
    "There is no environment yet.",
  ],
])("%s is refused", async (_what, folder, given, code, message) => {
  await expect(chooseEnvironments(join(directory, folder), given)).rejects.toMatchObject({
    code,
    exitCode: 2,
    message: expect.stringContaining(message) as unknown,
  });
});
