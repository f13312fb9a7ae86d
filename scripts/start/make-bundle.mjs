import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, transform } from "esbuild";
import { renderHeader } from "./bundle-header.mjs";
import { writeWhole } from "./write-whole.mjs";

/**
 * Taken into the bundle. auth0, diff, hono, jose and yaml are made of many small modules, each of which Node would find, read and
 * compile by itself: auth0 takes 0.33 s of CPU to load as it is, and 0.1 s in the bundle. The others are ES modules alone, which
 * a bundle cannot require.
 */
const BUNDLED_PACKAGES = /^(?:auth0|diff|hono|jose|oauth4webapi|openid-client|yaml|@hono\/node-server)(?:\/|$)/;

/**
 * Writes the bundle of one command and answers it: a CommonJS module as the function that Node would make of it.
 *
 * @param {{ root: string, name: string, file: string }} command its file's name without an extension, and where the bundle goes
 */
export async function makeBundle({ root, name, file }) {
  const started = Date.now();
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["scripts/main.ts"],
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    // What is loaded later is required later: import() has no loader in a script that is not a module.
    supported: { "dynamic-import": false },
    write: false,
    metafile: true,
    plugins: [foreignPackages, oneCommand(root, name), ownPlaces],
    logLevel: "error",
  }).catch(() => process.exit(1));
  const makers = ["scripts/start/make-bundle.mjs", "scripts/start/bundle-header.mjs"];
  const id = randomUUID();
  const header = renderHeader({ root, id, files: [...Object.keys(metafile.inputs), ...makers], started });
  const body = await withoutComments(outputFiles[0].text);
  const code = `${header}\n(function (exports, require, module) { "use strict";\n${body}})\n`;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeWhole(file, code);
  return { file, code, id };
}

/** One letter beyond ASCII, as comments of auth0 have, and V8 takes two bytes for each letter of the bundle. */
async function withoutComments(code) {
  const bare = await transform(code, { minifyWhitespace: true, legalComments: "none" });
  return (await transform(bare.code)).code;
}

/** @type {import("esbuild").Plugin} A bundled module still knows the folder that its source is in. */
const ownPlaces = {
  name: "own-places",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const source = readFileSync(path, "utf8");
      if (!source.includes("import.meta.")) return undefined;
      const define = {
        "import.meta.dirname": JSON.stringify(dirname(path)),
        "import.meta.filename": JSON.stringify(path),
        "import.meta.url": JSON.stringify(pathToFileURL(path).href),
      };
      return { contents: (await transform(source, { loader: "ts", define })).code, loader: "js" };
    }),
};

/** @type {import("esbuild").Plugin} */
const foreignPackages = {
  name: "foreign-packages",
  setup: ({ onResolve }) =>
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === "entry-point" || BUNDLED_PACKAGES.test(path) ? undefined : { path, external: true },
    ),
};

/**
 * Of all commands in the table, the bundle has the one that is started: as if it were imported by a statement, since esbuild makes a
 * function of each module that is imported later, which takes longer to compile.
 *
 * @returns {import("esbuild").Plugin}
 */
const oneCommand = (root, name) => ({
  name: "one-command",
  setup: ({ onLoad, onResolve }) => {
    onLoad({ filter: /scripts.commands\.ts$/ }, ({ path }) => {
      const [before, after] = readFileSync(path, "utf8").split(new RegExp(`import\\("\\./${name}\\.ts"\\)`));
      if (after === undefined) return undefined;
      const contents = `import * as own from "./${name}.ts";\n${before}Promise.resolve(own)${after}`;
      return { contents, loader: "ts" };
    });
    onResolve({ filter: /^\.\// }, ({ path, kind, importer }) =>
      kind === "dynamic-import" && importer === join(root, "scripts/commands.ts")
        ? { path, external: true }
        : undefined,
    );
  },
});
