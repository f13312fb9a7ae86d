import type { Overlay } from "../../tenant/overlay/merge-sources.ts";
import type { Path } from "../../tenant/shape.ts";
import type { LiveTenant } from "../kinds/live-tenant.ts";
import { KINDS } from "../kinds/table.ts";
import type { Change } from "./change.ts";
import type { Desired } from "./desired.ts";

/** The changes, each with what of it the environment's overlay says. */
export function noteOverlay<T extends Change>(changes: readonly T[], desired: Desired, live: LiveTenant): readonly T[] {
  const { overlay } = desired;
  if (overlay === undefined) return changes;
  const places = KINDS.flatMap((kind) =>
    kind.listWanted(desired, live).map(({ name, path }) => ({ type: kind.type, name, path })),
  );
  return changes.map((change) => {
    const place = places.find(({ type, name }) => type === change.type && name === change.name);
    const note = place === undefined ? undefined : findNote(overlay, place.path);
    return note === undefined ? change : { ...change, overlay: note };
  });
}

function findNote({ file, entries }: Overlay, path: Path): string | undefined {
  const said = entries.find((entry) => entry.path?.every((key, index) => key === path[index]));
  if (said?.path === undefined) return undefined;
  // Of a section that is a mapping of several things, as triggers are, only its own counts.
  const own = path[said.path.length];
  if (said.how === "changed" && own !== undefined)
    return said.members.includes(String(own)) ? `from ${file}` : undefined;
  return said.how === "changed" ? `${said.members.join(", ")} from ${file}` : `from ${file}`;
}
