import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type CommandError, usageError } from "../../command.ts";

/** A file of the project, by its path from there. */
export interface DraftFile {
  readonly file: string;
  readonly text: string;
  /** Of a new file. */
  readonly mode?: number;
  /** Whether it stands in the place of what is there in any case: its text begins with what was there. */
  readonly extends?: true;
}

interface PlaceOptions {
  /** The project's folder. */
  readonly directory: string;
  /** A folder on the same disk. */
  readonly draft: string;
  /** In the order in which they are put in place: what names others comes last. */
  readonly files: readonly DraftFile[];
  readonly force: boolean;
}

/**
 * Puts files in place, each at once, or none of them. Files that are there with the same text are left as they are.
 *
 * @returns those that were written
 * @throws {CommandError} ADOPT_FILE_EXISTS naming every file that is there with another text
 */
export async function putInPlace({ directory, draft, files, force }: PlaceOptions): Promise<readonly string[]> {
  const present = await Promise.all(files.map(({ file }) => readText(join(directory, file))));
  const changed = files.filter(({ text }, index) => present[index] !== text);
  const taken = changed.filter((one) => present[files.indexOf(one)] !== undefined && one.extends !== true);
  if (taken.length > 0 && !force) throw refuseTaken(taken);
  const staged = join(draft, "staged");
  const former = join(draft, "former");
  const undo: (() => Promise<void>)[] = [];
  try {
    for (const { file, text, mode } of changed) {
      const [source, target, backup] = [join(staged, file), join(directory, file), join(former, file)];
      await Promise.all([source, target, backup].map((path) => mkdir(dirname(path), { recursive: true })));
      const there = await stat(target).catch(() => undefined);
      await writeFile(source, text, { mode: there === undefined ? (mode ?? 0o666) : there.mode & 0o777 });
      if (there === undefined) {
        undo.push(() => rm(target, { force: true }));
      } else {
        await rename(target, backup);
        undo.push(() => rename(backup, target));
      }
      await rename(source, target);
    }
  } catch (error) {
    for (const step of undo.reverse()) await step();
    throw error;
  }
  return changed.map(({ file }) => file);
}

function refuseTaken(taken: readonly DraftFile[]): CommandError {
  const list = taken.map(({ file }) => `  ${file}`).join("\n");
  return usageError(
    "ADOPT_FILE_EXISTS",
    `Nothing was written: ${taken.length === 1 ? "a file is" : `${taken.length} files are`} there with another content.\n${list}\nMove what you want to keep, or say --force to overwrite.`,
  );
}

const readText = (path: string): Promise<string | undefined> => readFile(path, "utf8").catch(() => undefined);
