import { sourceOf } from "../bundle.ts";
import { error, type Finding } from "../finding.ts";
import { type Trigger, triggers } from "../limits.ts";
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
    const known = triggers.get(trigger.id);
    if (known === undefined) {
      const message = `The trigger ${trigger.id} of ${action.name} is not known here. Use one of ${[...triggers.keys()].join(", ")}.`;
      return [error({ code: "TRIGGER_UNKNOWN", place, message })];
    }
    if (trigger.version !== known.version) {
      const message = `${action.name} asks for ${trigger.id} ${trigger.version}. Its current version is ${known.version}: write that.`;
      return [error({ code: "TRIGGER_VERSION", place, message })];
    }
    return checkExports(entry, known);
  });
}

function checkExports({ action, loaded }: ProjectAction, { handler, continues }: Trigger): Finding[] {
  const place = sourceOf(action);
  const signature = (name: string) => `export const ${name} = async (event, api) => { … }`;
  if (loaded === undefined) return [];
  if (loaded.kind === "threw") {
    const message = `Loading ${action.name} fails, so every execution would: ${loaded.message}`;
    return [error({ code: "ACTION_DOES_NOT_LOAD", place, message })];
  }
  const exports = loaded.kind === "loaded" ? loaded.exports : new Map<string, string>();
  const findings: Finding[] = [];
  if (!exports.has(handler)) {
    const message = `${action.name} does not export ${handler}, which the platform calls. Write: ${signature(handler)}`;
    findings.push(error({ code: "HANDLER_MISSING", place, message }));
  }
  for (const name of [handler, ...(continues ? [continues] : [])]) {
    if (!exports.has(name) || exports.get(name) === "AsyncFunction") continue;
    const message = `${name} of ${action.name} is not a native async function, and the platform takes no other. Write: ${signature(name)}`;
    findings.push(error({ code: "HANDLER_NOT_ASYNC", place, message }));
  }
  return findings;
}
