#!/usr/bin/env node
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Starts scripts/main.ts: `node scripts/run.mjs local --json`. What it imports of this project for the command that is named is
 * bundled into one file, which is kept in .local/cache until one of its sources changes. A loader would compile module by
 * module at every start: the local tenant's 240 took 1.3 s, the bundle 0.35 s (tsx 4.23, two busy cores). Packages are
 * imported as they are, but for those that are made of many small ES modules, each of which Node would find, read and link by
 * itself: auth0 takes 0.33 s of CPU to load as it is, and 0.1 s in the bundle.
 */
const root = join(import.meta.dirname, "..");
const argv = process.argv.slice(2);
const name = nameFile(argv[0] ?? "");
const bundle = join(root, ".local/cache", `${name}.mjs`);
const PREFIX = "// made from ";
const BUNDLED_PACKAGES = /^(?:auth0|hono|jose|@hono\/node-server)(?:\/|$)/;

if (!isCurrent()) await makeBundle();
const { main } = await import(pathToFileURL(bundle).href);
await main(argv);

/** Whether it is a command, main.ts knows: a file of that name is enough to bundle it. */
function nameFile(command) {
  const file = command.replaceAll(":", "-");
  return /^[a-z-]+$/.test(file) && existsSync(join(root, "scripts", `${file}.ts`)) ? file : "no-command";
}

/** The bundle's first line says what it was made from; the same sizes and times mean the same sources. */
function isCurrent() {
  try {
    const code = readFileSync(bundle, "utf8");
    const firstLine = code.slice(0, code.indexOf("\n"));
    const sources = Object.entries(JSON.parse(firstLine.slice(PREFIX.length)));
    return sources.every(([file, stamp]) => stampOf(file) === stamp);
  } catch {
    return false;
  }
}

/** A package changes as a whole: one file of it, and not its thousand, says so at every start. */
function nameStamped(file) {
  return file.replace(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\/.*$/, "$1/package.json");
}

function stampOf(file) {
  const { mtimeMs, size } = statSync(join(root, file));
  return `${mtimeMs} ${size}`;
}

async function makeBundle() {
  const { build, transform } = await import("esbuild");
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
   * @type {import("esbuild").Plugin} Of all commands in the table, the bundle has the one that is started: as if it were imported
   * by a statement, since esbuild makes a function of each module that is imported later, which takes longer to compile.
   */
  const oneCommand = {
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
  };
  const started = Date.now();
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["scripts/main.ts"],
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    write: false,
    metafile: true,
    plugins: [foreignPackages, oneCommand, ownPlaces],
    logLevel: "error",
  }).catch(() => process.exit(1));
  const files = [...new Set([...Object.keys(metafile.inputs), relative(root, import.meta.filename)].map(nameStamped))];
  const stamps = Object.fromEntries(files.map((file) => [file, stampOf(file)]));
  // A file that was saved while the bundle was made may be in it as it was before: the next start makes it anew.
  const isSettled = files.every((file) => statSync(join(root, file)).mtimeMs < started);
  const header = `${PREFIX}${JSON.stringify(isSettled ? stamps : { "": "" })}\n`;
  mkdirSync(dirname(bundle), { recursive: true, mode: 0o700 });
  // Put in place whole: the same script may be started twice at once.
  const draft = `${bundle}.${process.pid}`;
  writeFileSync(draft, header + outputFiles[0].text);
  renameSync(draft, bundle);
}
