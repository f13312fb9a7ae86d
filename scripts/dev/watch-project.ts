import { type FSWatcher, readdirSync, statSync, watch } from "node:fs";
import { join } from "node:path";

const FILES = ["tenant.yaml", "routes.yaml", "stripe.json"];
const FOLDER = "actions";

/** Milliseconds after the last word of the file system in which an editor has written all files of one save. */
const BURST = 10;

/** What editors leave beside a file while they save it. */
const LEFT_BESIDE = /^\.|~$|\.sw[px]$|^4913$/;

interface Seen {
  /** From the project's folder, with slashes; to what changes with every write. */
  readonly files: ReadonlyMap<string, string>;
  readonly folders: ReadonlySet<string>;
}

/**
 * Tells of each file that a team owns when it is saved, made or removed. What the file system says only has us look: two writes may
 * come as one event and one as several, and what is there in the end counts.
 *
 * @param onSave is given the path from the project's folder, with slashes
 */
export function watchProject(directory: string, onSave: (file: string) => void): { close(): void } {
  const watchers = new Map<string, FSWatcher>();
  let seen = look(directory);
  let timer: NodeJS.Timeout | undefined;

  function compare(): void {
    const now = look(directory);
    const changed = [...new Set([...seen.files.keys(), ...now.files.keys()])].filter(
      (file) => seen.files.get(file) !== now.files.get(file),
    );
    seen = now;
    follow();
    for (const file of changed) onSave(file);
  }

  function follow(): void {
    for (const [folder, watcher] of watchers) {
      if (seen.folders.has(folder)) continue;
      watcher.close();
      watchers.delete(folder);
    }
    for (const folder of seen.folders) {
      if (watchers.has(folder)) continue;
      const watcher = watch(join(directory, folder), () => {
        clearTimeout(timer);
        timer = setTimeout(compare, BURST);
      });
      // Of a folder that goes away; the folder that it was in tells of it as well.
      watcher.on("error", () => {});
      watchers.set(folder, watcher);
    }
  }

  follow();
  return {
    close() {
      clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}

function look(directory: string): Seen {
  const files = new Map<string, string>();
  // tenant.yaml and its like stand in the project's own folder.
  const folders = new Set([""]);
  const note = (path: string): void => {
    const stamp = statSync(join(directory, path), { throwIfNoEntry: false });
    if (stamp?.isFile()) files.set(path, `${stamp.mtimeMs} ${stamp.size} ${stamp.ino}`);
    else if (stamp?.isDirectory()) {
      folders.add(path);
      for (const name of list(join(directory, path))) note(`${path}/${name}`);
    }
  };
  for (const path of [...FILES, FOLDER]) note(path);
  return { files, folders };
}

/** Nothing of a folder that went away meanwhile. */
function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => !LEFT_BESIDE.test(name));
  } catch {
    return [];
  }
}
