import type { Kind } from "../kinds/kind.ts";
import type { Change } from "../plan/change.ts";

export function selectOf({ type }: Kind, changes: readonly Change[]): readonly Change[] {
  return changes.filter((change) => change.type === type);
}
