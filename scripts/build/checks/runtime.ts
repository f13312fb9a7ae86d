import { findTrigger } from "../../../local/auth0/management/actions/trigger-table.ts";
import { findMarkers } from "../../tenant/markers.ts";
import { error, type Finding, warning } from "../finding.ts";
import { OLD_RUNTIMES, RUNTIMES } from "../limits.ts";
import type { Project, ProjectAction } from "../project.ts";

/**
 * An Action is built for a runtime of its trigger. One that is sent as it is may have a runtime that Auth0 has given up. Without
 * any, a new Action gets the newest, and another keeps its own.
 */
export function checkRuntime({ actions, known, tenant }: Project): readonly Finding[] {
  return actions.flatMap((entry, index) => {
    const { action, path, result } = entry;
    const runtime = known.document.actions?.[index]?.runtime;
    const offered = listOffered(entry);
    if (runtime === undefined || offered.includes(runtime) || findMarkers(runtime).length > 0) return [];
    const { name } = action;
    const place = tenant.locate([...path, "runtime"]);
    const choices = offered.join(" or ");
    const isKept = result.kind === "bundled" && result.bundle.form === "as it is" && OLD_RUNTIMES.includes(runtime);
    return isKept
      ? [
          warning({
            code: "RUNTIME_OLD",
            place,
            message: `${name} has the runtime "${runtime}", which Auth0 takes for no new Action: one that is there keeps it. Move it to ${choices}.`,
          }),
        ]
      : [
          error({
            code: "RUNTIME_UNKNOWN",
            place,
            message: `${name} asks for the runtime "${runtime}". Write ${choices}.`,
          }),
        ];
  });
}

/** The newest first. */
function listOffered({ action }: ProjectAction): readonly string[] {
  const [trigger] = action.supported_triggers;
  const runtimes = trigger === undefined ? undefined : findTrigger(trigger.id, trigger.version)?.runtimes;
  return [...(runtimes ?? ["node18-actions", "node22"])].filter((runtime) => RUNTIMES.has(runtime)).reverse();
}
