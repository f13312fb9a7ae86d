import { closed, TEXT } from "../../../tenant/schema/closed-fields.ts";
import type { FieldSchema } from "../../../tenant/schema/derive-fields.ts";
import type { Kind } from "../kind.ts";
import type { LiveBinding, LiveFlow } from "./live.ts";
import { planFlows } from "./plan.ts";
import { readFlows } from "./read.ts";
import { warnOfFlows } from "./warn.ts";
import { writeFlows } from "./write.ts";

const BINDINGS: FieldSchema = { type: ["array"], items: closed({ action_name: TEXT, display_name: TEXT }) };

/** The order in which a trigger runs its Actions. */
export const flow: Kind<"flow", LiveFlow> = {
  type: "flow",
  section: "triggers",
  isOneObject: true,
  declared: {
    requests: [],
    listAdded: (triggers) => closed(Object.fromEntries(triggers.map((trigger) => [trigger, BINDINGS]))),
    isComplete: true,
  },
  scopes: { read: ["read:actions"], write: ["update:actions"], delete: [] },
  listWanted: ({ document }) =>
    Object.entries(document.triggers ?? {}).map(([name, entry]) => ({
      name,
      entry: { bindings: entry },
      path: ["triggers", name],
    })),
  listParts: ({ name, entry, path }) =>
    ((entry.bindings ?? []) as readonly { readonly action_name?: string }[]).map(({ action_name }, index) => ({
      name: `${name}, Action ${action_name}`,
      path: [...path, index],
    })),
  read: readFlows,
  plan: planFlows,
  warn: warnOfFlows,
  listDifferences: (before, after) =>
    renderOrder(before) === renderOrder(after) ? [] : [`the order of ${before.name}`],
  update: writeFlows,
};

function renderOrder({ bindings }: LiveFlow): string {
  return JSON.stringify(bindings.map(({ actionName, displayName }: LiveBinding) => [actionName, displayName]));
}
