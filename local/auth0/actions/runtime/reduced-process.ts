import { EventEmitter } from "node:events";
import { writeToCurrentOutput } from "./console-capture.ts";

/**
 * `process` as an Action sees it: what libraries commonly ask for, an empty environment, and no way to the real one.
 * `exit` ends the thread that the Action runs in, as it would end the process at Auth0.
 */
export function createReducedProcess(real: NodeJS.Process): object {
  const stream = { isTTY: false, write: (text: unknown) => writeToCurrentOutput(String(text)) };
  const reduced = Object.assign(new EventEmitter(), {
    arch: real.arch,
    argv: ["node"],
    cwd: () => "/",
    emitWarning: (warning: unknown) => void writeToCurrentOutput(`${String(warning)}\n`),
    env: {},
    execArgv: [],
    exit: (code?: number) => real.exit(code),
    features: real.features,
    hrtime: real.hrtime,
    memoryUsage: real.memoryUsage,
    nextTick: real.nextTick,
    pid: 1,
    platform: real.platform,
    release: real.release,
    stderr: stream,
    stdout: stream,
    title: "node",
    uptime: real.uptime,
    version: real.version,
    versions: real.versions,
  });
  // By this axios up to 1.6, detect-node and others know that they are on Node.
  return Object.defineProperty(reduced, Symbol.toStringTag, { value: "process" });
}
