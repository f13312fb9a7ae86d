import { type AdoptedEntries, adoptEntries, type Project } from "./adopt-entries.ts";
import type { AdoptContext } from "./adopt-entry.ts";
import { tryBuild } from "./check/try-build.ts";
import { insertEntries } from "./render/insert-entries.ts";
import type { Adoption } from "./report.ts";
import { groupLines } from "./write/draft-files.ts";

/** What the build takes too: Actions that it refuses are left out, and their places in the flows with them. */
export async function adoptBuildable(
  context: AdoptContext,
  project: Omit<Project, "unbuildable">,
): Promise<AdoptedEntries & Pick<Adoption, "refused">> {
  const { directory, draft, environment } = context;
  let unbuildable: ReadonlyMap<string, string> = new Map();
  for (;;) {
    const chosen = await adoptEntries(context, { ...project, unbuildable });
    const { text } = insertEntries("", groupLines(chosen.adopted));
    const { actions, others } = await tryBuild({ directory, draft, text: text || "{}", environment });
    const isDone = [...actions.keys()].every((name) => unbuildable.has(name));
    if (isDone) return { ...chosen, refused: [...actions.values(), ...others] };
    unbuildable = new Map([...unbuildable, ...actions]);
  }
}
