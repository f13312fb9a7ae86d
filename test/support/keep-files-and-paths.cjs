"use strict";
const { sep } = require("node:path");

/** What this worker has read and transformed: by the file, its text as jest runs it. */
const texts = new Map();
/** What this worker has resolved: by the file that names a module, and the name, the module's file. */
const paths = new Map();

/**
 * Jest reads each file anew for each file of tests, asks when it was last changed, and resolves each name anew. Neither changes while
 * the tests run, as long as the file is the checkout's own; what a test writes elsewhere is read and resolved as jest does it.
 */
exports.keepFilesAndPaths = (runtime, rootDir) => {
  const isKept = (path) => path.startsWith(rootDir + sep);
  keepTexts(runtime.transformCache, isKept);
  keepPaths(runtime._resolution, isKept);
  takeLoadedModules(runtime);
};

function keepTexts(transformCache, isKept) {
  const transform = transformCache.transform.bind(transformCache);
  transformCache.transform = (filename, options) => {
    const isInternal = options?.isInternalModule === true;
    const known = texts.get(filename);
    if (known?.isInternal !== isInternal) {
      const code = transform(filename, options);
      const [file, map] = [transformCache.transforms.get(filename), transformCache.sourceMaps.get(filename)];
      if (isKept(filename)) texts.set(filename, { isInternal, code, file, map });
      return code;
    }
    if (known.file !== undefined) transformCache.transforms.set(filename, known.file);
    if (known.map !== undefined) transformCache.sourceMaps.set(filename, known.map);
    return known.code;
  };
}

function keepPaths(resolution, isKept) {
  const resolve = resolution.resolveCjs.bind(resolution);
  resolution.resolveCjs = (from, name) => {
    const known = paths.get(from)?.get(name);
    if (known !== undefined) return known;
    const path = resolve(from, name);
    if (name && isKept(from) && isKept(path)) {
      if (!paths.has(from)) paths.set(from, new Map());
      paths.get(from).set(name, path);
    }
    return path;
  };
}

/** A module that this file of tests has loaded already is given at once: most of what sources import is. */
function takeLoadedModules(runtime) {
  const { mockState, registries, testState } = runtime;
  const requireModuleOrMock = runtime.requireModuleOrMock.bind(runtime);
  runtime.requireModuleOrMock = (from, name) => {
    const mayBeMocked = mockState.shouldAutoMock || mockState.explicitCjsMock.size > 0;
    const path = mayBeMocked || testState.isTornDown() ? undefined : paths.get(from)?.get(name);
    const loaded = path === undefined ? undefined : registries.getActiveCjsRegistry().get(path);
    return loaded === undefined ? requireModuleOrMock(from, name) : loaded.exports;
  };
}
