import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
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
        outDir: folder,
      },
      files: entries.map((name) => `../../gateways/package/${name}.ts`),
      include: [],
    };
    await writeFile(join(work, "tsconfig.json"), JSON.stringify(configuration));
    const compiler = join(tool, "node_modules/typescript/bin/tsc");
    await promisify(execFile)(process.execPath, [compiler, "-p", join(work, "tsconfig.json")], { cwd: tool });
  } finally {
    await rm(work, { recursive: true });
  }
  for (const entry of await readdir(folder, { recursive: true }))
    if (entry.endsWith(".d.ts")) await nameAsBuilt(join(folder, entry));
}

/** Sources import sources by their names; what is published has none. */
async function nameAsBuilt(file: string): Promise<void> {
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace(/(from |import\()"(\.[^"]*)\.ts"/g, '$1"$2.js"'));
}
