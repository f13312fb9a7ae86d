import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { SourceMap } from "node:module";
import { join } from "node:path";

import type { BundleResult } from "./bundle.ts";

/** Counted from one, as in stack traces. */
interface Position {
  readonly line: number;
  readonly column: number;
}

/** Of as many builds that differ. A map takes some ten kilobytes. */
const KEPT = 300;

const folderOf = (directory: string): string => join(directory, ".local/source-maps");
/** A deploy may end the code in other empty lines. */
const nameOf = (code: string): string =>
  `${createHash("sha256").update(code.trimEnd()).digest("hex").slice(0, 32)}.json`;

/**
 * Keeps the maps on this machine, by their code: a version that runs may be older than the sources, and is never sent its map. Where
 * nothing can be written, errors are told by the places in the bundle.
 */
export async function keepSourceMaps(
  directory: string,
  actions: readonly { readonly result: BundleResult }[],
): Promise<void> {
  const folder = folderOf(directory);
  try {
    await mkdir(folder, { recursive: true });
    const kept = await readdir(folder);
    const fresh = actions.flatMap(({ result }) => {
      if (result.kind !== "bundled" || result.bundle.sourceMap === undefined) return [];
      const name = nameOf(result.bundle.code);
      return kept.includes(name) ? [] : [{ name, sourceMap: result.bundle.sourceMap }];
    });
    await Promise.all(fresh.map(({ name, sourceMap }) => writeWhole(join(folder, name), sourceMap)));
    if (kept.length + fresh.length > KEPT) await dropOldest(folder);
  } catch {
    // As said above.
  }
}

async function writeWhole(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`;
  await writeFile(draft, text);
  await rename(draft, file);
}

async function dropOldest(folder: string): Promise<void> {
  const names = await readdir(folder);
  const ages = await Promise.all(names.map(async (name) => ({ name, time: (await stat(join(folder, name))).mtimeMs })));
  const old = ages.sort((one, other) => other.time - one.time).slice(KEPT / 2);
  await Promise.all(old.map(({ name }) => rm(join(folder, name), { force: true })));
}

/**
 * `actions/greet/action.ts:7:3` for a place in code as it was built, without what a deploy adds to its end; undefined where its map is
 * not kept, or says nothing of it.
 */
export function findSourcePlace(directory: string, code: string, { line, column }: Position): string | undefined {
  const text = readKept(join(folderOf(directory), nameOf(code)));
  if (text === undefined) return undefined;
  const entry = new SourceMap(JSON.parse(text)).findEntry(line - 1, column - 1);
  return "originalSource" in entry
    ? `${entry.originalSource}:${entry.originalLine + 1}:${entry.originalColumn + 1}`
    : undefined;
}

function readKept(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
