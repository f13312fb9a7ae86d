import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll } from "@jest/globals";
import { type buildProject, planBuild } from "../../../scripts/build/build-project.ts";
import { holdCompiler, stopIdleCompiler } from "../../../scripts/build/compiler.ts";
import type { LoadReply } from "../../../scripts/build/load/messages.ts";
import type { LoadRun, RunLoading } from "../../../scripts/build/load/run-loading.ts";
import { readProject } from "../../../scripts/build/project.ts";
import { readTenant } from "../../../scripts/tenant/read-tenant.ts";

/**
 * Builds as `buildProject` does, for a file of tests with a hundred builds: by one compiler and in one process that loads bundles, where
 * each build would start its own of both. What these bundles do when they are loaded is harmless.
 */
export function createQuickBuild(): typeof buildProject {
  const releaseCompiler = holdCompiler();
  const loading = createSharedLoading();
  afterAll(async () => {
    loading.close();
    releaseCompiler();
    await stopIdleCompiler();
  });
  return async (directory, environment, environmentName) =>
    planBuild(
      await readProject(await readTenant(join(directory, "tenant.yaml"), environmentName), environment, loading.run),
    );
}

function createSharedLoading(): { readonly run: RunLoading; close(): void } {
  let loader: Loader | undefined;
  return {
    async run(program, request) {
      loader ??= start(program);
      const { child, lines } = loader;
      child.stdin?.write(`${JSON.stringify(request)}\n`);
      let bundles: LoadRun["bundles"] = [];
      for (let line = await lines.next(); line.done !== true; line = await lines.next()) {
        const reply = JSON.parse(line.value) as LoadReply;
        if (reply.kind === "loaded") bundles = reply.bundles;
        if (reply.kind === "turning") return { bundles, ending: { kind: "idle" } };
        if (reply.kind === "threw later") {
          loader = undefined;
          return { bundles, ending: reply };
        }
      }
      throw new Error("The process that loads bundles has ended without a word.");
    },
    close: () => loader?.child.kill(),
  };
}

interface Loader {
  readonly child: ChildProcess;
  /** What it answers. */
  readonly lines: AsyncIterator<string>;
}

/** The program of a build's own process, which here is given one request after the other. */
function start(program: string): Loader {
  const loop = `require("node:readline").createInterface(process.stdin).on("line", (line) => loading.loadAll(JSON.parse(line)));`;
  const child = spawn(process.execPath, ["-e", `${program}\n${loop}`], {
    env: {},
    stdio: ["pipe", "ignore", "ignore", "pipe"],
  });
  const lines = createInterface(child.stdio[3] as NodeJS.ReadableStream)[Symbol.asyncIterator]();
  return { child, lines };
}
