import { statSync } from "node:fs";
import { join } from "node:path";

const PREFIX = "// made from ";

/**
 * The first line of a bundle: which bundle it is, and the sizes and times of what it was made from. The same ones mean the same
 * sources.
 *
 * @param {{ root: string, id: string, files: readonly string[], started: number }} bundle its sources from the root, and when it was
 *   begun, in milliseconds since 1970
 */
export function renderHeader({ root, id, files, started }) {
  const stamped = [...new Set(files.map(nameStamped))];
  // A file that was saved while the bundle was made may be in it as it was before: the next start makes it anew.
  const isSettled = stamped.every((file) => statSync(join(root, file)).mtimeMs < started);
  const sources = isSettled ? Object.fromEntries(stamped.map((file) => [file, stampOf(root, file)])) : { "": "" };
  return `${PREFIX}${JSON.stringify({ id, sources })}`;
}

/** The bundle's id while none of its sources has changed; undefined otherwise. */
export function readCurrentId(root, code) {
  try {
    const firstLine = code.slice(0, code.indexOf("\n"));
    const { id, sources } = JSON.parse(firstLine.slice(PREFIX.length));
    return Object.entries(sources).every(([file, stamp]) => stampOf(root, file) === stamp) ? id : undefined;
  } catch {
    return undefined;
  }
}

/** A package changes as a whole: one file of it, and not its thousand, says so at every start. */
function nameStamped(file) {
  return file.replace(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\/.*$/, "$1/package.json");
}

function stampOf(root, file) {
  const { mtimeMs, size } = statSync(join(root, file));
  return `${mtimeMs} ${size}`;
}
