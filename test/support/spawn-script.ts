import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import { join } from "node:path";
import type { Readable } from "node:stream";

export interface Script {
  readonly process: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves with what it has said when that matches; rejects when it ends without. */
  said(pattern: RegExp): Promise<string>;
  /** Exit code, or the signal's name. */
  readonly ended: Promise<number | string>;
}

const root = join(import.meta.dirname, "../..");

/**
 * Runs one of the project's scripts as npm does, with this environment and nothing of this process's but PATH.
 *
 * @param directory of the project; this checkout if nothing else is said
 */
export function spawnScript(
  name: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  directory: string = root,
): Script {
  const child = spawn(process.execPath, [join("scripts", "run.mjs"), name, ...args], {
    cwd: directory,
    env: { PATH: process.env.PATH, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return watchScript(name, child);
}

/** The same of a process that was started otherwise. */
export function watchScript(name: string, child: ChildProcessByStdio<null, Readable, Readable>): Script {
  let stdout = "";
  let stderr = "";
  const listeners = new Set<() => void>();
  const collect = (stream: NodeJS.ReadableStream, add: (chunk: string) => void) =>
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      add(chunk);
      for (const listener of listeners) listener();
    });
  collect(child.stdout, (chunk) => {
    stdout += chunk;
  });
  collect(child.stderr, (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<number | string>((resolve) => {
    child.once("close", (code, signal) => resolve(code ?? signal ?? "unknown"));
  });
  return {
    process: child,
    stdout: () => stdout,
    stderr: () => stderr,
    ended,
    said: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!pattern.test(stdout + stderr)) return;
          listeners.delete(look);
          resolve(stdout + stderr);
        };
        listeners.add(look);
        ended.then((end) => reject(new Error(`${name} ended (${end}) before it said ${pattern}:\n${stdout}${stderr}`)));
        look();
      }),
  };
}
