import { readFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { usageError } from "../command.ts";
import { checkDocument } from "./check-document.ts";
import type { TenantDocument } from "./document.ts";
import { keepMarkers } from "./fill-markers.ts";
import type { Keyword } from "./keywords.ts";
import { mergeSources, type Overlay } from "./overlay/merge-sources.ts";
import { readOverlay } from "./overlay/read-overlay.ts";
import { isMapping, type Path } from "./shape.ts";
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
  /** What is taken otherwise than it is written, or not at all; a sentence each. */
  readonly outdated: readonly string[];
  /** `tenant.yaml:42` for the value at a path; the nearest enclosing one when the path itself is not there. */
  readonly locate: (path: Path) => string;
  /** What it was read from: keywords are filled there. */
  readonly source: TenantSource;
  /** Of the files that it names: none before they are read (resolve-tenant.ts). */
  readonly fileKeywords: readonly Keyword[];
  /** What the environment's own file changes, if there is one. */
  readonly overlay?: Overlay | undefined;
}

/**
 * The tenant file as it is in one environment: with `environments/<name>.yaml` merged into it, where that is there beside it.
 *
 * @param environmentName without it the file alone
 * @throws {CommandError} TENANT_NOT_FOUND, and what parseTenant and readOverlay throw
 */
export async function readTenant(path: string, environmentName?: string): Promise<TenantFile> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw usageError(
      "TENANT_NOT_FOUND",
      `Cannot read the tenant file ${path}. Run this in the project's folder.`,
      cause,
    );
  });
  const overlay = environmentName === undefined ? undefined : await readOverlay(dirname(path), environmentName);
  return parseTenant(text, path, overlay);
}

/**
 * Pure part of readTenant. `path` only names the file and says where relative paths start.
 *
 * @throws {CommandError} TENANT_NOT_YAML, TENANT_ALIASES_REFUSED, TENANT_AMBIGUOUS, or what checkDocument and mergeSources throw,
 * naming every place at once
 */
export function parseTenant(text: string, path: string, overlaySource?: TenantSource): TenantFile {
  const { source, overlay } = addOverlay(parseSource(text, basename(path)), overlaySource);
  return {
    directory: dirname(resolve(path)),
    ...checkDocument(source.read(keepMarkers), source),
    locate: source.locate,
    source,
    fileKeywords: [],
    overlay,
  };
}

/** An empty file changes nothing; what is not a mapping is refused as a tenant file would be. */
function addOverlay(
  base: TenantSource,
  overlay: TenantSource | undefined,
): { readonly source: TenantSource; readonly overlay?: Overlay } {
  const isEmpty = overlay === undefined || overlay.read(keepMarkers) === null;
  return isEmpty || !isMapping(base.read(keepMarkers)) ? { source: base } : mergeSources(base, overlay);
}
