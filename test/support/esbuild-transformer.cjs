"use strict";
const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
const { transformSync, version } = require("esbuild");

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

module.exports = {
  process: (source, path) => {
    const { code, map } = transformSync(source, {
      ...options,
      loader: path.endsWith(".ts") ? "ts" : "js",
      sourcefile: path,
    });
    return { code, map };
  },
  getCacheKey: (source, path) =>
    createHash("sha256").update(version).update(ownSource).update(path).update(source).digest("hex"),
};
