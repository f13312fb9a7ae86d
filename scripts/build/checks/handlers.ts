import { ENTRY_POINTS, type Trigger } from "../../../local/auth0/actions/handler.ts";
import { error, type Finding } from "../finding.ts";
import { TRIGGER_VERSIONS } from "../limits.ts";
import type { Project, ProjectAction } from "../project.ts";
import { severityOf } from "./severity.ts";

/** An Action answers one trigger, with a native async function under the name that the platform calls. */
export function checkHandlers(project: Project): readonly Finding[] {
  const { actions, tenant } = project;
  return actions.flatMap((entry): readonly Finding[] => {
    const { action, path } = entry;
    const place = tenant.locate([...path, "supported_triggers"]);
    const [trigger, ...others] = action.supported_triggers;
    if (trigger === undefined || others.length > 0) {
      const message = `${action.name} supports ${action.supported_triggers.length} triggers. The platform takes exactly one.`;
      return [error({ code: "TRIGGER_COUNT", place, message })];
    }
    if (!isTrigger(trigger.id)) {
      const known = Object.keys(TRIGGER_VERSIONS).join(", ");
      const message = `The trigger ${trigger.id} of ${action.name} is not known here. Use one of ${known}.`;
      return [error({ code: "TRIGGER_UNKNOWN", place, message })];
    }
    const version = TRIGGER_VERSIONS[trigger.id];
    if (trigger.version !== version) {
      const message = `${action.name} asks for ${trigger.id} ${trigger.version}. Its current version is ${version}: write that.`;
      return [error({ code: "TRIGGER_VERSION", place, message })];
    }
    return [...checkExports(project, entry, trigger.id), ...checkRedirects(project, entry, trigger.id)];
  });
}

const isTrigger = (id: string): id is Trigger => Object.hasOwn(TRIGGER_VERSIONS, id);

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
