import { EventEmitter } from "node:events";
import { Readable, Writable } from "node:stream";
import { writeToCurrentOutput } from "./console-capture.ts";

/**
 * `process` as an Action sees it: what libraries commonly ask for, an empty environment, and no way to the real one.
 * `exit` ends the thread that the Action runs in, as it would end the process at Auth0.
 */
export function createReducedProcess(real: NodeJS.Process): object {
  const reduced = Object.assign(new EventEmitter(), {
    arch: real.arch,
    argv: ["node"],
    argv0: "node",
    config: real.config,
    cpuUsage: real.cpuUsage,
    cwd: () => "/",
    emitWarning: (warning: unknown) => void writeToCurrentOutput(`${String(warning)}\n`),
    env: {},
    execArgv: [],
    execPath: "/usr/bin/node",
    exitCode: undefined,
    exit: (code?: number) => real.exit(code),
    features: real.features,
    hrtime: real.hrtime,
    memoryUsage: real.memoryUsage,
    nextTick: real.nextTick,
    pid: 1,
    platform: real.platform,
    ppid: 0,
    release: real.release,
    resourceUsage: real.resourceUsage,
    stderr: createStream(2),
    stdin: Object.assign(Readable.from([]), { fd: 0, isTTY: false }),
    stdout: createStream(1),
    title: "node",
    umask: () => 0o22,
    uptime: real.uptime,
    version: real.version,
    versions: real.versions,
  });
  // By this axios up to 1.6, detect-node and others know that they are on Node.
  return Object.defineProperty(reduced, Symbol.toStringTag, { value: "process" });
}

/** What is written to it is the Action's output. Loggers listen to it, end it, and ask which file it is. */
function createStream(fd: number): Writable {
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: unknown, _encoding, done) {
      writeToCurrentOutput(String(chunk));
      done();
    },
  });
  // All Actions of a thread have this one: none of them ends it for the others.
  return Object.assign(stream, { fd, isTTY: false, end: () => stream, destroy: () => stream });
}
