"use strict";
const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
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

/** The file that a package comes in by, and the package's folder. */
const packageEntry = /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//;
/** auth0's ES modules, as the commands load them, are evaluated in a third of the time that its CommonJS takes to copy names. */
const entries = { auth0: "dist/esm/index.mjs" };

function bundle(path) {
  const [folder, name] = packageEntry.exec(path);
  const { outputFiles } = buildSync({
    ...options,
    entryPoints: [name in entries ? join(folder, entries[name]) : path],
    bundle: true,
    packages: "external",
    minify: true,
    keepNames: true,
    sourcemap: false,
    write: false,
  });
  return { code: outputFiles[0].text };
}

/** `transformerConfig.bundled`: what packages come in by that jest is to load as one file, each of which costs it in each file of tests. */
const isBundled = (path, { transformerConfig: { bundled } }) =>
  bundled.some((end) => path.endsWith(`/node_modules/${end}`));

module.exports = {
  process: (source, path, jest) => {
    if (isBundled(path, jest)) return bundle(path);
    const { code, map } = transformSync(source, {
      ...options,
      loader: path.endsWith(".ts") ? "ts" : "js",
      sourcefile: path,
    });
    return { code, map };
  },
  getCacheKey: (source, path, jest) => {
    // A new release of the package need not have changed the file that it comes in by.
    const release = isBundled(path, jest)
      ? readFileSync(join(packageEntry.exec(path)[0], "package.json"))
      : "single file";
    return createHash("sha256")
      .update(version)
      .update(ownSource)
      .update(path)
      .update(source)
      .update(release)
      .digest("hex");
  },
};
