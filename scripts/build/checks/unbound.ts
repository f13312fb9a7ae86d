import { isEntityBound } from "../../../local/auth0/management/actions/trigger-table.ts";
import type { TenantDocument } from "../../tenant/document.ts";
import { isMapping } from "../../tenant/shape.ts";
import { type Finding, warning } from "../finding.ts";
import type { Project } from "../project.ts";

/**
 * An Action that is deployed runs somewhere: its trigger's flow has it, or what it serves names it. Nothing is said where the tenant
 * file leaves that to the tenant, nor of code that is sent as it is: it may have been in the tenant for years.
 */
export function checkUnbound({ actions, known, tenant }: Project): readonly Finding[] {
  return actions.flatMap(({ action, path, result }): readonly Finding[] => {
    const [trigger, ...others] = action.supported_triggers;
    // checkTriggers says what is wrong with them.
    if (trigger === undefined || others.length > 0) return [];
    if (action.deployed !== true || (result.kind === "bundled" && result.bundle.form === "as it is")) return [];
    const bindings = listBindings(known.document, trigger.id);
    if (bindings === undefined || bindings.names.includes(action.name)) return [];
    const place = tenant.locate([...path, "name"]);
    const message = `${action.name} never runs: it is not under ${bindings.section}. Add it there, or write deployed: false while it waits.`;
    return [warning({ code: "ACTION_NEVER_RUNS", place, message })];
  });
}

/** What the tenant file binds under a trigger; undefined if it leaves that to the tenant. */
function listBindings(
  { triggers, tokenExchangeProfiles, eventStreams }: TenantDocument,
  trigger: string,
): { readonly section: string; readonly names: readonly unknown[] } | undefined {
  if (trigger === "custom-token-exchange" && Array.isArray(tokenExchangeProfiles)) {
    return { section: "tokenExchangeProfiles", names: tokenExchangeProfiles.map(({ action }) => action) };
  }
  if (trigger === "event-stream" && Array.isArray(eventStreams)) {
    return { section: "eventStreams", names: eventStreams.map(readActionOfStream) };
  }
  if (isEntityBound(trigger) || triggers === undefined) return undefined;
  return { section: `triggers, ${trigger}`, names: (triggers[trigger] ?? []).map(({ action_name }) => action_name) };
}

function readActionOfStream({ destination }: Readonly<Record<string, unknown>>): unknown {
  const configuration = isMapping(destination) ? destination.configuration : undefined;
  return isMapping(configuration) ? configuration.action_id : undefined;
}
