import { findNearest } from "../nearest.ts";
import { valueAt } from "../paths.ts";
import type { CodedProblem } from "../problem.ts";
import { findOtherUnit } from "../session-lifetimes.ts";
import { isMapping, type Path } from "../shape.ts";
import { findIdentity, findNames, renderNames } from "./identities.ts";
import { hasLeaveOut, LEAVE_OUT } from "./leave-out.ts";
import { indexOfSame } from "./merge-values.ts";

/** What can be said of an overlay and not of the merged document. Paths are the overlay's. */
export function findOverlayProblems(base: unknown, overlay: unknown): readonly CodedProblem[] {
  const silent = isMapping(overlay) ? Object.keys(overlay).filter((section) => overlay[section] === null) : [];
  return [
    ...silent.map((section) =>
      malformed([section], `has nothing behind its colon: write [] for none, or { ${LEAVE_OUT}: true }`),
    ),
    ...findUnits(base, overlay),
    ...inspect(base, overlay, []),
  ];
}

/** A lifetime in hours wins over the same in minutes, whichever of the two files has it. */
function findUnits(base: unknown, overlay: unknown): readonly CodedProblem[] {
  const [ours, theirs] = [valueAt(base, ["tenant"]), valueAt(overlay, ["tenant"])];
  if (!isMapping(ours) || !isMapping(theirs)) return [];
  return Object.keys(theirs).flatMap((name) => {
    const other = findOtherUnit(name);
    if (other === undefined || !Object.hasOwn(ours, other) || Object.hasOwn(theirs, other)) return [];
    return [malformed(["tenant", name], `tenant.yaml has ${other}: say it in the same unit`)];
  });
}

const malformed = (path: Path, message: string): CodedProblem => ({ code: "TENANT_MALFORMED", path, message });

/** @param base what the overlay's value is merged with; undefined when there is nothing in its place */
function inspect(base: unknown, overlay: unknown, path: Path): readonly CodedProblem[] {
  if (hasLeaveOut(overlay)) return inspectLeaveOut(base, overlay, path, []);
  const identity = findIdentity(path);
  if (Array.isArray(overlay) && identity !== undefined) {
    return inspectEntries(Array.isArray(base) ? base : [], overlay, identity, path);
  }
  if (Array.isArray(overlay)) return overlay.flatMap((entry, index) => inspect(undefined, entry, [...path, index]));
  if (!isMapping(overlay)) return [];
  return Object.entries(overlay).flatMap(([key, value]) =>
    inspect(isMapping(base) && Object.hasOwn(base, key) ? base[key] : undefined, value, [...path, key]),
  );
}

function inspectEntries(
  base: readonly unknown[],
  overlay: readonly unknown[],
  identity: readonly string[],
  path: Path,
): readonly CodedProblem[] {
  return overlay.flatMap((entry, index): readonly CodedProblem[] => {
    const place = [...path, index];
    const names = findNames(entry, identity);
    if (names === undefined) {
      return [malformed(place, `must have ${identity.join(" and ")}: by it an entry of an overlay is matched`)];
    }
    const name = renderNames(names, identity);
    if (indexOfSame(entry, overlay, identity) !== index) {
      return [{ code: "ENTRY_TWICE", path: place, message: `"${name}" stands above already` }];
    }
    const same = base[indexOfSame(entry, base, identity)];
    if (!hasLeaveOut(entry)) return inspect(same, entry, place);
    if (same !== undefined) return inspectLeaveOut(same, entry, place, identity);
    const nearest = findNearest(
      name,
      base.map((one) => renderNames(findNames(one, identity) ?? [], identity)),
    );
    const hint = nearest === undefined ? "" : `: did you mean "${nearest}"?`;
    return [unknown(place, `tenant.yaml has no "${name}" to leave out${hint}`)];
  });
}

const unknown = (path: Path, message: string): CodedProblem => ({ code: "OVERLAY_ENTRY_UNKNOWN", path, message });

function inspectLeaveOut(
  base: unknown,
  overlay: Readonly<Record<string, unknown>>,
  path: Path,
  identity: readonly string[],
): readonly CodedProblem[] {
  if (base === undefined) return [unknown(path, "tenant.yaml has nothing here that could be left out")];
  if (overlay[LEAVE_OUT] !== true) {
    return [malformed([...path, LEAVE_OUT], `must be true; what is not to be left out does not have it`)];
  }
  const more = Object.keys(overlay).filter((key) => key !== LEAVE_OUT && !identity.includes(key));
  return more.length === 0
    ? []
    : [malformed(path, `is left out, and so would be its ${more.join(", ")}: remove one or the other`)];
}
