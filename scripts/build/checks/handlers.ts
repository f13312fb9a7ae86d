import { ENTRY_POINTS, isDocumented, type Trigger } from "../../../local/auth0/actions/handler.ts";
import { findTrigger } from "../../../local/auth0/management/actions/trigger-table.ts";
import { type Finding, warning } from "../finding.ts";
import type { Project, ProjectAction } from "../project.ts";
import { severityOf } from "./severity.ts";

/** An Action answers its trigger with a native async function under the name that the platform calls. */
export function checkHandlers(project: Project): readonly Finding[] {
  return project.actions.flatMap((entry): readonly Finding[] => {
    const { action, path } = entry;
    const [trigger, ...others] = action.supported_triggers;
    // checkTriggers says what is wrong with them.
    if (trigger === undefined || others.length > 0 || findTrigger(trigger.id, trigger.version) === undefined) return [];
    if (isDocumented(trigger.id)) {
      return [...checkExports(project, entry, trigger.id), ...checkRedirects(project, entry, trigger.id)];
    }
    const place = project.tenant.locate([...path, "supported_triggers"]);
    const message = `What Auth0 calls in ${action.name} is not documented for ${trigger.id}: whether it exports that is not checked, and the local tenant does not run it.`;
    return [warning({ code: "HANDLER_UNKNOWN", place, message })];
  });
}

/** After a redirect the platform calls the second entry point of the same Action; without one that login fails. */
function checkRedirects(project: Project, entry: ProjectAction, trigger: Trigger): readonly Finding[] {
  const { action, result } = entry;
  const [, continues] = ENTRY_POINTS[trigger];
  if (result.kind !== "bundled" || continues === undefined) return [];
  const { folded } = result.bundle;
  const redirect = /\.sendUserTo\b/.exec(folded.code);
  if (redirect === null || folded.exports.includes(continues)) return [];
  const message = `${action.name} sends users away but does not export ${continues}, which the platform calls when they come back.`;
  const place = folded.locate(redirect.index);
  return [{ severity: severityOf(project, entry), code: "REDIRECT_WITHOUT_RETURN", place, message }];
}

function checkExports(project: Project, entry: ProjectAction, trigger: Trigger): readonly Finding[] {
  const { action, loaded, result } = entry;
  if (result.kind !== "bundled" || loaded?.kind !== "loaded") return [];
  const { form, source } = result.bundle;
  const [required] = ENTRY_POINTS[trigger];
  return loaded.handlers.flatMap(({ name, isExported, refusal }): readonly Finding[] => {
    if (refusal === undefined || (name !== required && !isExported)) return [];
    const code = isExported ? "HANDLER_NOT_ASYNC" : "HANDLER_MISSING";
    const start = form === "as it is" ? `exports.${name} =` : `export const ${name} =`;
    const message = `The platform would refuse ${action.name}: ${refusal} Write: ${start} async (event, api) => { … }`;
    return [{ severity: severityOf(project, entry), code, place: source, message }];
  });
}
