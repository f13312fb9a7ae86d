import { keepMarkers } from "../fill-markers.ts";
import { refuseProblems } from "../problem.ts";
import type { TenantSource, TextWithMarkers } from "../source.ts";
import { fillKeys } from "./fill-keys.ts";
import { findOverlayProblems } from "./find-overlay-problems.ts";
import { listOverlayEntries, type OverlayEntry } from "./list-overlay-entries.ts";
import { assemble, type MergedNode, mergeValues } from "./merge-values.ts";
import { findMergedPath, resolveOrigin, type Side } from "./merged-paths.ts";

/** What an environment's own file changes of tenant.yaml. */
export interface Overlay {
  /** `environments/eu.yaml` */
  readonly file: string;
  readonly entries: readonly OverlayEntry[];
}

export interface MergedSource {
  /** As if one file said both; each value stands where it was written. */
  readonly source: TenantSource;
  readonly overlay: Overlay;
}

/**
 * @throws {CommandError} TENANT_MALFORMED, ENTRY_TWICE or OVERLAY_ENTRY_UNKNOWN with the overlay's lines; TENANT_REFUSED when they
 * have several of these codes
 */
export function mergeSources(base: TenantSource, overlay: TenantSource): MergedSource {
  const sources = { base, overlay };
  const written = { base: base.read(keepMarkers), overlay: overlay.read(keepMarkers) };
  const problems = findOverlayProblems(written.base, written.overlay);
  if (problems.length > 0) throw refuseProblems(problems, overlay);
  const root = mergeValues(written.base, written.overlay);
  const texts = [...moveTexts(root, "base", base), ...moveTexts(root, "overlay", overlay)];
  const source: TenantSource = {
    file: `${base.file} with ${overlay.file}`,
    texts,
    locate(path, part) {
      const origin = resolveOrigin(root, path);
      return sources[origin.from].locate(origin.path, part);
    },
    read(resolve) {
      // Under their keys as they are written, the parts are found again.
      const fill = (text: TextWithMarkers) => (text.isKey ? keepMarkers(text) : resolve(text));
      const merged = assemble(root, base.read(fill), overlay.read(fill));
      return texts.some(({ isKey }) => isKey) ? fillKeys(merged, resolve, source) : merged;
    },
  };
  return { source, overlay: { file: overlay.file, entries: listOverlayEntries(root, written) } };
}

/** The texts of one side that are left in the merged document, under the paths that they have there. */
function moveTexts(root: MergedNode, side: Side, { texts }: TenantSource): readonly TextWithMarkers[] {
  return texts.flatMap((text) => {
    const path = findMergedPath(root, side, text.path);
    return path === undefined ? [] : [{ ...text, path }];
  });
}
