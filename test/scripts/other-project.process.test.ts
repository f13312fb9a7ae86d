import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { removeProject, writeProject } from "./build/fixture-project.ts";

const tool = join(import.meta.dirname, "../../scripts/run.mjs");
let project: string;
let empty: string;
beforeAll(async () => {
  project = await writeProject();
  empty = realpathSync(mkdtempSync(join(tmpdir(), "no-project-")));
});
afterAll(async () => {
  await removeProject(project);
  rmSync(empty, { recursive: true });
});

function run(cwd: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [tool, ...args], {
    cwd,
    env: { PATH: process.env.PATH },
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

test.each(["", "actions/guard"])(
  "a command works on the project that it is started in, also below its top (%s)",
  (below) => {
    rmSync(join(project, "dist"), { recursive: true, force: true });
    expect(run(join(project, below), "build")).toEqual({
      status: 0,
      stdout: expect.stringMatching(/^guard [\s\S]*1 Action built\./m),
      stderr: "",
    });
    expect(existsSync(join(project, "dist/actions/guard.js"))).toBe(true);
    expect(run(join(project, below), "scopes").stdout).not.toContain("create:connections");
  },
);

test("started where there is no project, it works on the one that it is installed in, and writes nothing where it was started", () => {
  mkdirSync(join(empty, "deep"));
  expect(run(join(empty, "deep"), "scopes").stdout).toContain("create:connections");
  expect(existsSync(join(empty, "deep/.local"))).toBe(false);
});
