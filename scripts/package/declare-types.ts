import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/** Declarations of the entries and of all that they name, in the tree that their sources have. */
export async function declareTypes(tool: string, entries: readonly string[], folder: string): Promise<void> {
  // In the project, so that packages and their types are found from there.
  const work = await mkdtemp(join(tool, "dist/types-"));
  try {
    const configuration = {
      extends: "../../tsconfig.json",
      compilerOptions: {
        noEmit: false,
        declaration: true,
        emitDeclarationOnly: true,
        rootDir: "../..",
        outDir: "./out",
      },
      files: entries.map((name) => `../../gateways/package/${name}.ts`),
      include: [],
    };
    await writeFile(join(work, "tsconfig.json"), JSON.stringify(configuration));
    const compiler = join(tool, "node_modules/typescript/bin/tsc");
    await promisify(execFile)(process.execPath, [compiler, "-p", join(work, "tsconfig.json")], { cwd: tool });
    const paths = entries.map((name) => `gateways/package/${name}.d.ts`);
    await copyReachable(paths, join(work, "out"), folder);
  } finally {
    await rm(work, { recursive: true });
  }
}

const IMPORT = /(from |import\()"(\.[^"]*)\.ts"/g;

/**
 * The compiler declares every source that it has read. What none of these names is left out: it may name packages that are not
 * installed. Sources import sources by their names; what is published has none, so they are named as it is built.
 */
async function copyReachable(paths: readonly string[], from: string, to: string): Promise<void> {
  const wanted = [...paths];
  const seen = new Set(wanted);
  for (let path = wanted.pop(); path !== undefined; path = wanted.pop()) {
    const text = await readFile(join(from, path), "utf8");
    for (const [, , name = ""] of text.matchAll(IMPORT)) {
      const named = `${join(dirname(path), name)}.d.ts`;
      if (!seen.has(named)) wanted.push(named);
      seen.add(named);
    }
    await mkdir(dirname(join(to, path)), { recursive: true });
    await writeFile(join(to, path), text.replace(IMPORT, '$1"$2.js"'));
  }
}
