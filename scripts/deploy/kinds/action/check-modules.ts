import { isDeepStrictEqual } from "node:util";
import type { Desired, DesiredAction, ModuleReference } from "../../plan/desired.ts";
import { refuseEntry } from "../refuse-entry.ts";
import type { LiveAction } from "./live.ts";
import { pathOfAction } from "./path-of-action.ts";

/**
 * Which Actions Modules an Action has is compared, and left to whoever publishes them: their versions have ids that only the
 * tenant knows, and new ones do not exist yet.
 *
 * @throws {CommandError} ACTION_MODULES_DIFFER
 */
export function checkModules(
  desired: Pick<Desired, "document" | "locate">,
  { deployed, modules, name }: DesiredAction,
  present: LiveAction | undefined,
): void {
  if (modules === undefined) return;
  const content = deployed === false ? present?.draft : (present?.live ?? present?.draft);
  const live = content?.modules ?? [];
  if (isDeepStrictEqual(sort(modules), sort(live))) return;
  throw refuseEntry(
    desired,
    pathOfAction(desired, name, "modules"),
    "ACTION_MODULES_DIFFER",
    `${name} has ${render(live)} in the tenant, not ${render(modules)}, and this version does not write modules of Actions. Set them in the dashboard, or leave modules out.`,
  );
}

const sort = (modules: readonly ModuleReference[]): readonly string[] =>
  modules.map(({ name, version }) => `${name} ${version}`).sort();

const render = (modules: readonly ModuleReference[]): string =>
  modules.map(({ name, version }) => `${name} ${version}`).join(", ") || "no modules";
