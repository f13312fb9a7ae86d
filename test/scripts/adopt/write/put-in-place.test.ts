import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { type DraftFile, putInPlace } from "../../../../scripts/adopt/write/put-in-place.ts";
import { readFiles } from "../tenant-to-adopt.ts";

let directory: string;
let draft: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "place-"));
  draft = mkdtempSync(join(tmpdir(), "draft-"));
});
afterEach(() => {
  for (const folder of [directory, draft]) rmSync(folder, { recursive: true });
});

const put = (files: readonly DraftFile[], force = false) => putInPlace({ directory, draft, files, force });

test("writes new files with their folders, and leaves those alone that are as they should be", async () => {
  writeFileSync(join(directory, "same.txt"), "same");
  const before = statSync(join(directory, "same.txt")).mtimeMs;
  const written = await put([
    { file: "a/b/c.txt", text: "new" },
    { file: "same.txt", text: "same" },
    { file: ".env", text: "A=\n", mode: 0o600 },
  ]);
  expect(written).toEqual(["a/b/c.txt", ".env"]);
  expect(Object.fromEntries(readFiles(directory))).toEqual({ "a/b/c.txt": "new", "same.txt": "same", ".env": "A=\n" });
  expect(statSync(join(directory, "same.txt")).mtimeMs).toBe(before);
  expect(statSync(join(directory, ".env")).mode & 0o777).toBe(0o600);
});

test("names every file that is there with another content, and writes none", async () => {
  for (const file of ["one.txt", "two.txt"]) writeFileSync(join(directory, file), "mine");
  const files = ["zero.txt", "one.txt", "two.txt"].map((file) => ({ file, text: "theirs" }));
  await expect(put(files)).rejects.toMatchObject({
    code: "ADOPT_FILE_EXISTS",
    message: expect.stringMatching(/2 files are there.*\n {2}one\.txt\n {2}two\.txt\n/),
  });
  expect(Object.fromEntries(readFiles(directory))).toEqual({ "one.txt": "mine", "two.txt": "mine" });
  expect(await put(files, true)).toEqual(["zero.txt", "one.txt", "two.txt"]);
  expect(readFileSync(join(directory, "two.txt"), "utf8")).toBe("theirs");
});

test("a file that goes on where the former ended takes its place, and keeps who may read it", async () => {
  writeFileSync(join(directory, "tenant.yaml"), "a\n", { mode: 0o640 });
  await put([{ file: "tenant.yaml", text: "a\nb\n", extends: true }]);
  expect(readFileSync(join(directory, "tenant.yaml"), "utf8")).toBe("a\nb\n");
  expect(statSync(join(directory, "tenant.yaml")).mode & 0o777).toBe(0o640);
});

test("when one cannot be written, all is as it was", async () => {
  writeFileSync(join(directory, "tenant.yaml"), "mine\n");
  mkdirSync(join(directory, "in-the-way/not-empty"), { recursive: true });
  writeFileSync(join(directory, "in-the-way/not-empty/file"), "");
  writeFileSync(join(directory, "file"), "mine");
  await expect(
    put([
      { file: "new.txt", text: "new" },
      { file: "tenant.yaml", text: "theirs\n", extends: true },
      { file: "file/below.txt", text: "no folder" },
    ]),
  ).rejects.toThrow();
  expect(Object.fromEntries(readFiles(directory))).toEqual({
    "tenant.yaml": "mine\n",
    file: "mine",
    "in-the-way/not-empty/file": "",
  });
});
