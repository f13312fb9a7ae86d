import { readFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { CommandError, EXIT } from "../command.ts";
import { checkDocument } from "./check-document.ts";
import type { TenantDocument } from "./document.ts";
import { restoreMarked } from "./fill-marked.ts";
import type { Keyword } from "./keywords.ts";
import type { Path } from "./shape.ts";
import { parseSource, type TenantSource } from "./source.ts";

export interface TenantFile {
  /** Where the file is; relative paths in it (`code: ./dist/...`) start here. */
  readonly directory: string;
  /**
   * As written: markers stand in texts. A keyword in the place of a list, a number or a flag says nothing before it is filled,
   * so its key is left out until then.
   */
  readonly document: TenantDocument;
  /** What was left out. */
  readonly waiting: readonly Path[];
  /** `tenant.yaml:42` for the value at a path; the nearest enclosing one when the path itself is not there. */
  readonly locate: (path: Path) => string;
  /** What it was read from: keywords are filled there. */
  readonly source: TenantSource;
  /** Of the files that it names: none before they are read (resolve-tenant.ts). */
  readonly fileKeywords: readonly Keyword[];
}

/** @throws {CommandError} TENANT_NOT_FOUND, and what parseTenant throws */
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

/**
 * Pure part of readTenant. `path` only names the file and says where relative paths start.
 *
 * @throws {CommandError} TENANT_NOT_YAML, TENANT_ALIASES_REFUSED, TENANT_AMBIGUOUS, or what checkDocument throws, naming every
 * place at once
 */
export function parseTenant(text: string, path: string): TenantFile {
  const source = parseSource(text, basename(path));
  const value = source.read((marked) => restoreMarked(marked, () => undefined));
  return {
    directory: dirname(resolve(path)),
    ...checkDocument(value, source),
    locate: source.locate,
    source,
    fileKeywords: [],
  };
}
