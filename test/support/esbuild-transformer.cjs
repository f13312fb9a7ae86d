"use strict";
const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const { buildSync, transformSync, version } = require("esbuild");

/** Jest's synchronous transformer: TypeScript or an ES module in, CommonJS and its source map out. */
const options = {
  format: "cjs",
  platform: "node",
  target: "node20",
  // jest runs CommonJS in a vm without dynamic import: esbuild writes a deferred require instead.
  supported: { "dynamic-import": false },
  // Apart from the code, which jest has compiled anew for every file of tests: in it, it would be the greater part of it.
  sourcemap: "external",
  sourcesContent: false,
  // CommonJS has no import.meta; these are the two members the sources use.
  define: { "import.meta.dirname": "__dirname", "import.meta.filename": "__filename" },
};
const ownSource = readFileSync(__filename);

/**
 * Where a package of hundreds of files comes in, which jest loads as one. Its ES modules, as the commands load them, are evaluated in a
 * third of the time that its CommonJS takes to copy each name from file to file.
 */
const packageEntry = /(\/node_modules\/auth0\/dist)\/cjs\/index\.js$/;

function bundle(path) {
  const { outputFiles } = buildSync({
    ...options,
    entryPoints: [path.replace(packageEntry, "$1/esm/index.mjs")],
    bundle: true,
    packages: "external",
    minify: true,
    keepNames: true,
    sourcemap: false,
    write: false,
  });
  return { code: outputFiles[0].text };
}

module.exports = {
  process: (source, path) => {
    if (packageEntry.test(path)) return bundle(path);
    const { code, map } = transformSync(source, {
      ...options,
      loader: path.endsWith(".ts") ? "ts" : "js",
      sourcefile: path,
    });
    return { code, map };
  },
  getCacheKey: (source, path) => {
    // A new release of the package need not have changed the file that it comes in by.
    const release = packageEntry.test(path) ? readFileSync(join(dirname(path), "../../package.json")) : "";
    return createHash("sha256")
      .update(version)
      .update(ownSource)
      .update(path)
      .update(source)
      .update(release)
      .digest("hex");
  },
};
