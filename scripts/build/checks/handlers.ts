import { ENTRY_POINTS, type Trigger } from "../../../local/auth0/actions/handler.ts";
import { sourceOf } from "../bundle.ts";
import { error, type Finding } from "../finding.ts";
import { TRIGGER_VERSIONS } from "../limits.ts";
import type { LoadedBundle } from "../load/messages.ts";
import { LOAD_TIMEOUT_MS } from "../load/run-loading.ts";
import type { Project, ProjectAction } from "../project.ts";

/** An Action answers one trigger, with a native async function under the name that the platform calls. */
export function checkHandlers({ actions, tenant }: Project): readonly Finding[] {
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
    return [...checkExports(entry, trigger.id), ...checkRedirects(entry, trigger.id)];
  });
}

const isTrigger = (id: string): id is Trigger => Object.hasOwn(TRIGGER_VERSIONS, id);

/** After a redirect the platform calls the second entry point of the same Action; without one that login fails. */
function checkRedirects({ action, result }: ProjectAction, trigger: Trigger): readonly Finding[] {
  const [, continues] = ENTRY_POINTS[trigger];
  if (result.kind !== "bundled" || continues === undefined) return [];
  const { folded } = result.bundle;
  const redirect = /\.sendUserTo\b/.exec(folded.code);
  if (redirect === null || folded.exports.includes(continues)) return [];
  const message = `${action.name} sends users away but does not export ${continues}, which the platform calls when they come back.`;
  return [error({ code: "REDIRECT_WITHOUT_RETURN", place: folded.locate(redirect.index), message })];
}

function checkExports({ action, loaded }: ProjectAction, trigger: Trigger): readonly Finding[] {
  const place = sourceOf(action);
  if (loaded === undefined) return [];
  if (loaded.kind !== "loaded") return [error({ place, ...explainFailure(action.name, loaded) })];
  const [required] = ENTRY_POINTS[trigger];
  return loaded.handlers.flatMap(({ name, isExported, refusal }) => {
    if (refusal === undefined || (name !== required && !isExported)) return [];
    const code = isExported ? "HANDLER_NOT_ASYNC" : "HANDLER_MISSING";
    const advice = `Write: export const ${name} = async (event, api) => { … }`;
    return [error({ code, place, message: `The platform would refuse ${action.name}: ${refusal} ${advice}` })];
  });
}

function explainFailure(
  name: string,
  loaded: Exclude<LoadedBundle, { kind: "loaded" }>,
): Pick<Finding, "code" | "message" | "limit"> {
  switch (loaded.kind) {
    case "threw":
      return {
        code: "ACTION_DOES_NOT_LOAD",
        message: `Loading ${name} fails, so every execution would: ${loaded.message}`,
      };
    case "ended":
      return {
        code: "ACTION_ENDS_PROCESS",
        message: `Loading ${name} ends the process that it runs in (${loaded.how}), so every execution would. What does that, in its source or in a package, must go.`,
      };
    case "stuck":
      return {
        code: "ACTION_LOAD_TIMEOUT",
        message: `Loading ${name} does not end, so no execution would begin. Look for a loop outside its handler, also in its packages.`,
        limit: `${LOAD_TIMEOUT_MS / 1000} seconds`,
      };
  }
}
