import { join } from "node:path";
import { parseArgs } from "node:util";
import { FOLDERS } from "./drawn/folders.ts";
import { runDrawn } from "./drawn/run-drawn.ts";
import { runPatches } from "./patches/run-patches.ts";

/**
 * `npm run test:mutation`: all patches, then the folders with changes drawn. `-- <patch>…` only these patches, `-- --folder=<name>…` only
 * these folders; `--seed`, `--count` and `--concurrency` say how they are drawn and run. Exits 1 where too many survive.
 */
const root = join(import.meta.dirname, "../..");
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    folder: { type: "string", multiple: true, default: [] },
    seed: { type: "string", default: "15" },
    count: { type: "string", default: "100" },
    concurrency: { type: "string", default: "2" },
  },
});
const folders = FOLDERS.filter(({ name }) =>
  values.folder.length > 0 ? values.folder.includes(name) : positionals.length === 0,
);
const unknown = values.folder.filter((name) => !FOLDERS.some((folder) => folder.name === name));
if (unknown.length > 0) throw new Error(`test/mutants/drawn/folders.ts has no ${unknown.join(", ")}.`);

const results = [values.folder.length > 0 || runPatches(root, positionals)];
for (const folder of folders) {
  results.push(
    await runDrawn(root, folder, {
      seed: Number(values.seed),
      count: Number(values.count),
      concurrency: Number(values.concurrency),
    }),
  );
}
if (results.includes(false)) process.exitCode = 1;
