import { currentVersion, findTrigger, TRIGGER_IDS } from "../../../local/auth0/management/actions/trigger-table.ts";
import { findNearest } from "../../tenant/nearest.ts";
import { error, type Finding, warning } from "../finding.ts";
import type { Project, ProjectAction } from "../project.ts";

/** An Action supports one trigger, in a version that Auth0 has; one that is built here in its current one. */
export function checkTriggers({ actions, tenant }: Project): readonly Finding[] {
  return actions.flatMap((entry): readonly Finding[] => {
    const { action, path } = entry;
    const place = tenant.locate([...path, "supported_triggers"]);
    const [trigger, ...others] = action.supported_triggers;
    if (trigger === undefined || others.length > 0) {
      const message = `${action.name} supports ${action.supported_triggers.length} triggers. The platform takes exactly one.`;
      return [error({ code: "TRIGGER_COUNT", place, message })];
    }
    if (!TRIGGER_IDS.includes(trigger.id)) {
      const nearest = findNearest(trigger.id, TRIGGER_IDS);
      const advice = nearest === undefined ? `Use one of ${TRIGGER_IDS.join(", ")}.` : `Did you mean ${nearest}?`;
      const message = `Auth0 does not have the trigger ${trigger.id} of ${action.name}. ${advice}`;
      return [error({ code: "TRIGGER_UNKNOWN", place, message })];
    }
    return checkVersion(entry, trigger, place);
  });
}

function checkVersion(
  { action, result }: ProjectAction,
  { id, version }: ProjectAction["action"]["supported_triggers"][number],
  place: string,
): readonly Finding[] {
  const known = findTrigger(id, version);
  if (known?.status === "CURRENT") return [];
  const isKept = known !== undefined && result.kind === "bundled" && result.bundle.form === "as it is";
  const advice = isKept ? "Auth0 replaces it by" : "Its current version is";
  const message = `${action.name} asks for ${id} ${version}. ${advice} ${currentVersion(id)}: write that${isKept ? ", once the code is ready for it" : ""}.`;
  return [(isKept ? warning : error)({ code: "TRIGGER_VERSION", place, message })];
}
