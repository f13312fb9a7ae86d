import { expect, test } from "@jest/globals";
import { Output } from "../../../../../local/auth0/actions/runtime/console-capture.ts";
import { createReducedProcess } from "../../../../../local/auth0/actions/runtime/reduced-process.ts";
import { watch } from "../../../../../local/auth0/actions/runtime/watched-work.ts";

const reduced = createReducedProcess(process) as NodeJS.Process;

/** How libraries ask whether they run on Node, and with what; each is answered as the real one answers. */
test.each<[library: string, ask: (process: NodeJS.Process) => unknown]>([
  ["axios up to 1.6 and detect-node", (it) => Object.prototype.toString.call(it)],
  ["is-node-process", (it) => [typeof it.versions?.node, it.release.name]],
  ["browser-or-node", (it) => it.versions != null && it.versions.node != null],
  ["pino and sonic-boom", (it) => typeof it.on],
  ["undici", (it) => [it.version, it.arch, it.platform]],
  ["winston and morgan", (it) => [typeof it.stdout.on, typeof it.stderr.once, it.stdout.writable]],
  ["debug and supports-color", (it) => [it.stderr.fd, it.stdout.fd]],
  ["bunyan and log4js", (it) => [typeof it.stdout.end, typeof it.stdin.on]],
  [
    "signal-exit and exit-hook",
    (it) => ["on", "once", "listeners", "emit"].map((name) => typeof Reflect.get(it, name)),
  ],
  ["node-pre-gyp and bindings", (it) => [typeof it.execPath, typeof it.config, typeof it.argv0]],
  ["prom-client and appmetrics", (it) => [typeof it.cpuUsage, typeof it.resourceUsage, typeof it.ppid]],
  ["tar and mkdirp", (it) => typeof it.umask],
  ["tslib's and core-js's globals", (it) => Object.keys(it).includes("toString")],
])("%s", (_library, ask) => {
  expect(ask(reduced)).toEqual(ask(process));
});

test("the tag is not in the way of those who list what process has", () => {
  expect(Object.getOwnPropertySymbols({ ...reduced })).not.toContain(Symbol.toStringTag);
});

test("what is written to its streams is the Action's output, also after one of them was ended", () => {
  const output = new Output(1_000);
  watch({ output, requests: [], started: 0 }, () => {
    reduced.stdout.write("one ");
    reduced.stdout.end();
    reduced.stdout.write(Buffer.from("two "));
    reduced.stderr.write("three");
  });
  expect(output.settle()).toBe("one two three");
});
