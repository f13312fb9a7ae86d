import { isMapping } from "../../scripts/tenant/shape.ts";
import { findSame } from "./counterparts.ts";

/** The paths of members that have a value in a recorded answer and are not in ours; lists without numbers. */
export function listMissingMembers(recorded: unknown, own: unknown, path = ""): readonly string[] {
  if (Array.isArray(recorded) && Array.isArray(own)) {
    return recorded.flatMap((member, index) => {
      const same = findSame(member, own, index);
      return same === undefined ? [] : listMissingMembers(member, same, `${path}[]`);
    });
  }
  if (!isMapping(recorded) || !isMapping(own)) return [];
  return Object.entries(recorded).flatMap(([name, value]) => {
    if (value === null) return [];
    return name in own ? listMissingMembers(value, own[name], `${path}.${name}`) : [`${path}.${name}`];
  });
}
