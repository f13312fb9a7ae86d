import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import type { CommandError } from "../command.ts";
import { refuseLines } from "../tenant/refusal.ts";
import { isMapping, type Path, renderPath } from "../tenant/shape.ts";
import { locateOffset } from "../tenant/yaml-tree.ts";
import { type OwnRow, ownRow } from "./own-row.ts";

export const FOLDER = "rehearsal";

/**
 * The project's own rows, in the order of their files' names; none where there is no such folder.
 *
 * @param now milliseconds since the epoch
 * @throws {CommandError} REHEARSAL_ROW_REFUSED
 */
export async function readOwnRows(directory: string, now: number): Promise<readonly OwnRow[]> {
  const names = await readdir(join(directory, FOLDER)).catch((error: unknown) => {
    if (isMapping(error) && error.code === "ENOENT") return [];
    throw error;
  });
  const files = names.filter((name) => /\.ya?ml$/.test(name)).sort();
  return Promise.all(
    files.map(async (name) => parseOwnRow(await readFile(join(directory, FOLDER, name), "utf8"), name, now)),
  );
}

/** Pure part of readOwnRows. @throws {CommandError} REHEARSAL_ROW_REFUSED */
export function parseOwnRow(content: string, name: string, now: number): OwnRow {
  const file = `${FOLDER}/${name}`;
  const lines = new LineCounter();
  const document = parseDocument(content, { lineCounter: lines });
  const place = (offset: number): string => `${file}:${lines.linePos(offset).line}`;
  if (document.errors.length > 0)
    throw refuse(
      file,
      document.errors.map(({ pos: [at], message }) => `${place(at)} ${message.split("\n")[0]}`),
    );
  const value: unknown = document.toJS();
  const problems = [...ownRow(value, []), ...findAhead(value, now)];
  if (problems.length > 0) {
    const render = ({ path, message }: (typeof problems)[number]): string =>
      `${place(locateOffset(document.contents, path, "key"))} ${renderPath(path)}: ${message}`;
    throw refuse(file, problems.map(render));
  }
  return value as OwnRow;
}

/** What a deploy was allowed for would have ended by then. */
function findAhead(value: unknown, now: number) {
  const at = isMapping(value) ? value.at : undefined;
  if (typeof at !== "string" || !(Date.parse(at) > now)) return [];
  return [{ path: ["at"] satisfies Path, message: "this is ahead; a rehearsal goes back in time, and not forward" }];
}

const refuse = (file: string, problems: readonly string[]): CommandError =>
  refuseLines(
    "REHEARSAL_ROW_REFUSED",
    `${file} is not a row of the rehearsal`,
    problems,
    "docs/actions.md has an example.",
  );
