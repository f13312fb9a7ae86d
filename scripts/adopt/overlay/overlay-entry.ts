import { findIdentity } from "../../tenant/overlay/identities.ts";
import { LEAVE_OUT } from "../../tenant/overlay/leave-out.ts";
import { findOtherUnit, inUnitsOf } from "../../tenant/session-lifetimes.ts";
import { isMapping, type Path } from "../../tenant/shape.ts";
import { type Entry, pathIn } from "../entry.ts";
import { hasJsonFile } from "../render/render-entry.ts";
import { pickNames, planOverlayValue, type Thoroughness } from "./overlay-value.ts";

/** An entry of tenant.yaml; its value has keywords filled, as far as they have values. */
export interface BaseEntry extends Entry {
  /** In tenant.yaml. */
  readonly path: Path;
  /** With its keywords and names of files as they stand there. */
  readonly written: unknown;
}

/** What an overlay says of an entry of tenant.yaml. */
export interface Difference {
  /** Members that differ. */
  readonly members: ReadonlySet<string> | "every";
  readonly thoroughness: Thoroughness;
}

/** An overlay's entry that leaves out what tenant.yaml has. */
export const leaveOut = ({ kind, written }: BaseEntry): unknown => ({
  ...pickNames(written, findIdentity([kind.section]) ?? []),
  [LEAVE_OUT]: true,
});

/**
 * An overlay's entry that makes of tenant.yaml's what the tenant has.
 *
 * @param wanted as tenant.yaml would have it, with a keyword in the place of each secret
 */
export function describeDifference(base: BaseEntry, wanted: unknown, { members, thoroughness }: Difference): unknown {
  const { kind, written, value } = base;
  if (!isMapping(written) || !isMapping(value) || !isMapping(wanted) || hasJsonFile(kind.section)) return wanted;
  const isTenant = kind.section === "tenant";
  const [filled, live] = isTenant ? [inUnitsOf(written, value), inUnitsOf(written, wanted)] : [value, wanted];
  const identity = findIdentity([kind.section]) ?? [];
  const own = Object.keys(thoroughness === "all" ? { ...written, ...live } : written);
  const names = members === "every" ? own : [...(isTenant ? inUnits(written, members) : members)];
  const values = names
    .filter((name) => !identity.includes(name))
    .flatMap((name) => {
      const sides = { written: written[name], filled: filled[name] };
      const said = planOverlayValue(sides, live[name], pathIn(base, [name]), thoroughness);
      return said === undefined ? [] : [[name, said] as const];
    });
  return { ...pickNames(written, identity), ...Object.fromEntries(values) };
}

/** A plan names a lifetime as the API does, in hours. */
function inUnits(written: Readonly<Record<string, unknown>>, members: ReadonlySet<string>): readonly string[] {
  return [...members].map((name) => (Object.hasOwn(written, name) ? name : (findOtherUnit(name) ?? name)));
}
