import { expect, test } from "@jest/globals";
import { createReducedProcess } from "../../../../../local/auth0/actions/runtime/reduced-process.ts";

const reduced = createReducedProcess(process) as NodeJS.Process;

/** How libraries ask whether they run on Node, and with what; each is answered as the real one answers. */
test.each<[library: string, ask: (process: NodeJS.Process) => unknown]>([
  ["axios up to 1.6 and detect-node", (it) => Object.prototype.toString.call(it)],
  ["is-node-process", (it) => [typeof it.versions?.node, it.release.name]],
  ["browser-or-node", (it) => it.versions != null && it.versions.node != null],
  ["pino and sonic-boom", (it) => typeof it.on],
  ["undici", (it) => [it.version, it.arch, it.platform]],
  ["tslib's and core-js's globals", (it) => Object.keys(it).includes("toString")],
])("%s", (_library, ask) => {
  expect(ask(reduced)).toEqual(ask(process));
});

test("the tag is not in the way of those who list what process has", () => {
  expect(Object.getOwnPropertySymbols({ ...reduced })).not.toContain(Symbol.toStringTag);
});
