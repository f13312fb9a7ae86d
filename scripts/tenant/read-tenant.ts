import { readFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { isAlias, isCollection, isNode, LineCounter, parseDocument } from "yaml";
import { CommandError, EXIT } from "../command.ts";
import { findProblems, isTenantDocument, type TenantDocument } from "./document.ts";
import type { Path } from "./shape.ts";

export interface TenantFile {
  /** Where the file is; relative paths in it (`code: ./dist/...`) start here. */
  readonly directory: string;
  readonly document: TenantDocument;
  /** `tenant.yaml:42` for the value at a path; the nearest enclosing one when the path itself is not there. */
  readonly locate: (path: Path) => string;
}

/** @throws CommandError TENANT_NOT_FOUND, TENANT_NOT_YAML or TENANT_MALFORMED, naming every place at once. */
export async function readTenant(path: string): Promise<TenantFile> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new CommandError(
      "TENANT_NOT_FOUND",
      `Cannot read the tenant file ${path}. Run this in the project's folder.`,
      {
        exitCode: EXIT.usage,
        cause,
      },
    );
  });
  return parseTenant(text, path);
}

/** Pure part of readTenant. `path` only names the file and says where relative paths start. */
export function parseTenant(text: string, path: string): TenantFile {
  const file = basename(path);
  const lines = new LineCounter();
  const source = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true });
  if (source.errors.length > 0) {
    // The parser's message is not repeated with its excerpt of the file: a filled-in secret may stand there.
    const places = source.errors.map((error) => `  ${file}:${lines.linePos(error.pos[0]).line} ${error.message}`);
    throw new CommandError("TENANT_NOT_YAML", `${file} is not valid YAML:\n${places.join("\n")}`, {
      exitCode: EXIT.usage,
    });
  }
  const locate = (at: Path): string => `${file}:${lines.linePos(findOffset(source.contents, at)).line}`;
  const value: unknown = source.toJS();
  if (!isTenantDocument(value)) {
    const problems = findProblems(value).map(
      ({ path: at, message }) => `  ${locate(at)} ${renderPath(at)}: ${message}`,
    );
    throw new CommandError("TENANT_MALFORMED", `${file} does not have the expected form:\n${problems.join("\n")}`, {
      exitCode: EXIT.usage,
    });
  }
  return { directory: dirname(resolve(path)), document: value, locate };
}

/** `actions[0].secrets[2].value` */
export function renderPath(path: Path): string {
  if (path.length === 0) return "the file";
  return path.map((key, index) => (typeof key === "number" ? `[${key}]` : `${index > 0 ? "." : ""}${key}`)).join("");
}

/** Offset of the value at a path, or of its deepest ancestor in the file. */
function findOffset(root: unknown, path: Path): number {
  let node = root;
  let offset = isNode(root) ? (root.range?.[0] ?? 0) : 0;
  for (const key of path) {
    // What an alias stands for is written elsewhere; the alias is where a reader looks.
    if (isAlias(node) || !isCollection(node)) break;
    node = node.get(key, true);
    if (!isNode(node) || !node.range) break;
    offset = node.range[0];
  }
  return offset;
}
