"use strict";
const { setFlagsFromString } = require("node:v8");
const vm = require("node:vm");
const { default: Runtime } = require("jest-runtime");
const { keepFilesAndPaths } = require("./keep-files-and-paths.cjs");

// What lives as long as the worker, V8 would otherwise forget while no test calls it, and compile again.
setFlagsFromString("--no-flush-bytecode");

/** What this worker has compiled: by the file, the text that it was compiled from. */
const compiled = new Map();

/**
 * Globals that neither a test nor a fake timer replaces; modules get them as variables. In a context that is not the process' own, Node
 * looks each global up in the context's object each time that code names it, which takes some 200 times as long as reading a variable.
 */
const variables = [
  "Array BigInt Boolean Buffer Error Infinity JSON Map Math NaN Number Object Promise Proxy RangeError Reflect RegExp Set String Symbol",
  "SyntaxError TextDecoder TextEncoder TypeError URL URLSearchParams Uint8Array WeakMap WeakSet",
  "decodeURIComponent encodeURIComponent isNaN parseInt",
].flatMap((names) => names.split(" "));

/**
 * Jest's runtime evaluates each module anew for each file of tests, and compiles it anew too, which was a fifth of all the time. This
 * one compiles a module once a worker and runs it in the context of each file, so that each has functions and state of its own.
 */
module.exports = class CompileOnceRuntime extends Runtime {
  constructor(config, environment, resolver, transformer, cacheFS, coverage, testPath, globalConfig) {
    super(config, environment, resolver, transformer, cacheFS, coverage, testPath, globalConfig);
    // Coverage counts from the start of what is compiled, which here is not the start of the file.
    if (coverage.collectCoverage) return;
    const { executor } = this;
    const compileAnew = executor.compile.bind(executor);
    const values = variables.map((name) => environment.global[name]);
    executor.compile = (source, filename) => {
      const context = environment.getVmContext();
      if (context === null) return null;
      try {
        return compileOnce(source, filename, executor.injectedModuleParameters).runInContext(context)(...values);
      } catch {
        // Jest words its own error of what cannot be compiled.
        return compileAnew(source, filename);
      }
    };
    // Who watches changes files while the worker lives.
    if (!globalConfig.watch && !globalConfig.watchAll) keepFilesAndPaths(this, config.rootDir);
  }
};

function compileOnce(source, filename, parameters) {
  const known = compiled.get(filename);
  if (known?.source === source) return known.script;
  // The module's function stands in one of its own: it may have variables of these names itself, and begin with "use strict".
  const head = `(function(${variables}){return function(${parameters}){`;
  const script = new vm.Script(`${head}${source}\n}})`, { filename, columnOffset: -head.length });
  compiled.set(filename, { source, script });
  return script;
}
