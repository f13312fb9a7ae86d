import { isEntityBound } from "../../../local/auth0/management/actions/trigger-table.ts";
import { error, type Finding } from "../finding.ts";
import { FEW_BOUND_ACTIONS, LIMITS } from "../limits.ts";
import type { Project } from "../project.ts";

/** Each trigger runs known, deployed Actions that support it, each once. */
export function checkBindings({ tenant }: Project): readonly Finding[] {
  const { actions = [], triggers = {} } = tenant.document;
  return Object.entries(triggers).flatMap(([trigger, bindings]) => {
    const findings: Finding[] = [];
    if (bindings.length > 0 && isEntityBound(trigger)) {
      const message = `${trigger} has no flow: each of its Actions belongs to something else of the tenant, as a token exchange profile or an event stream, which names it. Remove ${trigger} here.`;
      return [error({ code: "TRIGGER_WITHOUT_FLOW", place: tenant.locate(["triggers", trigger]), message })];
    }
    const most = FEW_BOUND_ACTIONS.get(trigger) ?? LIMITS.boundActions;
    if (bindings.length > most) {
      findings.push(
        error({
          code: "TOO_MANY_BOUND_ACTIONS",
          place: tenant.locate(["triggers", trigger]),
          message: `${trigger} has ${bindings.length} Actions bound to it. Put some of them together.`,
          limit: `${most} Action${most === 1 ? "" : "s"}`,
        }),
      );
    }
    bindings.forEach(({ action_name: name }, index) => {
      const place = tenant.locate(["triggers", trigger, index, "action_name"]);
      const action = actions.find((candidate) => candidate.name === name);
      if (bindings.findIndex((other) => other.action_name === name) < index) {
        const message = `${name} is bound to ${trigger} twice. Remove one of the two.`;
        findings.push(error({ code: "ACTION_BOUND_TWICE", place, message }));
      } else if (action === undefined) {
        const message = `${trigger} binds ${name}, which is not under actions. Add it there, or remove the binding.`;
        findings.push(error({ code: "ACTION_UNKNOWN", place, message }));
      } else if (!action.supported_triggers.some(({ id }) => id === trigger)) {
        const supported = action.supported_triggers.map(({ id }) => id).join(", ");
        const message = `${name} is bound to ${trigger} but supports ${supported || "no trigger"}. Bind it where it belongs.`;
        findings.push(error({ code: "TRIGGER_MISMATCH", place, message }));
      } else if (action.deployed !== true) {
        const message = `${name} is bound to ${trigger} but is not deployed, which the platform refuses. Write deployed: true.`;
        findings.push(error({ code: "BOUND_ACTION_NOT_DEPLOYED", place, message }));
      }
    });
    return findings;
  });
}
